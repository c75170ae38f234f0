/** What lately happened, for sizing, cooldown and the guard's counts: trades, stop-outs, entries of the day, slippage, rejections. */
import type { IntentId } from '../core/model/ids.ts'
import type { Order } from '../core/model/order.ts'
import type { Trade } from '../core/model/position.ts'
import type { Side } from '../core/model/signal.ts'
import type { ExecutorSettings } from './executor-settings.ts'

const DAY_MS = 86_400_000
const NO_TRADES: readonly Trade[] = []

export interface RejectionsOf {
  readonly inARow: number
  readonly lastAt: number
}

export class TradeMemory {
  readonly #settings: ExecutorSettings
  readonly #byStrategy = new Map<string, Trade[]>()
  readonly #bySymbol = new Map<string, Trade[]>()
  readonly #stopOuts = new Map<string, number>()
  readonly #slippages = new Map<string, number[]>()
  readonly #rejections = new Map<string, RejectionsOf>()
  readonly #liquidations = new Map<string, number>()
  #rejectionTimes: number[] = []
  #day = -1
  #filledToday = new Set<string>()

  constructor(settings: ExecutorSettings) {
    this.#settings = settings
  }

  /** A closed trade, in order of time. */
  remember(trade: Trade): void {
    push(this.#byStrategy, trade.strategyId, trade, this.#settings.tradesPerStrategy)
    push(this.#bySymbol, trade.symbol, trade, this.#settings.tradesPerSymbol)
    if (trade.exitReason === 'STOP' || trade.exitReason === 'LIQUIDATION') {
      this.#stopOuts.set(`${trade.symbol} ${trade.side}`, trade.closedAt)
    }
    if (trade.exitReason === 'LIQUIDATION') this.#liquidations.set(trade.symbol, trade.closedAt)
  }

  /** Oldest first. */
  ofStrategy(strategyId: string): readonly Trade[] {
    return this.#byStrategy.get(strategyId) ?? NO_TRADES
  }

  /** Oldest first. */
  ofSymbol(symbol: string): readonly Trade[] {
    return this.#bySymbol.get(symbol) ?? NO_TRADES
  }

  /** Epoch ms of the last stop-out of a symbol on a side; null: none known. */
  lastStopOut(symbol: string, side: Side): number | null {
    return this.#stopOuts.get(`${symbol} ${side}`) ?? null
  }

  /** Epoch ms of the last liquidation on a symbol; null: none known. */
  lastLiquidation(symbol: string): number | null {
    return this.#liquidations.get(symbol) ?? null
  }

  entryFilled(intentId: IntentId, at: number): void {
    this.#turnTo(at)
    this.#filledToday.add(intentId)
  }

  /** Intents whose entry first filled since 00:00 UTC. */
  entriesFilledToday(now: number): ReadonlySet<string> {
    this.#turnTo(now)
    return this.#filledToday
  }

  /** `slippage`: how much worse than expected, as a fraction of the expected price; better is negative. */
  filled(symbol: string, slippage: number): void {
    push(this.#slippages, symbol, slippage, this.#settings.slippageFills)
  }

  /** Mean slippage of the symbol's last fills, a fraction; 0 before there is any. */
  meanSlippage(symbol: string): number {
    const all = this.#slippages.get(symbol)
    return all === undefined ? 0 : all.reduce((sum, one) => sum + one, 0) / all.length
  }

  /** The venue said no to an entry. */
  rejected(order: Order, at: number): void {
    this.#rejections.set(order.symbol, { inARow: (this.#rejections.get(order.symbol)?.inARow ?? 0) + 1, lastAt: at })
    const since = at - this.#settings.rejectionMemoryMs
    this.#rejectionTimes = [...this.#rejectionTimes.filter((time) => time > since), at]
  }

  /** The venue took an entry: the row of rejections on its symbol ends. */
  accepted(order: Order): void {
    this.#rejections.delete(order.symbol)
  }

  rejectionsOf(symbol: string): RejectionsOf | null {
    return this.#rejections.get(symbol) ?? null
  }

  /** Epoch ms of the venue's rejections of entries, oldest first. */
  get rejectionTimes(): readonly number[] {
    return this.#rejectionTimes
  }

  #turnTo(at: number): void {
    const day = Math.floor(at / DAY_MS)
    if (day <= this.#day) return
    this.#day = day
    this.#filledToday = new Set()
  }
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item, most: number): void {
  const items = map.get(key)
  if (items === undefined) {
    map.set(key, [item])
    return
  }
  items.push(item)
  if (items.length > most) items.shift()
}
