/** The seven votes as rows of five cells: aggressive, none, defensive 1, 2 and 3. Pure. */
import type { Vote } from '../../../contract/msc.ts'
import { formatNumber, THIN_SPACE } from '../../widgets/format-number.ts'

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

const WORDS: Readonly<Record<string, string>> = {
  BULL_TRENDING: 'Bull, trending',
  BEAR_TRENDING: 'Bear, trending',
  RANGING: 'Ranging',
  CHOPPY: 'Choppy',
  LOW_LIQUIDITY: 'Low liquidity',
  LOW: 'Low',
  NORMAL: 'Normal',
  HIGH: 'High',
  EXTREME: 'Extreme',
}

/** `0.8 %`, `+0.62 %/d`, `1`, `Bull, trending`; `–` when nothing is known. */
export function readingText({ reading, unit }: Pick<Vote, 'reading' | 'unit'>): string {
  if (reading === null) return '–'
  if (typeof reading === 'string') return WORDS[reading] ?? reading
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

export const voteRows = (votes: readonly Vote[]): VoteRow[] =>
  votes.map((vote) => {
    const abstains = vote.outcome === 'abstains'
    return {
      voter: vote.voter,
      name: NAMES[vote.voter],
      reading: abstains && vote.reading === null ? 'abstains' : readingText(vote),
      cells: PLACES.map((isIt) => vote.cells.find(isIt) ?? null),
      abstains,
      end: abstains ? (vote.note ?? 'abstains') : (vote.turns_when ?? ''),
      note: abstains ? null : vote.note,
    }
  })
