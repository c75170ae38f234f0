/** The unit price of the account: deposits and withdrawals change the number of units, never their price (SPEC, NAV). */
import { ZERO, exact, type Exact } from '../model/decimal.ts'

const DAY_MS = 86_400_000
/** Resolution of the rolling window: its oldest high may be this much too old. */
const BUCKET_MS = 60_000
/** Price of a unit when the first money comes in. */
const FIRST_PRICE = exact(1)
/** What a unit is sold at when all was lost: new money buys so many that the loss stays visible. */
const LEAST_PRICE = exact('0.000001')

export interface NavHighs {
  /** since 00:00 UTC, over the last 24 h, and ever */
  readonly today: number
  readonly last24h: number
  readonly ever: number
}

interface High {
  readonly at: number
  readonly nav: number
}

export class Nav {
  #units: Exact
  #price: Exact
  #day = -1
  #today = 0
  #ever = 0
  /** falling highs of the window, oldest first */
  #recent: High[] = []

  /** `units` zero: no money yet. `highs` and `lastAt` come from the journal. */
  constructor(units: Exact = ZERO, highs: NavHighs | null = null, lastAt: number | null = null) {
    this.#units = units
    this.#price = FIRST_PRICE
    if (highs === null || lastAt === null) return
    this.#day = Math.floor(lastAt / DAY_MS)
    this.#today = highs.today
    this.#ever = highs.ever
    this.#recent = [{ at: lastAt, nav: highs.last24h }]
  }

  get units(): Exact {
    return this.#units
  }

  /** Equity ÷ units, exact; with no units the price they would be sold at. */
  priceOf(equity: Exact): Exact {
    return this.#units.isZero() ? this.#price : equity.div(this.#units)
  }

  /** Money in (+) or out (−), at the equity just before it. */
  flow(amount: Exact, equityBefore: Exact): void {
    const price = this.priceOf(equityBefore)
    this.#price = price.gt(LEAST_PRICE) ? price : LEAST_PRICE
    const isAllOut = amount.lt(0) && equityBefore.plus(amount).lte(0)
    this.#units = isAllOut ? ZERO : this.#units.plus(amount.div(this.#price))
  }

  /** Takes the equity at `at` into the highs. */
  sample(at: number, equity: Exact): number {
    if (this.#units.isZero()) return this.#price.toNumber()
    const nav = this.priceOf(equity).toNumber()
    const day = Math.floor(at / DAY_MS)
    this.#today = day === this.#day ? Math.max(this.#today, nav) : nav
    this.#day = day
    this.#ever = Math.max(this.#ever, nav)
    this.#remember(at, nav)
    return nav
  }

  get highs(): NavHighs {
    return { today: this.#today, last24h: this.#recent[0]?.nav ?? 0, ever: this.#ever }
  }

  /** What a sample at `at` would give; nothing is taken in, so that looking changes nothing. */
  look(at: number, equity: Exact): { readonly price: number; readonly highs: NavHighs } {
    const price = this.priceOf(equity).toNumber()
    if (this.#units.isZero()) return { price, highs: this.highs }
    const isToday = Math.floor(at / DAY_MS) === this.#day
    const today = isToday ? Math.max(this.#today, price) : price
    const since = this.#recent.find((high) => high.at >= at - DAY_MS)?.nav ?? price
    return { price, highs: { today, last24h: Math.max(since, price), ever: Math.max(this.#ever, price) } }
  }

  #remember(at: number, nav: number): void {
    const recent = this.#recent
    while (recent.length > 0 && (recent[0]?.at ?? 0) < at - DAY_MS) recent.shift()
    while (recent.length > 0 && (recent[recent.length - 1]?.nav ?? 0) <= nav) recent.pop()
    const last = recent[recent.length - 1]
    if (last === undefined || at - last.at >= BUCKET_MS) recent.push({ at, nav })
  }
}

/** 1 − nav ÷ its high; 0 while there is no high. */
export const drawdownOf = (nav: number, high: number): number => (high > 0 ? Math.max(0, 1 - nav / high) : 0)
