/** The prices of one recorded symbol as anybody at a given time could have known them. */
import type { Candle } from '../../../src/core/model/market.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../fixtures/whole-station.ts'

export const closeOf = ({ openAt }: Candle): number => openAt + MINUTE_MS

export class Tape {
  readonly bars: readonly Candle[]
  readonly tick: number

  constructor(bars: readonly Candle[], tick: number) {
    this.bars = bars
    this.tick = tick
  }

  /** The last price told at `time`: the open of the bar under way, or the last close before a gap; NaN before any. */
  lastTold(time: number): number {
    const bar = this.bars[this.#lastOpenedBy(time)]
    if (bar === undefined) return Number.NaN
    return time < closeOf(bar) ? bar.open : bar.close
  }

  /** Bars that close after `after`, until one closes after `until`. */
  *closing(after: number, until: number): Generator<Candle> {
    for (let row = Math.max(0, this.#lastOpenedBy(after - MINUTE_MS)); row < this.bars.length; row++) {
      const bar = this.bars[row] as Candle
      if (closeOf(bar) > until) return
      if (closeOf(bar) > after) yield bar
    }
  }

  barClosingAt(time: number): Candle | null {
    const bar = this.bars[this.#lastOpenedBy(time - MINUTE_MS)]
    return bar !== undefined && closeOf(bar) === time ? bar : null
  }

  /** USDT in the last 24 clock hours, the one under way included, scaled up for what of them is missing. */
  volume24h(time: number): number {
    const last = this.#lastOpenedBy(time - MINUTE_MS)
    const newest = this.bars[last]
    if (newest === undefined) return Number.NaN
    const from = (Math.floor(newest.openAt / HOUR_MS) - 23) * HOUR_MS
    let volume = 0
    let covered = 0
    for (let row = last; row >= 0; row--) {
      const bar = this.bars[row] as Candle
      if (bar.openAt < from) break
      volume += bar.quoteVolume
      covered += MINUTE_MS
    }
    return (volume * DAY_MS) / covered
  }

  /** Row of the last bar that opened at or before `time`; −1: none. */
  #lastOpenedBy(time: number): number {
    let [low, high] = [0, this.bars.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.bars[middle] as Candle).openAt <= time) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
