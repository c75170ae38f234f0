/** Where the station trades now: environment in its colour, how its lines are, what became of the last move. */
import type { JSX } from 'react'

import { Button } from '../../../widgets/button.tsx'
import { Time } from '../../../widgets/figures.tsx'
import { KeyCap } from '../../../widgets/key-cap.tsx'
import { standingText } from '../connection-words.ts'
import type { Lines, Places } from '../use-connections.ts'
import { EnvironmentMark } from './environment-mark.tsx'

interface PlaceHeadProps {
  readonly lines: Lines
  readonly places: Places | null
  /** the place to begin with; empty: none */
  readonly onChange: (to: string) => void
}

export function PlaceHead({ lines, places, onChange }: PlaceHeadProps): JSX.Element {
  const here = places?.items.find(({ is_here: isHere }) => isHere)
  const { simulated_prices: madeUp } = lines
  const move = places?.last_move ?? null
  const titleOf = (name: string): string => places?.items.find(({ place }) => place === name)?.title ?? name
  return (
    <header className="placehead">
      <EnvironmentMark environment={lines.environment} />
      <h1>{here?.title ?? titleOf(lines.place)}</h1>
      <p className="standing-line">
        {here?.sentence} {standingText(lines)}.
      </p>
      <span className="push" />
      <Button onClick={() => onChange('')} disabled={places === null}>
        Change the place… <KeyCap keys="G" />
      </Button>
      {madeUp === null ? null : (
        <div className="place-note" role="status" data-level="caution">
          <p>
            <b>Prices are made up</b> by the simulator since <Time at={madeUp.since} withDate />: {madeUp.reason}.
            {madeUp.answers_since === null ? null : (
              <>
                {' '}
                The exchange answers again since <Time at={madeUp.answers_since} />.
              </>
            )}
          </p>
          {madeUp.answers_since === null ? null : <Button onClick={() => onChange('paper')}>Go to live prices…</Button>}
        </div>
      )}
      {move === null || move.outcome === 'arrived' ? null : (
        <p className="place-note" role="status" data-level="caution">
          <b>Came back from {titleOf(move.to)}</b> at <Time at={move.at} withDate />:{' '}
          {move.problem ?? 'it did not start'}
        </p>
      )}
    </header>
  )
}
