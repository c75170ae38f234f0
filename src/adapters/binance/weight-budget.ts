/** What we may still ask of the exchange: weight and orders of the running minute, and how long it told us to be silent. */
import type { BinanceSettings } from './settings.ts'

/** Who goes first: what reduces risk or asks what is, then looks that are waited for, entries, what is only read. */
export type Priority = 'safety' | 'recovery' | 'entry' | 'read'

const MINUTE_MS = 60_000
const TEN_SECONDS_MS = 10_000

export class WeightBudget {
  readonly #settings: BinanceSettings
  #minute = -1
  #used = 0
  /** times of the orders of the last minute, oldest first */
  #orders: number[] = []
  #blockedUntil = 0

  constructor(settings: BinanceSettings) {
    this.#settings = settings
  }

  /** weight of the running minute */
  used(now: number): number {
    return this.#minute === Math.floor(now / MINUTE_MS) ? this.#used : 0
  }

  /** new orders of the last `ms`, at most a minute */
  ordersWithin(ms: number, now: number): number {
    return this.#orders.filter((at) => at > now - ms).length
  }

  /** epoch ms until which nothing may be sent; 0: nothing stands against it */
  blockedUntil(now: number): number {
    return this.#blockedUntil > now ? this.#blockedUntil : 0
  }

  /** ms to wait before a request of this weight may leave; 0: now. Each may use what those after it must leave free. */
  waitFor(priority: Priority, weight: number, isNewOrder: boolean, now: number): number {
    const blocked = this.blockedUntil(now)
    if (blocked > 0) return blocked - now
    if (this.used(now) + weight > this.#settings.weightPerMinute * this.#shareOf(priority))
      return MINUTE_MS - (now % MINUTE_MS)
    return isNewOrder ? this.#orderWait(priority, now) : 0
  }

  spend(weight: number, isNewOrder: boolean, now: number): void {
    const used = this.used(now)
    this.#minute = Math.floor(now / MINUTE_MS)
    this.#used = used + weight
    if (!isNewOrder) return
    this.#forget(now)
    this.#orders.push(now)
  }

  /** The exchange's own count, which knows of others that share our address. */
  told(used: number, now: number): void {
    this.#used = Math.max(used, this.used(now))
    this.#minute = Math.floor(now / MINUTE_MS)
  }

  /** The same of new orders: those we did not send count as sent now. */
  toldOrders(within10s: number, within1m: number, now: number): void {
    this.#forget(now)
    while (this.ordersWithin(TEN_SECONDS_MS, now) < within10s) this.#orders.push(now)
    while (this.#orders.length < within1m) this.#orders.unshift(now - TEN_SECONDS_MS)
  }

  /** 429 or 418: silence until the exchange is ready to listen again. */
  block(forMs: number, now: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, now + forMs)
  }

  #shareOf(priority: Priority): number {
    const { readingShare, entryShare, recoveryShare } = this.#settings
    return { safety: 1, recovery: recoveryShare, entry: entryShare, read: readingShare }[priority]
  }

  #orderWait(priority: Priority, now: number): number {
    this.#forget(now)
    const { ordersPer10s, ordersPerMinute } = this.#settings
    const share = priority === 'safety' ? 1 : this.#settings.entryShare
    const recent = this.#orders.filter((at) => at > now - TEN_SECONDS_MS)
    return Math.max(
      untilFree(recent, Math.floor(ordersPer10s * share), TEN_SECONDS_MS, now),
      untilFree(this.#orders, Math.floor(ordersPerMinute * share), MINUTE_MS, now),
    )
  }

  #forget(now: number): void {
    if ((this.#orders[0] ?? now) <= now - MINUTE_MS) this.#orders = this.#orders.filter((at) => at > now - MINUTE_MS)
  }
}

/** ms until fewer than `most` of these times are younger than `length` */
function untilFree(times: readonly number[], most: number, length: number, now: number): number {
  const oldest = times[times.length - most]
  return times.length < most || oldest === undefined ? 0 : oldest + length - now
}
