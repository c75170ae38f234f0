/** Candles of one symbol as columns: 48 bytes a bar, no object until a bar is told. */
import type { Interval } from '../../core/model/interval.ts'
import type { Candle } from '../../core/model/market.ts'

export class BarTable {
  length = 0
  readonly openAt: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  /** base asset */
  readonly volume: Float64Array
  /** USDT; null where the source has none */
  readonly quoteVolume: Float64Array | null

  constructor(capacity: number, withQuoteVolume: boolean) {
    this.openAt = new Float64Array(capacity)
    this.open = new Float64Array(capacity)
    this.high = new Float64Array(capacity)
    this.low = new Float64Array(capacity)
    this.close = new Float64Array(capacity)
    this.volume = new Float64Array(capacity)
    this.quoteVolume = withQuoteVolume ? new Float64Array(capacity) : null
  }

  /** Copies a bar of another table to row `to` of this one. */
  put(to: number, from: BarTable, row: number): void {
    this.openAt[to] = from.openAt[row] as number
    this.open[to] = from.open[row] as number
    this.high[to] = from.high[row] as number
    this.low[to] = from.low[row] as number
    this.close[to] = from.close[row] as number
    this.volume[to] = from.volume[row] as number
    if (this.quoteVolume !== null) this.quoteVolume[to] = from.quoteVolumeAt(row)
  }

  quoteVolumeAt(row: number): number {
    if (this.quoteVolume !== null) return this.quoteVolume[row] as number
    const prices = (this.high[row] as number) + (this.low[row] as number) + (this.close[row] as number)
    return ((this.volume[row] as number) * prices) / 3
  }

  /** Volume 0 and one price: how an exchange outage is written. */
  isFlat(row: number): boolean {
    return this.volume[row] === 0 && this.high[row] === this.low[row]
  }

  candle(row: number, symbol: string, interval: Interval): Candle {
    return {
      symbol,
      interval,
      openAt: this.openAt[row] as number,
      open: this.open[row] as number,
      high: this.high[row] as number,
      low: this.low[row] as number,
      close: this.close[row] as number,
      volume: this.volume[row] as number,
      quoteVolume: this.quoteVolumeAt(row),
    }
  }

  /** The first row that opens at `time` or later. */
  firstFrom(time: number): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.openAt[middle] as number) < time) low = middle + 1
      else high = middle
    }
    return low
  }
}
