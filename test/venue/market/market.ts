/** One symbol as the public sees it: rules, book, last and mark price, bars, trades, funding. */
import { exact, type Exact } from '../../../src/core/model/decimal.ts'
import type { VenueSettings } from '../settings.ts'
import { MinuteBars, type Bar } from './minute-bars.ts'
import type { SymbolRules } from './symbol-rules.ts'
import { SyntheticBook, type Touch } from './synthetic-book.ts'
import { TradeTape } from './trade-tape.ts'

export interface FundingTerms {
  intervalHours: number
  /** of the next settlement, as far as it is known */
  rate: number
  nextAt: number
  readonly cap: number
  isAdjusted: boolean
}

export class Market {
  rules: SymbolRules
  readonly book: SyntheticBook
  readonly bars: MinuteBars
  readonly tape = new TradeTape()
  readonly funding: FundingTerms
  /** the day before the venue began, in longer bars, oldest first */
  dayBefore: readonly Bar[] = []
  last = 0
  lastAt = 0
  /** a mark price that no longer follows the last one; null: it does */
  pinnedMark: number | null = null
  /** what a gap has done to every price of the source since */
  factor = 1
  /** nothing is traded and nothing is told */
  isOut = false

  constructor(rules: SymbolRules, funding: FundingTerms, settings: VenueSettings) {
    this.rules = rules
    this.funding = funding
    this.book = new SyntheticBook(settings)
    this.bars = new MinuteBars(settings.minuteBars)
  }

  get symbol(): string {
    return this.rules.symbol
  }

  get mark(): number {
    return this.pinnedMark ?? this.last
  }

  get exactMark(): Exact {
    return exact(this.mark)
  }

  get exactLast(): Exact {
    return exact(this.last)
  }

  get hasPrice(): boolean {
    return this.last > 0
  }

  /** A price on the tick, after any gap. */
  onTick(price: number): number {
    const { tick, tickNumber } = this.rules
    return Number((Math.round((price * this.factor) / tickNumber) * tickNumber).toFixed(tick.decimalPlaces()))
  }

  renew(at: number, last: number, touch: Touch): void {
    this.last = last
    this.lastAt = at
    this.book.renew(touch)
  }
}
