/** Weight of the address, count of orders, and what happens to who does not listen: 429, then 418. */
import { VenueError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'

const MINUTE_MS = 60_000
const TEN_SECONDS_MS = 10_000
const FIVE_MINUTES_MS = 300_000
export const ADDRESS = '127.0.0.1'

class Window {
  private startedAt = -1
  private readonly lengthMs: number
  used = 0

  constructor(lengthMs: number) {
    this.lengthMs = lengthMs
  }

  /** Adds to the window that `now` lies in; answers what is used in it. */
  add(now: number, amount: number): number {
    const startedAt = Math.floor(now / this.lengthMs) * this.lengthMs
    if (startedAt !== this.startedAt) {
      this.startedAt = startedAt
      this.used = 0
    }
    this.used += amount
    return this.used
  }

  secondsLeft(now: number): number {
    return Math.max(1, Math.ceil((this.startedAt + this.lengthMs - now) / 1000))
  }
}

export class RateLimits {
  private readonly exchange: Exchange
  private readonly weight = new Window(MINUTE_MS)
  private readonly funding = new Window(FIVE_MINUTES_MS)
  private readonly orders10s = new Window(TEN_SECONDS_MS)
  private readonly orders1m = new Window(MINUTE_MS)
  private refusals = 0
  private bans = 0
  private bannedUntil = 0

  constructor(exchange: Exchange) {
    this.exchange = exchange
  }

  /** Counts a request; throws 429 or 418. */
  count(weight: number, isFunding: boolean): void {
    const now = this.exchange.now()
    const { settings } = this.exchange
    if (now < this.bannedUntil) throw this.banned(now)
    const used = this.weight.add(now, weight)
    if (used > settings.weightPerMinute) this.refuse(now)
    else this.refusals = 0
    if (isFunding && this.funding.add(now, 1) > settings.fundingRequestsPer5m) this.refuse(now)
  }

  countOrders(orders: number): void {
    const now = this.exchange.now()
    const { ordersPer10s, ordersPerMinute } = this.exchange.settings
    const retryAfter = (seconds: number) => ({ 'Retry-After': String(seconds) })
    if (this.orders10s.add(now, orders) > ordersPer10s) {
      const message = `Too many new orders; current limit is ${ordersPer10s} orders per 10 SECOND.`
      throw new VenueError(-1015, message, retryAfter(this.orders10s.secondsLeft(now)))
    }
    if (this.orders1m.add(now, orders) > ordersPerMinute) {
      const message = `Too many new orders; current limit is ${ordersPerMinute} orders per 1 MINUTE.`
      throw new VenueError(-1015, message, retryAfter(this.orders1m.secondsLeft(now)))
    }
  }

  /** Bans the address for so long; each later one of its own making is twice as long. */
  ban(ms: number): void {
    this.bannedUntil = this.exchange.now() + ms
  }

  headers(isOrder: boolean): Record<string, string> {
    const now = this.exchange.now()
    const weight = { 'X-MBX-USED-WEIGHT-1M': String(this.weight.add(now, 0)) }
    if (!isOrder) return weight
    return {
      ...weight,
      'X-MBX-ORDER-COUNT-10S': String(this.orders10s.add(now, 0)),
      'X-MBX-ORDER-COUNT-1M': String(this.orders1m.add(now, 0)),
    }
  }

  get usedWeight(): number {
    return this.weight.add(this.exchange.now(), 0)
  }

  /** The refusal of one request over the limit. */
  tooMany(seconds: number): VenueError {
    const message =
      `Too many requests; current limit of IP(${ADDRESS}) is ${this.exchange.settings.weightPerMinute} requests ` +
      'per minute. Please use the websocket for live updates to avoid bans.'
    return new VenueError(-1003, message, { 'Retry-After': String(seconds) })
  }

  /** The refusal of a banned address; HTTP 418. */
  banned(now: number): VenueError {
    const message =
      `Way too many requests; IP(${ADDRESS}) banned until ${this.bannedUntil}. ` +
      'Please use the websocket for live updates to avoid bans.'
    const seconds = Math.max(1, Math.ceil((this.bannedUntil - now) / 1000))
    return new VenueError(-1003, message, { 'Retry-After': String(seconds) }, 418)
  }

  private refuse(now: number): never {
    const { refusalsBeforeBan, firstBanMs, longestBanMs } = this.exchange.settings
    this.refusals += 1
    if (this.refusals > refusalsBeforeBan) {
      this.refusals = 0
      this.ban(Math.min(firstBanMs * 2 ** this.bans, longestBanMs))
      this.bans += 1
      throw this.banned(now)
    }
    throw this.tooMany(this.weight.secondsLeft(now))
  }
}
