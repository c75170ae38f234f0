/** The exchange's own books: wallet, symbols, orders. Changes are staged, then committed to the shelf in one transaction. */
import type { MarketSettings } from '../../core/market/settings.ts'
import { booked, exact, maxOf, ZERO, type Exact } from '../../core/model/decimal.ts'
import type { ClientOrderId, FillId } from '../../core/model/ids.ts'
import type { Instrument } from '../../core/model/market.ts'
import type { Fill, OrderRequest, OrderSide } from '../../core/model/order.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { PaperShelf } from '../../core/ports/paper-shelf.ts'
import { LIQUIDATION_PREFIX, type Income, type VenueReport } from '../../core/ports/venue.ts'
import { applyTrade } from './holding.ts'
import { instrumentRules, type InstrumentRules } from './instrument-rules.ts'
import { orderMargin } from './margin.ts'
import { openOrder, remaining, venueOrder, type OpenOrder, type OrderEnd } from './open-order.ts'
import { Recent } from './recent.ts'
import { restore, symbolDocument } from './restore.ts'
import type { PaperSettings } from './settings.ts'
import { StagedDocuments } from './staged-documents.ts'
import { SymbolBook } from './symbol-book.ts'
import { watch } from './watch.ts'

/** One execution; `fee` where it is not the instrument's rate. */
export interface Execution {
  readonly clientOrderId: ClientOrderId
  readonly side: OrderSide
  readonly price: Exact
  readonly quantity: Exact
  readonly liquidity: Fill['liquidity']
  readonly fee?: Exact
}

export interface PaperBooksDeps {
  readonly clock: Clock
  readonly shelf: PaperShelf
  readonly settings: PaperSettings
  readonly market: MarketSettings
  readonly missesTicks?: boolean
}

const ACCOUNT = 'account'
const KEY_DIGITS = 12

export class PaperBooks {
  readonly settings: PaperSettings
  readonly market: MarketSettings
  readonly shelf: PaperShelf
  /** fills and income of this life of the exchange */
  fills = new Recent<Fill>(-Infinity)
  income = new Recent<Income>(-Infinity)
  wallet: Exact = ZERO
  readonly orders = new Map<string, OpenOrder>()
  private readonly clock: Clock
  private readonly missedAfterMs: number
  private readonly bySymbol = new Map<string, SymbolBook>()
  /** symbols with a position or orders */
  private readonly active = new Set<SymbolBook>()
  private counts = { orderCount: 0, fillCount: 0, incomeCount: 0 }
  private readonly changed = new Set<SymbolBook>()
  private readonly staged: StagedDocuments
  private reports: VenueReport[] = []

  constructor(deps: PaperBooksDeps) {
    this.clock = deps.clock
    this.shelf = deps.shelf
    this.staged = new StagedDocuments(deps.shelf)
    this.settings = deps.settings
    this.market = deps.market
    this.missedAfterMs = deps.missesTicks === true ? deps.settings.missedAfterMs : Number.POSITIVE_INFINITY
  }

  /** Opens the books as the shelf has them; a new exchange books its first deposit. */
  open(instruments: readonly Instrument[]): void {
    this.list(instruments)
    const found = restore(this.shelf, (symbol) => this.symbol(symbol))
    if (found === null) {
      const first = exact(this.settings.initialBalance)
      if (first.gt(0)) this.book('DEPOSIT', null, first)
    } else {
      const { wallet, ...counts } = found.account
      this.fills = new Recent(this.now())
      this.income = new Recent(this.now())
      this.wallet = wallet
      this.counts = counts
      for (const order of found.orders) this.orders.set(order.request.clientOrderId, order)
    }
    for (const book of this.bySymbol.values()) this.refresh(book)
    this.commit()
    this.reports = []
  }

  now(): number {
    return this.clock.now()
  }

  list(instruments: readonly Instrument[]): void {
    for (const instrument of instruments) this.symbol(instrument.symbol).rules = instrumentRules(instrument)
  }

  symbol(symbol: string): SymbolBook {
    const known = this.bySymbol.get(symbol)
    if (known !== undefined) return known
    const book = new SymbolBook(symbol, this.settings.defaultLeverage, this.missedAfterMs)
    this.bySymbol.set(symbol, book)
    return book
  }

  activeBooks(): readonly SymbolBook[] {
    return [...this.active].sort((one, other) => (one.symbol < other.symbol ? -1 : 1))
  }

  markOf(book: SymbolBook): Exact {
    return exact(book.markNow(this.now(), this.settings.markFreshMs))
  }

  /** Wallet less isolated margins and what orders hold, USDT; never shown below zero. */
  available(): Exact {
    let free = this.wallet
    for (const book of this.active) {
      if (book.holding !== null) free = free.minus(book.holding.margin)
      free = free.minus(orderMargin(book, this.markOf(book), book.leverage))
    }
    return maxOf(free, ZERO)
  }

  report(report: VenueReport): void {
    this.reports.push(report)
  }

  /** Marks a symbol as changed: stored with its market times and watched anew by the next commit. */
  touch(book: SymbolBook): void {
    this.changed.add(book)
  }

  accept(book: SymbolBook, request: OrderRequest): OpenOrder {
    this.counts.orderCount++
    const order = openOrder(request, String(this.counts.orderCount), this.now())
    this.orders.set(request.clientOrderId, order)
    book.orders = [...book.orders, order]
    this.active.add(book)
    this.touch(book)
    const { clientOrderId } = request
    this.report({ kind: 'accepted', clientOrderId, venueOrderId: order.venueOrderId, at: this.now() })
    return order
  }

