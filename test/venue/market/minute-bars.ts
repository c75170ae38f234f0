/** The closed minutes of one symbol in a ring, and the one under way; longer candles are put together from them. */

export interface Bar {
  readonly openAt: number
  open: number
  high: number
  low: number
  close: number
  volume: number
  quoteVolume: number
  trades: number
}

const MINUTE_MS = 60_000

export class MinuteBars {
  /** oldest first */
  private readonly closed: Bar[] = []
  private readonly capacity: number
  running: Bar | null = null
  /** the running one has had a price of its own */
  private hasBegun = false

  constructor(capacity: number) {
    this.capacity = capacity
  }

  /** A price at a time, with what was traded at it; closes the minutes that have ended and answers them. */
  price(at: number, price: number, volume: number): Bar[] {
    const closed = this.closeUntil(at)
    const openAt = Math.floor(at / MINUTE_MS) * MINUTE_MS
    const bar = this.running ?? flat(openAt, price)
    this.running = bar
    if (!this.hasBegun) {
      this.hasBegun = true
      bar.open = price
      bar.high = price
      bar.low = price
    }
    bar.high = Math.max(bar.high, price)
    bar.low = Math.min(bar.low, price)
    bar.close = price
    bar.volume += volume
    bar.quoteVolume += volume * price
    bar.trades += volume > 0 ? 1 : 0
    return closed
  }

  /** Minutes that ended at or before `at` are closed; without a trade they are flat. */
  closeUntil(at: number): Bar[] {
    const closed: Bar[] = []
    while (this.running !== null && this.running.openAt + MINUTE_MS <= at) {
      const { running } = this
      closed.push(running)
      this.keep(running)
      this.running = flat(running.openAt + MINUTE_MS, running.close)
      this.hasBegun = false
    }
    return closed
  }

  /** The source's own candle takes the place of the one put together from its prices. */
  correct(bar: Bar): void {
    const index = this.closed.findLastIndex((each) => each.openAt <= bar.openAt)
    if (index >= 0 && this.closed[index]?.openAt === bar.openAt) this.closed[index] = bar
    else if (index === this.closed.length - 1) this.keep(bar)
    if (this.running?.openAt !== bar.openAt) return
    this.running = flat(bar.openAt + MINUTE_MS, bar.close)
    this.hasBegun = false
  }

  /** Closed minutes that open in [from, to), oldest first. */
  between(from: number, to: number): Bar[] {
    const bars: Bar[] = []
    for (let index = this.closed.length - 1; index >= 0; index--) {
      const bar = this.closed[index] as Bar
      if (bar.openAt < from) break
      if (bar.openAt < to) bars.push(bar)
    }
    return bars.reverse()
  }

  get first(): Bar | undefined {
    return this.closed[0]
  }

  get last(): Bar | undefined {
    return this.closed.at(-1)
  }

  private keep(bar: Bar): void {
    this.closed.push(bar)
    if (this.closed.length > 2 * this.capacity) this.closed.splice(0, this.closed.length - this.capacity)
  }
}

export function flat(openAt: number, price: number): Bar {
  return { openAt, open: price, high: price, low: price, close: price, volume: 0, quoteVolume: 0, trades: 0 }
}

/** One candle from finer ones, oldest first; null from none. */
export function merged(openAt: number, bars: readonly Bar[]): Bar | null {
  const [first] = bars
  if (first === undefined) return null
  const whole = { ...first, openAt }
  for (const bar of bars.slice(1)) {
    whole.high = Math.max(whole.high, bar.high)
    whole.low = Math.min(whole.low, bar.low)
    whole.close = bar.close
    whole.volume += bar.volume
    whole.quoteVolume += bar.quoteVolume
    whole.trades += bar.trades
  }
  return whole
}
