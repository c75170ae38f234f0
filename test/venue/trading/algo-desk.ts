/** Conditional orders and their life: NEW, TRIGGERING, TRIGGERED, FINISHED; or CANCELED, EXPIRED, REJECTED. */
import { VenueError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import type { Market } from '../market/market.ts'
import { checkAlgo } from './algo-checks.ts'
import { placeChild } from './algo-child.ts'
import { isLive, isReached, isWaiting, newAlgoOrder, trail, type AlgoOrder, type AlgoTerms } from './algo-order.ts'
import type { Order } from './order.ts'

const FIRST_ID = 1_000_000_033_225_453

export class AlgoDesk {
  private readonly exchange: Exchange
  private readonly byId = new Map<number, AlgoOrder>()
  private readonly byClientId = new Map<string, AlgoOrder>()
  private readonly live = new Map<string, AlgoOrder[]>()
  private readonly parents = new Map<number, AlgoOrder>()
  private nextId = FIRST_ID

  constructor(exchange: Exchange) {
    this.exchange = exchange
  }

  place(terms: AlgoTerms): AlgoOrder {
    const { exchange } = this
    checkAlgo(exchange, terms, this.liveOf(terms.symbol))
    const algo = newAlgoOrder(terms, this.nextId++, exchange.now())
    this.byId.set(algo.id, algo)
    this.byClientId.set(algo.clientId, algo)
    this.forgetOldest()
    const market = exchange.market(terms.symbol)
    if (algo.type === 'TRAILING_STOP_MARKET') this.startTrailing(market, algo)
    this.live.set(terms.symbol, [...this.liveOf(terms.symbol), algo])
    exchange.tellAlgo(algo)
    if (algo.goodTillDate > 0) {
      exchange.clock.at(algo.goodTillDate, () => {
        if (isWaiting(algo)) this.end(algo, 'EXPIRED')
      })
    }
    return algo
  }

  cancel(algo: AlgoOrder): void {
    if (!isWaiting(algo)) throw new VenueError(-2011)
    this.end(algo, 'CANCELED')
  }

  /** live ones of a symbol, oldest first */
  liveOf(symbol: string): readonly AlgoOrder[] {
    return this.live.get(symbol) ?? []
  }

  allLive(): AlgoOrder[] {
    return [...this.live.values()].flat().sort((one, other) => one.id - other.id)
  }

  all(symbol: string): AlgoOrder[] {
    return [...this.byId.values()].filter((algo) => algo.symbol === symbol)
  }

  find(id: number): AlgoOrder | null {
    return this.byId.get(id) ?? null
  }

  /** the latest of a client id */
  findByClientId(clientId: string): AlgoOrder | null {
    return this.byClientId.get(clientId) ?? null
  }

  /** Last and mark price of a symbol may have moved. */
  onPrice(market: Market): void {
    for (const algo of this.liveOf(market.symbol)) {
      if (!isWaiting(algo)) continue
      const price = algo.workingType === 'MARK_PRICE' ? market.exactMark : market.exactLast
      const reached =
        algo.type === 'TRAILING_STOP_MARKET' ? trail(algo, price) : isReached(algo, algo.triggerPrice, price)
      if (reached && !this.isProtected(market, algo)) this.trigger(algo)
    }
  }

  /** A child has ended: so has its conditional order. */
  onChildEnd(order: Order): void {
    const algo = this.parents.get(order.id)
    if (algo === undefined) return
    this.parents.delete(order.id)
    this.exchange.clock.at(this.exchange.now() + this.exchange.settings.finishingMs, () => this.end(algo, 'FINISHED'))
  }

  onPositionEnd(symbol: string): void {
    if (!this.exchange.settings.closePositionEndsWithPosition) return
    for (const algo of this.liveOf(symbol)) {
      if (algo.closePosition && isWaiting(algo)) this.end(algo, 'EXPIRED')
    }
  }

  /** Goes on with one that was held in TRIGGERING. */
  release(algo: AlgoOrder): void {
    if (algo.status === 'TRIGGERING') this.giveBirth(algo)
  }

  private forgetOldest(): void {
    const { keptOrders } = this.exchange.settings
    for (const [id, algo] of this.byId) {
      if (this.byId.size <= keptOrders) return
      if (isLive(algo)) continue
      this.byId.delete(id)
      if (this.byClientId.get(algo.clientId) === algo) this.byClientId.delete(algo.clientId)
    }
  }

  private startTrailing(market: Market, algo: AlgoOrder): void {
    trail(algo, algo.workingType === 'MARK_PRICE' ? market.exactMark : market.exactLast)
  }

  /** priceProtect: not while mark and last are further apart than the symbol allows. */
  private isProtected(market: Market, algo: AlgoOrder): boolean {
    if (!algo.priceProtect) return false
    const apart = market.exactMark.minus(market.exactLast).abs().div(market.exactMark)
    return apart.gte(market.rules.triggerProtect)
  }

  private trigger(algo: AlgoOrder): void {
    const { exchange } = this
    algo.status = 'TRIGGERING'
    algo.triggeredAt = exchange.now()
    algo.updatedAt = exchange.now()
    exchange.tellAlgo(algo)
    const heldMs = exchange.faults.stuckTriggering(algo)
    if (heldMs === Infinity) return
    exchange.clock.at(exchange.now() + exchange.settings.triggeringMs + heldMs, () => this.release(algo))
  }

  private giveBirth(algo: AlgoOrder): void {
    const { exchange } = this
    try {
      placeChild(exchange, algo, (child) => {
        algo.child = child
        this.parents.set(child.id, algo)
        this.become(algo, 'TRIGGERED')
      })
    } catch (error) {
      if (!(error instanceof VenueError)) throw error
      algo.rejection = error.message
      this.end(algo, exchange.settings.refusedChildStatus)
      exchange.tellTriggerRejected(algo)
    }
  }

  private become(algo: AlgoOrder, status: AlgoOrder['status']): void {
    algo.status = status
    algo.updatedAt = this.exchange.now()
    if (!isLive(algo)) {
      const rest = this.liveOf(algo.symbol).filter((each) => each !== algo)
      this.live.set(algo.symbol, rest)
    }
    this.exchange.tellAlgo(algo)
  }

  private end(algo: AlgoOrder, status: AlgoOrder['status']): void {
    this.become(algo, status)
  }
}
