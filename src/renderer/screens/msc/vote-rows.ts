/** The seven votes as rows of five cells: aggressive, none, defensive 1, 2 and 3. Pure. */
import type { Vote } from '../../../contract/msc.ts'
import { formatNumber, MINUS, THIN_SPACE } from '../../widgets/format-number.ts'
import { marketWord, sentenceText } from './plain-words.ts'

type Cell = Vote['cells'][number]

export interface VoteRow {
  readonly voter: Vote['voter']
  readonly name: string
  readonly reading: string
  /** five places; null: this voter has no such outcome */
  readonly cells: readonly (Cell | null)[]
  readonly abstains: boolean
  /** what stands at the end of the row: why it abstains, or what would turn it */
  readonly end: string
  /** why a defensive vote does not count; null: nothing to say */
  readonly note: string | null
}

const NAMES: Readonly<Record<Vote['voter'], string>> = {
  drawdown: 'Drawdown',
  win_rate: 'Win rate',
  equity_slope: 'Equity slope',
  regime: 'Regime',
  volatility: 'Volatility',
  losing_streak: 'Losses in a row',
  days_since_profit: 'Days since profit',
}

/** `0.8 %`, `+0.62 %/d`, `1`, `Bull, trending`; `–` when nothing is known. */
export function readingText({ reading, unit }: Pick<Vote, 'reading' | 'unit'>): string {
  if (reading === null) return '–'
  if (typeof reading === 'string') return marketWord(reading)
  if (unit === '%') return `${formatNumber(reading, { decimals: 1 })}${THIN_SPACE}%`
  if (unit === '%/day') return `${formatNumber(reading, { decimals: 2, isSigned: true })}${THIN_SPACE}%/d`
  return formatNumber(reading)
}

const PLACES: readonly ((cell: Cell) => boolean)[] = [
  ({ outcome }) => outcome === 'aggressive',
  ({ outcome }) => outcome === 'none',
  ...[1, 2, 3].map(
    (weight) =>
      (cell: Cell): boolean =>
        cell.outcome === 'defensive' && cell.weight === weight,
  ),
]

const BOUNDS: Readonly<Record<string, (figure: string) => string>> = {
  '<': (figure) => `under ${figure}`,
  '>': (figure) => `over ${figure}`,
  '≥': (figure) => `${figure} or more`,
  '≤': (figure) => (figure === '0' ? '0' : `up to ${figure}`),
}

/** `≥ 7` → `7 or more`, `BULL_TRENDING or BEAR_TRENDING` → `trending`, `-0.5 to 0` with a true minus */
export function labelText(label: string): string {
  const [, sign = '', figure = ''] = /^([<>≥≤]) (-?[\d.]+)$/.exec(label) ?? []
  const told = BOUNDS[sign]?.(figure) ?? sentenceText(label, true)
  return told.replaceAll(/(?<!\w)-(?=\d)/g, MINUS)
}

/** Several ways to speak with one weight share a place. */
function cellAt(cells: readonly Cell[], isIt: (cell: Cell) => boolean): Cell | null {
  const [first, ...others] = cells.filter(isIt)
  if (first === undefined) return null
  const all = [first, ...others]
  return {
    ...first,
    label: all.map(({ label }) => labelText(label)).join(', '),
    hit: all.some(({ hit }) => hit),
  }
}

export const voteRows = (votes: readonly Vote[]): VoteRow[] =>
  votes.map((vote) => {
    const abstains = vote.outcome === 'abstains'
    const note = vote.note === null ? null : sentenceText(vote.note)
    const turns = vote.turns_when === null ? '' : sentenceText(vote.turns_when)
    return {
      voter: vote.voter,
      name: NAMES[vote.voter],
      reading: abstains && vote.reading === null ? 'abstains' : readingText(vote),
      cells: PLACES.map((isIt) => cellAt(vote.cells, isIt)),
      abstains,
      end: abstains ? (note ?? 'abstains') : turns,
      note: abstains ? null : note,
    }
  })
