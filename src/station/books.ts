/** The station's books: orders, positions, wallet, unit price. Every change is journaled; loading them again is recovery. */
import { ZERO, booked, exact, type Exact } from '../core/model/decimal.ts'
import { stableId, traceIdOf, type FillId, type IntentId, type TradeId } from '../core/model/ids.ts'
import type { Fill, Order } from '../core/model/order.ts'
import type { AccountState, ExitReason, LedgerEntry, Position, Trade } from '../core/model/position.ts'
import { signOf } from '../core/model/signal.ts'
import { accountOf, unrealisedOfAll, type MarkOf } from '../core/portfolio/account.ts'
import { applyFill, applyFunding, type Opening } from '../core/portfolio/apply-fill.ts'
import { Nav } from '../core/portfolio/nav.ts'
import { tradeOf } from '../core/portfolio/trade-of.ts'
import type { Journal, Recovered } from '../core/ports/journal.ts'
import type { Income } from '../core/ports/venue.ts'
import type { ExecutorSettings } from './executor-settings.ts'
import { OrderBook } from './order-book.ts'
import { TradeMemory } from './trade-memory.ts'

/** Strategy of a position that no order of ours opened. */
export const FOREIGN = 'foreign'

export interface BooksDeps {
  readonly journal: Journal
  readonly settings: ExecutorSettings
  /** mode in force in that version of the policy */
  readonly riskModeOf: (policyVersion: number) => string
}

export interface BookedFill {
  readonly before: Position | null
  readonly position: Position | null
  readonly trade: Trade | null
}

/** A symbol that takes no entries: why, and since when (epoch ms). */
export interface Frozen {
  readonly reason: string
  readonly since: number
}

/** Float figures of a position, for looking at equity often. */
interface Quick {
  readonly symbol: string
  /** signed by side */
  readonly quantity: number
  readonly entry: number
}

export class Books {
  readonly orders: OrderBook
  readonly memory: TradeMemory
  readonly #journal: Journal
  readonly #riskModeOf: (policyVersion: number) => string
  readonly #positions = new Map<string, Position>()
  readonly #frozen = new Map<string, Frozen>()
  #quick: readonly Quick[] = []
  #nav = new Nav()
  #balance = ZERO
  #balanceQuick = 0
  #isNew = true
  #positionsVersion = 0
  #lastFillAt = 0
  #beganAt: number | null = null
  /** epoch ms of the latest entry in the ledger */
  #lastBookedAt = 0

  constructor({ journal, settings, riskModeOf }: BooksDeps) {
    this.#journal = journal
    this.#riskModeOf = riskModeOf
    this.orders = new OrderBook(journal, settings.endedOrders)
    this.memory = new TradeMemory(settings)
  }

  /** `recentTrades`: oldest first, for sizing, cooldown and the count of the day. */
  load(recovered: Recovered, recentTrades: readonly Trade[]): void {
    for (const order of recovered.openOrders) this.orders.place(order)
    for (const position of recovered.positions) this.#positions.set(position.symbol, position)
    this.#balance = recovered.balance
    this.#nav = new Nav(recovered.units, recovered.navHighs, recovered.lastEquityAt)
    this.#isNew = recovered.units.isZero() && recovered.balance.isZero()
    this.#lastFillAt = recovered.lastFillAt
    this.#beganAt = recovered.beganAt
    this.#lastBookedAt = recovered.lastFillAt
    this.#requicken()
    const opened = [...recentTrades, ...recovered.positions].sort((a, b) => a.openedAt - b.openedAt)
    for (const { intentId, openedAt, strategyId } of opened) {
      if (strategyId !== FOREIGN) this.memory.entryFilled(intentId, openedAt)
    }
    for (const trade of recentTrades) this.memory.remember(trade)
  }

  get positions(): ReadonlyMap<string, Position> {
    return this.#positions
  }

