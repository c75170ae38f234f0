/** Where the telling of one recorded symbol stands: which bar, settlement and mark price come next, and when. */
import { intervalMs, type Interval } from '../../core/model/interval.ts'
import type { FeedEvent } from '../../core/model/market.ts'
import type { RecordedSymbol } from './recording.ts'

type Tell = (event: FeedEvent) => void

export interface TrackRange {
  readonly interval: Interval
  /** only bars that open in [from, to) */
  readonly from: number
  readonly to: number
}

export class SymbolTrack {
  private readonly source: RecordedSymbol
  private readonly interval: Interval
  private readonly stepMs: number
  private readonly endRow: number
  private readonly to: number
  private row: number
  /** the open of the current bar has been told, its candle has not */
  private opened = false
  private settlement: number
  private markRow: number

  constructor(source: RecordedSymbol, range: TrackRange) {
    this.source = source
    this.interval = range.interval
    this.stepMs = intervalMs(range.interval)
    this.to = range.to
    this.row = source.bars.firstFrom(range.from)
    this.endRow = source.bars.firstFrom(range.to)
    this.settlement = firstIndex(source.funding, ({ at }) => at >= range.from)
    this.markRow = source.marks.firstFrom(range.from)
  }

  /** Passes over everything at or before `after`. */
  skipTo(after: number): void {
    const { bars, funding, marks } = this.source
    this.row = Math.max(this.row, bars.firstFrom(after - this.stepMs + 1))
    this.opened = this.row < this.endRow && (bars.openAt[this.row] as number) <= after
    this.settlement = Math.max(
      this.settlement,
      firstIndex(funding, ({ at }) => at > after),
    )
    this.markRow = Math.max(this.markRow, marks.firstFrom(after + 1))
  }

  /** Time of what comes next, `Infinity` when nothing is left. */
  nextTime(): number {
    const bar =
      this.row < this.endRow
        ? (this.source.bars.openAt[this.row] as number) + (this.opened ? this.stepMs : 0)
        : Infinity
    return Math.min(bar, this.settlementAt(), this.markAt())
  }

  tellCandle(time: number, tell: Tell): void {
    if (!this.opened || (this.source.bars.openAt[this.row] as number) + this.stepMs !== time) return
    const candle = this.source.bars.candle(this.row, this.source.symbol, this.interval)
    this.row++
    this.opened = false
    tell({ kind: 'candle', candle })
  }

  tellMark(time: number, tell: Tell): void {
    if (this.markAt() !== time) return
    const mark = this.source.marks.open[this.markRow++] as number
    tell({ kind: 'mark', mark: { symbol: this.source.symbol, at: time, mark } })
  }

  tellFunding(time: number, tell: Tell): void {
    if (this.settlementAt() !== time) return
    const settled = this.source.funding[this.settlement++]
    if (settled === undefined) return
    const { rate, intervalHours } = settled
    tell({
      kind: 'funding',
      funding: { symbol: this.source.symbol, at: time, rate, intervalHours, mark: this.markOpeningAt(time) },
    })
  }

  tellOpen(time: number, tell: Tell): void {
    const { bars, symbol } = this.source
    if (this.opened || this.row >= this.endRow || bars.openAt[this.row] !== time) return
    this.opened = true
    const last = bars.open[this.row] as number
    tell({
      kind: 'ticker',
      ticker: { symbol, at: time, last, bid: null, ask: null, bidQuantity: null, askQuantity: null },
    })
  }

  private settlementAt(): number {
    return this.within(this.source.funding[this.settlement]?.at)
  }

  private markAt(): number {
    return this.within(this.markRow < this.source.marks.length ? this.source.marks.openAt[this.markRow] : undefined)
  }

  private within(time: number | undefined): number {
    return time === undefined || time > this.to ? Infinity : time
  }

  private markOpeningAt(time: number): number | null {
    const { marks } = this.source
    const row = marks.firstFrom(time)
    return row < marks.length && marks.openAt[row] === time ? (marks.open[row] as number) : null
  }
}

function firstIndex<Item>(items: readonly Item[], matches: (item: Item) => boolean): number {
  const found = items.findIndex((item) => matches(item))
  return found < 0 ? items.length : found
}
