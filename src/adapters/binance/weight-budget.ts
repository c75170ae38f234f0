/** What we may still ask of the exchange: weight and orders of the running minute, and how long it told us to be silent. */
import type { BinanceSettings } from './settings.ts'

export type Priority = 'order' | 'read'

const MINUTE_MS = 60_000
const TEN_SECONDS_MS = 10_000

export class WeightBudget {
  readonly #settings: BinanceSettings
  #minute = -1
  #used = 0
  /** times of the orders of the last minute */
  #orders: number[] = []
  #blockedUntil = 0

  constructor(settings: BinanceSettings) {
    this.#settings = settings
  }

  /** weight of the running minute */
  used(now: number): number {
    return this.#minute === Math.floor(now / MINUTE_MS) ? this.#used : 0
  }

  /** epoch ms until which nothing may be sent; 0: nothing stands against it */
  blockedUntil(now: number): number {
    return this.#blockedUntil > now ? this.#blockedUntil : 0
  }

  /** ms to wait before a request of this weight may leave; 0: now. Order traffic may use what others must leave free. */
  waitFor(priority: Priority, weight: number, isNewOrder: boolean, now: number): number {
    const blocked = this.blockedUntil(now)
    if (blocked > 0) return blocked - now
    const { weightPerMinute, readingShare } = this.#settings
    const most = priority === 'order' ? weightPerMinute : weightPerMinute * readingShare
    if (this.used(now) + weight > most) return MINUTE_MS - (now % MINUTE_MS)
    return isNewOrder ? this.#orderWait(now) : 0
  }

  spend(weight: number, isNewOrder: boolean, now: number): void {
    const used = this.used(now)
    this.#minute = Math.floor(now / MINUTE_MS)
    this.#used = used + weight
    if (isNewOrder) this.#orders.push(now)
  }

  /** The exchange's own count, which knows of others that share our address. */
  told(used: number, now: number): void {
    this.#used = Math.max(used, this.used(now))
    this.#minute = Math.floor(now / MINUTE_MS)
  }

  /** 429 or 418: silence until the exchange is ready to listen again. */
  block(forMs: number, now: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, now + forMs)
  }

  #orderWait(now: number): number {
    this.#orders = this.#orders.filter((at) => at > now - MINUTE_MS)
    const { ordersPer10s, ordersPerMinute } = this.#settings
    const recent = this.#orders.filter((at) => at > now - TEN_SECONDS_MS)
    if (recent.length >= ordersPer10s) return (recent[recent.length - ordersPer10s] ?? now) + TEN_SECONDS_MS - now
    if (this.#orders.length < ordersPerMinute) return 0
    return (this.#orders[this.#orders.length - ordersPerMinute] ?? now) + MINUTE_MS - now
  }
}
