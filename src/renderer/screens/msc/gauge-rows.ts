/** Drawdown, win rate and slope against the thresholds at which they vote, as places on a line. Pure. */
import type { Evidence, Vote } from '../../../contract/msc.ts'
import { readingText } from './vote-rows.ts'

export interface Gauge {
  readonly voter: Vote['voter']
  readonly name: string
  readonly text: string
  /** place of the reading, 0…1; null: not known */
  readonly at: number | null
  /** one standard error either way as places; null: none is known */
  readonly error: readonly [from: number, to: number] | null
  readonly ticks: readonly { readonly at: number; readonly text: string }[]
}

interface Scale {
  readonly voter: Vote['voter']
  readonly name: string
  readonly from: number
  readonly to: number
}

/** How far each line reaches; what is farther stands at its end. */
const SCALES: readonly Scale[] = [
  { voter: 'drawdown', name: 'Drawdown', from: 0, to: 10 },
  { voter: 'win_rate', name: 'Win rate', from: 30, to: 70 },
  { voter: 'equity_slope', name: 'Equity slope', from: -1.5, to: 1.5 },
]

/** Every number that the labels of a voter's cells name, rising. */
export function thresholdsOf({ cells }: Pick<Vote, 'cells'>): number[] {
  const texts = cells.flatMap(({ label }) => label.match(/[-\u2212]?\d+(?:\.\d+)?/g) ?? [])
  return [...new Set(texts.map((text) => Number(text.replace('\u2212', '-'))))].toSorted((a, b) => a - b)
}

const placeOn =
  ({ from, to }: Scale) =>
  (value: number): number =>
    Math.min(1, Math.max(0, (value - from) / (to - from)))

export function gaugesOf(votes: readonly Vote[], evidence: Pick<Evidence, 'equity_slope_error'>): Gauge[] {
  return SCALES.flatMap((scale) => {
    const vote = votes.find(({ voter }) => voter === scale.voter)
    if (vote === undefined) return []
    const place = placeOn(scale)
    const reading = typeof vote.reading === 'number' ? vote.reading : null
    const error = scale.voter === 'equity_slope' ? evidence.equity_slope_error : null
    return {
      voter: scale.voter,
      name: scale.name,
      text: readingText(vote),
      at: reading === null ? null : place(reading),
      error: reading === null || error === null ? null : ([place(reading - error), place(reading + error)] as const),
      ticks: thresholdsOf(vote).map((value) => ({ at: place(value), text: String(value).replace('-', '\u2212') })),
    }
  })
}
