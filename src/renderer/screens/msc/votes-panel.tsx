/** The seven votes: what each reads, how it could speak and how it does, and what would turn it. */
import type { JSX } from 'react'

import type { Evaluation, Vote } from '../../../contract/msc.ts'
import { Button } from '../../widgets/button.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { localClock, utcText } from '../../widgets/format-time.ts'
import { ModeShape } from '../../widgets/mode-mark.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { aggressiveCount, defensiveCount, triggerText } from './msc-words.ts'
import { sentenceText } from './plain-words.ts'
import { voteRows, type VoteRow } from './vote-rows.ts'

interface VotesPanelProps {
  readonly run: Evaluation
  /** back to the latest run; left out: this is it */
  readonly onLatest?: (() => void) | undefined
}

export const VotesPanel = ({ run, onLatest }: VotesPanelProps): JSX.Element => (
  <Panel
    title="Seven votes"
    note={
      <span className="meta" title={utcText(Date.parse(run.at))}>
        run of {localClock(Date.parse(run.at))} {triggerText(run.trigger)}, {formatNumber(run.took_ms, { decimals: 0 })}
        {'\u202F'}ms, {run.evidence.trades} closed {run.evidence.trades === 1 ? 'trade' : 'trades'}
      </span>
    }
    verbs={onLatest === undefined ? undefined : <Button onClick={onLatest}>Show the latest run</Button>}
  >
    {onLatest === undefined ? null : (
      <p className="runsentence">{sentenceText(run.failure?.message ?? run.sentence)}</p>
    )}
    <table className="votes" aria-label="Seven votes">
      <thead>
        <tr>
          <th scope="col">Voter</th>
          <th scope="col" className="num">
            Reading
          </th>
          <th scope="col" className="z">
            <span className="mode" data-mode="AGGRESSIVE">
              <ModeShape mode="AGGRESSIVE" />
              vote
            </span>
          </th>
          <th scope="col" className="z">
            No vote
          </th>
          {[1, 2, 3].map((weight) => (
            <th key={weight} scope="col" className="z">
              <span className="mode" data-mode="DEFENSIVE">
                <ModeShape mode="DEFENSIVE" />
                weight {weight}
              </span>
            </th>
          ))}
          <th scope="col" className="turns">
            Turns when
          </th>
        </tr>
      </thead>
      <tbody>
        {voteRows(run.votes).map((row) => (
          <Row key={row.voter} row={row} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            Count
          </th>
          <td className="count" colSpan={2} data-mode="AGGRESSIVE">
            {aggressiveCount(run)}
          </td>
          <td className="count" colSpan={3} data-mode="DEFENSIVE">
            {defensiveCount(run)}
          </td>
          <td className="turns">{endText(run)}</td>
        </tr>
      </tfoot>
    </table>
  </Panel>
)

/** The five ways to speak, in the order of their columns. */
const PLACES = ['aggressive', 'none', 'mild', 'clear', 'severe'] as const

const endText = ({ votes }: Evaluation): string => {
  const abstaining = votes.filter(({ outcome }) => outcome === 'abstains').length
  return abstaining === 0 ? 'none abstains' : `${abstaining} of ${votes.length} abstain`
}

const Row = ({ row }: { readonly row: VoteRow }): JSX.Element => (
  <tr data-abstains={row.abstains || undefined}>
    <th scope="row">{row.name}</th>
    <td className="num">{row.abstains ? <span className="dim">{row.reading}</span> : <b>{row.reading}</b>}</td>
    {PLACES.map((name, place) => (
      <Cell key={name} cell={row.cells[place] ?? null} isUncounted={row.note !== null} />
    ))}
    <td className="dim turns" title={row.note ?? row.end}>
      {row.note ?? row.end}
    </td>
  </tr>
)

const MODES: Readonly<Partial<Record<Vote['outcome'], string>>> = { aggressive: 'AGGRESSIVE', defensive: 'DEFENSIVE' }

function Cell({
  cell,
  isUncounted,
}: {
  readonly cell: Vote['cells'][number] | null
  readonly isUncounted: boolean
}): JSX.Element {
  if (cell === null)
    return (
      <td className="z none">
        <span className="sr">does not speak so</span>
      </td>
    )
  const { outcome, hit, label } = cell
  const mode = hit ? MODES[outcome] : undefined
  return (
    <td className={hit ? 'z hit' : 'z'} data-mode={mode} data-uncounted={(hit && isUncounted) || undefined}>
      <div>
        {hit && outcome === 'aggressive' ? <ModeShape mode="AGGRESSIVE" /> : null}
        {hit && outcome === 'defensive' ? <ModeShape mode="DEFENSIVE" /> : null}
        {label}
        {hit ? <span className="sr"> is so now</span> : null}
      </div>
    </td>
  )
}
