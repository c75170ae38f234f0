/** What the Meta Strategy Controller remembers: the equity curve by the hour, and the closed trades of the longest window. */
import type { AccountState, Trade } from '../core/model/position.ts'
import type { MscTrade, NavPoint } from '../core/msc/evidence.ts'
import type { MscRules } from '../core/policy/policy.ts'
import type { Records } from '../core/ports/records.ts'
import { FOREIGN } from './books.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const PAGE = 500
const NONE: readonly MscTrade[] = []

const hourOf = (at: number): number => Math.floor(at / HOUR_MS)

/** The first daily return begins a day before the first day counted. */
const daysOf = ({ evidence, scoring }: MscRules): number =>
  Math.max(evidence.drawdownDays, evidence.tradeDays, evidence.slopeDays + 1, scoring.days)

export class MscPast {
  #hours: NavPoint[] = []
  #trades: MscTrade[] = []
  #byStrategy = new Map<string, MscTrade[]>()
  #days = 0

  /** In order of time. */
  get nav(): readonly NavPoint[] {
    return this.#hours
  }

  /** In order of closing. */
  get trades(): readonly MscTrade[] {
    return this.#trades
  }

  tradesOf(strategyId: string): readonly MscTrade[] {
    return this.#byStrategy.get(strategyId) ?? NONE
  }

  /** Reaches back as far as the rules look, and forgets what lies before; reads the journal only where it knows too little. */
  reach(records: () => Records, now: number, rules: MscRules): void {
    const days = daysOf(rules)
    if (days > this.#days) this.#load(records(), now - days * DAY_MS)
    this.#days = days
    const since = now - days * DAY_MS
    while ((this.#hours[0]?.at ?? now) < since) this.#hours.shift()
    if ((this.#trades[0]?.closedAt ?? now) < since - DAY_MS) this.#forget(since)
  }

  sampled({ at, nav }: AccountState): void {
    this.#add({ at, nav, high: nav })
  }

  traded({ strategyId, closedAt, profit, rMultiple }: Trade): void {
    if (strategyId === FOREIGN) return
    this.#remember({ closedAt, strategyId, profit: profit.toNumber(), rMultiple })
  }

  #remember(trade: MscTrade): void {
    this.#trades.push(trade)
    const own = this.#byStrategy.get(trade.strategyId)
    if (own === undefined) this.#byStrategy.set(trade.strategyId, [trade])
    else own.push(trade)
  }

  #load(records: Records, since: number): void {
    this.#hours = []
    for (const { at, nav, navHigh } of records.equityByHour(since)) this.#add({ at, nav, high: navHigh })
    this.#trades = []
    this.#byStrategy = new Map()
    const found: Trade[] = []
    let cursor: string | undefined
    do {
      const { items, next } = records.trades({ limit: PAGE, from: since, cursor })
      found.push(...items)
      cursor = next ?? undefined
    } while (cursor !== undefined)
    for (const trade of found.toReversed()) this.traded(trade)
  }

  #forget(since: number): void {
    const kept = this.#trades.filter(({ closedAt }) => closedAt >= since)
    this.#trades = []
    this.#byStrategy = new Map()
    for (const trade of kept) this.#remember(trade)
  }

  #add(hour: NavPoint): void {
    const last = this.#hours.at(-1)
    if (last === undefined || hourOf(last.at) < hourOf(hour.at)) this.#hours.push(hour)
    else this.#hours[this.#hours.length - 1] = { ...hour, high: Math.max(last.high, hour.high) }
  }
}
