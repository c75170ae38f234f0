/**
 * Minutes of any hour that history reaches to: as they were told where they are kept, and drawn inside their quarter of an
 * hour where only that is. A drawn quarter opens, closes, peaks, bottoms and trades as its 15m candle does, and is the same
 * whenever it is asked for.
 */
import type { ArchivedBar, BarArchive } from './bar-archive.ts'
import { hashed } from './random.ts'

/** What candles are joined from. */
export type BarSource = Pick<BarArchive, 'stepMs' | 'endAt' | 'has' | 'bar'>

/** The expected range of a random walk is about this many deviations of where it ends. */
const RANGE_OF_DEVIATION = 1.6
/** a wick is at most this share of the quarter's range */
const WICK = 0.12
/** streams of `hashed` */
const [STEP, UPPER, LOWER, VOLUME] = [11, 12, 13, 14]

export class PastMinutes implements BarSource {
  readonly stepMs: number
  readonly #minutes: BarArchive
  readonly #quarters: BarArchive
  readonly #perQuarter: number
  #drawn: { readonly index: number; readonly openAt: number; readonly bars: readonly ArchivedBar[] } | null = null

  constructor(minutes: BarArchive, quarters: BarArchive) {
    this.#minutes = minutes
    this.#quarters = quarters
    this.stepMs = minutes.stepMs
    this.#perQuarter = quarters.stepMs / minutes.stepMs
  }

  get endAt(): number {
    return Math.max(this.#minutes.endAt, this.#quarters.endAt)
  }

  has(openAt: number): boolean {
    return this.#minutes.has(openAt) || this.#quarters.has(this.#quarterOf(openAt))
  }

  /** A quarter is told or drawn as a whole: so no minute jumps to the next. */
  bar(index: number, openAt: number): ArchivedBar | null {
    const quarterAt = this.#quarterOf(openAt)
    if (this.#minutes.has(quarterAt) || !this.#quarters.has(quarterAt)) return this.#minutes.bar(index, openAt)
    if (this.#drawn?.index !== index || this.#drawn.openAt !== quarterAt) {
      const quarter = this.#quarters.bar(index, quarterAt)
      if (quarter === null) return null
      this.#drawn = { index, openAt: quarterAt, bars: drawnInside(quarter, index, this.#perQuarter, this.stepMs) }
    }
    return this.#drawn.bars[(openAt - quarterAt) / this.stepMs] ?? null
  }

  #quarterOf(openAt: number): number {
    return Math.floor(openAt / this.#quarters.stepMs) * this.#quarters.stepMs
  }
}

/** Uniform in [−1, 1], a number of its own for each minute of each symbol. */
const drawn = (at: number, index: number, stream: number): number => 2 * hashed(at, index, stream) - 1

/** A random walk tied to the quarter's open and close, kept inside its range; its outermost minutes touch high and low. */
function drawnInside(quarter: ArchivedBar, index: number, count: number, stepMs: number): ArchivedBar[] {
  const { open, close, high, low, volume } = quarter
  const range = high - low
  const minuteAt = (place: number): number => (quarter.openAt + place * stepMs) / stepMs
  const points = walk(count, (place) => drawn(minuteAt(place), index, STEP)).map((away, place) => {
    const straight = open + ((close - open) * place) / count
    return Math.round(Math.min(high, Math.max(low, straight + (away * range) / RANGE_OF_DEVIATION)))
  })
  const weights = Array.from({ length: count }, (_, place) => 0.25 + hashed(minuteAt(place), index, VOLUME))
  const weight = weights.reduce((sum, each) => sum + each, 0)
  const bars = Array.from({ length: count }, (_, place) => {
    const [from, to] = [points[place] as number, points[place + 1] as number]
    const wick = (stream: number): number => Math.round(range * WICK * hashed(minuteAt(place), index, stream))
    return {
      openAt: quarter.openAt + place * stepMs,
      open: from,
      high: Math.min(high, Math.max(from, to) + wick(UPPER)),
      low: Math.max(low, Math.min(from, to) - wick(LOWER)),
      close: to,
      volume: (volume * (weights[place] as number)) / weight,
    }
  })
  const top = bars.reduce((best, bar) => (bar.high > best.high ? bar : best))
  const bottom = bars.reduce((best, bar) => (bar.low < best.low ? bar : best))
  top.high = high
  bottom.low = low
  return bars
}

/** `count` steps from 0 back to 0; `draw` is uniform in [−1, 1], the deviation of a whole free walk would be 1. */
function walk(count: number, draw: (place: number) => number): number[] {
  const points = [0]
  for (let place = 0; place < count; place++)
    points.push((points[place] as number) + draw(place) * Math.sqrt(3 / count))
  const end = points[count] as number
  return points.map((point, place) => point - (end * place) / count)
}