  /** The id of the order by which the exchange liquidates. */
  liquidationOrderId(): ClientOrderId {
    this.counts.orderCount++
    return `${LIQUIDATION_PREFIX}${this.counts.orderCount}` as ClientOrderId
  }

  /** Books an execution of an order and reports it; the order ends when nothing is left. */
  fill(book: SymbolBook, order: OpenOrder, price: Exact, quantity: Exact, liquidity: Fill['liquidity']): void {
    order.filled = order.filled.plus(quantity)
    order.filledValue = order.filledValue.plus(price.times(quantity))
    order.updatedAt = this.now()
    const { clientOrderId, side } = order.request
    const isDone = remaining(order).lte(0)
    this.trade(book, { clientOrderId, side, price, quantity, liquidity }, isDone)
    if (isDone) this.remove(book, order, 'FILLED')
    this.expireTooLarge(book)
  }

  /** Books an execution: fill, fee, realised gain, position. */
  trade(book: SymbolBook, execution: Execution, isDone: boolean): void {
    const { clientOrderId, side, price, quantity, liquidity } = execution
    const at = this.now()
    const fee = execution.fee ?? tradeFee(rulesOf(book), price, quantity, liquidity)
    const effect = applyTrade(book.holding, { side, price, quantity, leverage: book.leverage })
    book.holding = effect.holding
    this.wallet = this.wallet.plus(effect.realised).minus(fee)
    this.counts.fillCount++
    const id = `paper-${padded(this.counts.fillCount)}` as FillId
    const fill = { id, clientOrderId, symbol: book.symbol, side, price, quantity, fee, liquidity, at }
    this.staged.put('fill', id, at, fill)
    this.fills.add(fill)
    this.touch(book)
    this.report({ kind: 'filled', fill, done: isDone, at })
  }

  /** Ends an order without a further fill and reports it. */
  end(book: SymbolBook, order: OpenOrder, state: 'CANCELLED' | 'EXPIRED', reason: string): void {
    order.updatedAt = this.now()
    this.remove(book, order, state)
    const kind = state === 'CANCELLED' ? 'cancelled' : 'expired'
    this.report({ kind, clientOrderId: order.request.clientOrderId, reason, at: this.now() })
  }

  /** Moves the wallet by an amount of at most 8 decimals that is no trade's; `id` where the event itself has one. */
  book(kind: Income['kind'], symbol: string | null, amount: Exact, id?: string): void {
    this.counts.incomeCount++
    const at = this.now()
    const income = { id: id ?? `paper-${padded(this.counts.incomeCount)}`, kind, symbol, amount, at }
    this.wallet = this.wallet.plus(income.amount)
    this.staged.put('income', income.id, at, income)
    this.income.add(income)
    this.report({ kind: 'income', income, at })
  }

  /** One transaction of everything staged; the reports that may leave now. Where it throws, both wait for the next time. */
  commit(): readonly VenueReport[] {
    if (this.changed.size > 0 || !this.staged.isEmpty) this.store()
    const { reports } = this
    this.reports = []
    return reports
  }

  private store(): void {
    const at = this.now()
    for (const book of this.changed) {
      this.refresh(book)
      this.staged.put('symbol', book.symbol, at, symbolDocument(book))
      for (const order of book.orders) this.staged.put('order', order.request.clientOrderId, at, order)
    }
    this.staged.put(ACCOUNT, ACCOUNT, at, { wallet: this.wallet, ...this.counts })
    this.staged.commit()
    this.changed.clear()
  }

  private remove(book: SymbolBook, order: OpenOrder, end: OrderEnd): void {
    const { clientOrderId } = order.request
    book.orders = book.orders.filter((other) => other !== order)
    this.orders.delete(clientOrderId)
    this.staged.remove('order', clientOrderId)
    this.staged.put('closed', clientOrderId, order.updatedAt, venueOrder(order, end))
    this.touch(book)
  }

  /** Resting reduce-only limits that the position no longer covers are knocked out. */
  private expireTooLarge(book: SymbolBook): void {
    for (const order of book.orders) {
      const { type, reduceOnly, side } = order.request
      if (type !== 'LIMIT' || !reduceOnly) continue
      const covered = book.holding !== null && (book.holding.side === 'LONG') === (side === 'SELL')
      if (covered && remaining(order).lte(book.holding?.quantity ?? ZERO)) continue
      this.end(book, order, 'EXPIRED', 'reduce-only: the position has become smaller than the order')
    }
  }

  private refresh(book: SymbolBook): void {
    watch(book, this.settings)
    if (book.isActive) this.active.add(book)
    else this.active.delete(book)
  }
}

/** The rules of a symbol that takes orders: admission has seen to it that they are known. */
export function rulesOf(book: SymbolBook): InstrumentRules {
  if (book.rules === null) throw new Error(`no instrument known for ${book.symbol}`)
  return book.rules
}

export function tradeFee(rules: InstrumentRules, price: Exact, quantity: Exact, liquidity: Fill['liquidity']): Exact {
  return booked(price.times(quantity).times(liquidity === 'MAKER' ? rules.makerFee : rules.takerFee))
}

const padded = (count: number): string => String(count).padStart(KEY_DIGITS, '0')