  /** Grows with every change of a position: whoever keeps figures of them looks at it first. */
  get positionsVersion(): number {
    return this.#positionsVersion
  }

  get balance(): Exact {
    return this.#balance
  }

  /** No money was ever booked: whatever the venue shows is the opening balance. */
  get isNew(): boolean {
    return this.#isNew
  }

  /** The books open now, unless they did before. */
  begin(now: number): void {
    this.#beganAt ??= now
  }

  /** Epoch ms at which the books were opened: what moved the wallet before is in the balance they opened with. */
  get beganAt(): number {
    return this.#beganAt ?? 0
  }

  /** Epoch ms of the last fill booked; 0: none. */
  get lastFillAt(): number {
    return this.#lastFillAt
  }

  hasUnknownOrder(symbol: string): boolean {
    return this.orders.of(symbol).some((order) => order.state === 'UNKNOWN')
  }

  /** Entries that may still fill. */
  restingEntries(): Order[] {
    return [...this.orders.working.values()].filter((order) => order.purpose === 'ENTRY')
  }

  /** Symbols that take no entries until a person releases them. */
  get frozen(): ReadonlyMap<string, Frozen> {
    return this.#frozen
  }

  /** Frozen again, it keeps its first reason. */
  freeze(symbol: string, reason: string, since: number): void {
    if (!this.#frozen.has(symbol)) this.#frozen.set(symbol, { reason, since })
  }

  /** False: it was not frozen. */
  unfreeze(symbol: string): boolean {
    return this.#frozen.delete(symbol)
  }

  knowsFill(id: FillId): boolean {
    return this.#journal.hasFill(id)
  }

  /** Books a fill that is not known yet. `order` null: an order the venue made itself. */
  bookFill(fill: Fill, order: Order | null, exitReason: ExitReason): BookedFill {
    const before = this.#positions.get(fill.symbol) ?? null
    const opening = openingOf(order, before, fill)
    const { position, closed, ledger } = applyFill(before, fill, opening)
    this.#journal.write('fills', {
      ...fill,
      intentId: opening.intentId,
      traceId: opening.traceId,
      strategyId: opening.strategyId,
    })
    for (const entry of ledger) this.#bookEntry(entry)
    const trade = closed === null ? null : this.#close(closed, fill.id, fill.at, exitReason)
    this.setPosition(fill.symbol, position)
    this.#lastFillAt = Math.max(this.#lastFillAt, fill.at)
    if (order?.purpose === 'ENTRY') this.memory.entryFilled(order.intentId, fill.at)
    return { before, position, trade }
  }

  /** Books a movement of the wallet once: false when it is known already. */
  bookIncome(income: Income, markOf: MarkOf): boolean {
    const id = `income:${income.id}`
    if (this.#journal.hasLedgerEntry(id)) return false
    const position = income.symbol === null ? undefined : this.#positions.get(income.symbol)
    const { kind, symbol, at } = income
    const amount = booked(income.amount)
    this.bookMovement({ id, kind, amount, symbol, at, traceId: position?.traceId ?? null }, markOf)
    if (kind === 'FUNDING' && position !== undefined) this.setPosition(position.symbol, applyFunding(position, amount))
    return true
  }

  /**
   * Money that is not a fill's. Deposits, withdrawals and bonuses move units, never their price. A loss that nothing
   * explains (`isPerformance`) moves the price: fail closed.
   */
  bookMovement(entry: LedgerEntry, markOf: MarkOf, isPerformance = false): void {
    const isFlow = entry.kind === 'DEPOSIT' || entry.kind === 'WITHDRAWAL' || entry.kind === 'ADJUSTMENT'
    const moves = isFlow && !isPerformance
    // told late, it meets a balance that has gone on since
    const at = Math.max(entry.at, this.#lastBookedAt)
    if (moves) {
      // a sample on both sides: the highs see the price before the flow, the journal the units after it
      const equity = this.#balance.plus(unrealisedOfAll(this.#positions.values(), markOf))
      this.#nav.sample(at, equity)
      this.#nav.flow(entry.amount, equity)
    }
    this.#bookEntry(entry)
    if (moves) this.#journal.write('equity', this.sample(at, markOf))
  }

  /** A position as it is now; null: none. */
  setPosition(symbol: string, position: Position | null): void {
    if (position === null) {
      if (!this.#positions.delete(symbol)) return
      this.#journal.removePosition(symbol)
    } else {
      this.#positions.set(symbol, position)
      this.#journal.write('positions', position)
    }
    this.#requicken()
  }

  /** A position that is no longer at the venue, though no fill of ours closed it: valued at `price`, its money comes with the balance. */
  closeForeign(position: Position, price: Exact, at: number): Trade {
    const gain = booked(price.minus(position.entryPrice).times(position.quantity).times(signOf(position.side)))
    const closed = { ...position, quantity: ZERO, realised: position.realised.plus(gain) }
    this.setPosition(position.symbol, null)
    return this.#close(closed, `gone:${String(at)}`, at, 'FOREIGN')
  }

  /** The account at an instant that counts: it is taken into the highs. */
  sample(now: number, markOf: MarkOf): AccountState {
    this.#nav.sample(now, this.#balance.plus(unrealisedOfAll(this.#positions.values(), markOf)))
    return this.account(now, markOf)
  }

  /** Exact; looking changes nothing. */
  account(now: number, markOf: MarkOf): AccountState {
    const positions = [...this.#positions.values()]
    const inputs = { at: now, balance: this.#balance, positions, entries: this.restingEntries(), markOf }
    return accountOf(inputs, this.#nav)
  }

  /** Equity in floats, cheap enough for every candle. */
  equityEstimate(markOf: MarkOf): number {
    let equity = this.#balanceQuick
    for (const { symbol, quantity, entry } of this.#quick) equity += ((markOf(symbol) ?? entry) - entry) * quantity
    return equity
  }

  #bookEntry(entry: LedgerEntry): void {
    this.#journal.write('ledger', entry)
    this.#balance = this.#balance.plus(entry.amount)
    this.#balanceQuick = this.#balance.toNumber()
    this.#lastBookedAt = Math.max(this.#lastBookedAt, entry.at)
    this.#isNew = false
  }

  #close(closed: Position, cause: string, at: number, reason: ExitReason): Trade {
    const id = stableId('trade', closed.intentId, cause) as TradeId
    const trade = tradeOf(closed, { id, at, reason, riskMode: this.#riskModeOf(closed.policyVersion) })
    this.#journal.write('trades', trade)
    this.memory.remember(trade)
    return trade
  }

  #requicken(): void {
    this.#positionsVersion++
    this.#balanceQuick = this.#balance.toNumber()
    this.#quick = [...this.#positions.values()].map(({ symbol, side, quantity, entryPrice }) => ({
      symbol,
      quantity: quantity.toNumber() * signOf(side),
      entry: entryPrice.toNumber(),
    }))
  }
}

/** What a fill's order says of the position it may open. */
function openingOf(order: Order | null, position: Position | null, fill: Fill): Opening {
  const known = order ?? position
  const plan = order?.entryPlan ?? null
  return {
    strategyId: known?.strategyId ?? FOREIGN,
    intentId: known?.intentId ?? foreignIntent(fill.symbol, fill.at),
    traceId: known?.traceId ?? traceIdOf(FOREIGN, fill.symbol, fill.at),
    policyVersion: known?.policyVersion ?? 0,
    leverage: known?.leverage ?? 1,
    stopPrice: plan?.stopPrice ?? exact(0),
    takeProfitPrice: plan?.takeProfitPrice ?? null,
    trailing: plan?.trailing ?? null,
  }
}

export const foreignIntent = (symbol: string, at: number): IntentId => stableId(FOREIGN, symbol, at) as IntentId
