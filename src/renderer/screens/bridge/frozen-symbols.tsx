/** Symbols that take no entries, why, and the way out of it. Nothing where there is none. */
import { useState, type JSX } from 'react'

import { releaseSymbol } from '../../commands/position-commands.ts'
import { useActions } from '../../frame/actions.ts'
import { station } from '../../link/client.ts'
import { useLive } from '../../state/live.ts'
import { useAgain } from '../../state/use-again.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { Button } from '../../widgets/button.tsx'
import { ConfirmSheet } from '../../widgets/confirm-sheet.tsx'
import { Time } from '../../widgets/figures.tsx'
import { Icon } from '../../widgets/icon.tsx'

const AGAIN_MS = 5000

type Frozen = Awaited<ReturnType<typeof station.positions.frozen>>['items'][number]

export function FrozenSymbols(): JSX.Element | null {
  const told = useLive(({ positions }) =>
    [...positions.values()].flatMap(({ symbol, frozen }) => (frozen === null ? [] : [symbol])).join(' '),
  )
  const { value, reload } = useAnswer('frozen', (signal) => station.positions.frozen(undefined, { signal }), told)
  useAgain(reload, AGAIN_MS)
  const [asked, setAsked] = useState<Frozen | null>(null)
  const items = value?.items ?? []
  useActions(
    items.map((frozen) => ({
      id: `release.${frozen.symbol}`,
      label: `Release ${frozen.symbol}`,
      group: 'Positions',
      words: 'frozen unfreeze',
      run: () => setAsked(frozen),
    })),
  )
  if (items.length === 0) return null
  return (
    <ul className="frozen" aria-label="Symbols that take no entries">
      {items.map((frozen) => (
        <li key={frozen.symbol}>
          <Icon name="pause" />
          <span>
            <b>{frozen.symbol}</b> takes no entries since <Time at={frozen.since} />: {frozen.reason}
          </span>
          <Button aria-label={`Release ${frozen.symbol}`} onClick={() => setAsked(frozen)}>
            Release…
          </Button>
        </li>
      ))}
      {asked === null ? null : (
        <ConfirmSheet
          title={`Release ${asked.symbol}`}
          verb="Release it"
          keep="Keep it frozen"
          onClose={() => setAsked(null)}
          onConfirm={async () => {
            const isReleased = await releaseSymbol(asked.symbol)
            if (isReleased) reload()
            return isReleased
          }}
        >
          <p className="note-line">It takes no entries because: {asked.reason}.</p>
          <p className="note-line">
            Releasing accepts what the exchange shows now as it is: strategies may trade {asked.symbol} again.
          </p>
        </ConfirmSheet>
      )}
    </ul>
  )
}
