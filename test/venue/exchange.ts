/** The simulated exchange without its doors: one account, all markets, and everything that happens between them. */
import { Random } from '../../src/adapters/market-simulator/random.ts'
import { exact, type Exact } from '../../src/core/model/decimal.ts'
import type { Candle, Instrument } from '../../src/core/model/market.ts'
import type { Cancel, Clock } from '../../src/core/ports/clock.ts'
import { Account, type AccountTrade } from './account/account.ts'
import { FundingDesk } from './account/funding-desk.ts'
import { liquidateIfNeeded } from './account/liquidation.ts'
import type { Position } from './account/position.ts'
import { VenueError } from './errors.ts'
import { FaultDesk } from './faults/fault-desk.ts'
import type { MarketSource, MarketStep } from './market/market-source.ts'
import { Market } from './market/market.ts'
import { ODD_LISTINGS } from './market/odd-listings.ts'
import { rulesOf } from './market/symbol-rules.ts'
import type { PublicTrade } from './market/trade-tape.ts'
import { RateLimits } from './rest/rate-limits.ts'
import type { VenueSettings } from './settings.ts'
import { ListenKeys } from './streams/listen-keys.ts'
import {
  accountEvent,
  algoEvent,
  leverageEvent,
  marginCall,
  orderEvent,
  tradeLite,
  triggerRejected,
  type Execution,
} from './streams/user-events.ts'
import { UserStream } from './streams/user-stream.ts'
import { AlgoDesk } from './trading/algo-desk.ts'
import type { AlgoOrder } from './trading/algo-order.ts'
import { meetResting, tradeAgainstResting } from './trading/matching.ts'
import { OrderShelf } from './trading/order-shelf.ts'
import type { Order } from './trading/order.ts'
import { VenueClock } from './venue-clock.ts'

const MINUTE_MS = 60_000
const QUARTERS_A_DAY = 96
const FIRST_ORDER_ID = 283_194_212

/** What the market streams want to know. */
export interface MarketWatcher {
  quoted(market: Market, trade: PublicTrade | null): void
  barClosed(market: Market): void
  /** the exchange closed something by force */
  forced(market: Market, order: Order, price: Exact): void
}

/** What faults do to sockets. `category`: public, market or private; empty: all. */
export interface SocketControl {
  silence(category: string, ms: number): void
  drop(category: string): void
}

export interface ExchangeOptions {
  readonly clock: Clock
  readonly settings: VenueSettings
  readonly seed: number
  readonly source: MarketSource
}

export class Exchange {
  readonly clock: VenueClock
  readonly seed: number
  readonly source: MarketSource
  readonly markets = new Map<string, Market>()
  readonly account: Account
  readonly orders: OrderShelf
  readonly algos: AlgoDesk
  readonly funding: FundingDesk
  readonly faults: FaultDesk
  readonly limits: RateLimits
  readonly userStream: UserStream
  readonly listenKeys: ListenKeys
  /** dead man's switches by symbol */
  readonly countdowns = new Map<string, Cancel>()
  settings: VenueSettings
  /** an outage: nothing is traded, told or answered */
  isOut = false
  sockets: SocketControl = { silence: () => undefined, drop: () => undefined }
  private readonly watchers: MarketWatcher[] = []
  private lastOrderId = FIRST_ORDER_ID - 1
  private isClosed = false

  constructor({ clock, settings, seed, source }: ExchangeOptions) {
    this.clock = new VenueClock(clock)
    this.settings = settings
    this.seed = seed
    this.source = source
    this.account = new Account(settings)
    this.orders = new OrderShelf(settings)
    this.algos = new AlgoDesk(this)
    this.funding = new FundingDesk(this)
    this.faults = new FaultDesk(this)
    this.limits = new RateLimits(this)
    this.userStream = new UserStream(this)
    this.listenKeys = new ListenKeys(this.clock, Random.seeded(seed), settings.listenKeyMs, (key) =>
      this.userStream.keyExpired(key),
    )
    const odd = settings.oddListings ? ODD_LISTINGS : []
    for (const [index, instrument] of [...source.instruments, ...odd].entries()) this.list(instrument, index)
  }

  async start(): Promise<void> {
    this.account.deposit(this.settings.deposit, this.now())
    for (const market of this.markets.values()) this.funding.announce(market, this.now())
    await this.recallDay()
    await this.source.start(this.clock, {
      step: (step) => this.onStep(step),
      bar: (candle) => this.onBar(candle),
    })
    this.funding.start()
    if (!this.source.tellsBars) this.closeMinutes()
  }

  async stop(): Promise<void> {
    this.isClosed = true
    await this.source.stop()
  }

  now(): number {
    return this.clock.now()
  }

  nextOrderId(): number {
    this.lastOrderId += 1
    return this.lastOrderId
  }

  market(symbol: string): Market {
    const market = this.markets.get(symbol)
    if (market === undefined) throw new VenueError(-1121)
    return market
  }

  watch(watcher: MarketWatcher): void {
    this.watchers.push(watcher)
  }

  change(settings: Partial<VenueSettings>): void {
    this.settings = { ...this.settings, ...settings }
  }

  /** The source says where a market is now. */
  onStep(step: MarketStep): void {
    const market = this.markets.get(step.symbol)
    if (market === undefined || this.isOut || market.isOut || this.isClosed) return
    const { bid, ask, bidQuantity, askQuantity } = step.touch
    const touch = { bid: market.onTick(bid), ask: market.onTick(ask), bidQuantity, askQuantity }
    if (touch.ask <= touch.bid) touch.ask = exact(touch.bid).plus(market.rules.tick).toNumber()
    const last = market.onTick(step.last)
    const rose = last >= market.last
    market.renew(step.at, last, touch)
    const quantity = step.volume * this.settings.tradedShare
    const trade = quantity > 0 ? market.tape.print(step.at, last, quantity, !rose) : null
    this.tellClosed(market, market.bars.price(step.at, last, quantity))
    this.moved(market, trade)
  }

  /** So much is traded at a price, against whoever rests there. */
  print(symbol: string, price: number, quantity: number): void {
    const market = this.market(symbol)
    const trade = market.tape.print(this.now(), price, quantity, price < market.last)
    market.last = price
    market.lastAt = this.now()
    this.tellClosed(market, market.bars.price(this.now(), price, quantity))
    tradeAgainstResting(this, market, exact(price), exact(quantity))
    this.moved(market, trade)
  }

  /** Prices of a market may have changed: resting orders, triggers, liquidation, in this order. */
  moved(market: Market, trade: PublicTrade | null): void {
    meetResting(this, market)
    this.algos.onPrice(market)
    liquidateIfNeeded(this, market)
    for (const watcher of this.watchers) watcher.quoted(market, trade)
  }

  tellOrder(order: Order, execution: Execution): void {
    this.userStream.tell([orderEvent(this, order, execution)])
  }

  tellFill(order: Order, trade: AccountTrade): void {
    const execution = order.isForced ? 'CALCULATED' : 'TRADE'
    const lite = this.settings.sendsTradeLite && !order.isForced ? [tradeLite(this, order, trade)] : []
    const account = accountEvent(this, 'ORDER', [this.account.position(order.symbol)])
    const told = orderEvent(this, order, execution, trade)
    const pair = this.settings.accountFirst ? [account, told] : [told, account]
    this.userStream.tell([...lite, ...pair])
    if (!order.isForced) return
    const market = this.market(order.symbol)
    for (const watcher of this.watchers) watcher.forced(market, order, trade.price)
  }

  tellBalance(reason: string, positions: readonly Position[], change = '0'): void {
    this.userStream.tell([accountEvent(this, reason, positions, change)])
  }

  tellAlgo(algo: AlgoOrder): void {
    this.userStream.tell([algoEvent(this, algo)])
  }

  tellTriggerRejected(algo: AlgoOrder): void {
    this.userStream.tell([triggerRejected(this, algo)])
  }

  tellMarginCall(position: Position, maintenance: string): void {
    this.userStream.tell([marginCall(this, position, maintenance)])
  }

  tellLeverage(position: Position): void {
    this.userStream.tell([leverageEvent(this, position)])
  }

  private list(instrument: Instrument, index: number): void {
    const { settings } = this
    const terms = {
      intervalHours: instrument.fundingIntervalHours,
      rate: 0,
      nextAt: 0,
      cap: settings.fundingCap,
      isAdjusted: instrument.fundingIntervalHours !== 8,
    }
    this.markets.set(instrument.symbol, new Market(rulesOf(instrument, index, settings), terms, settings))
  }

  private async recallDay(): Promise<void> {
    for (const market of this.markets.values()) {
      const candles = await this.source.history(market.symbol, '15m', this.now(), QUARTERS_A_DAY)
      market.dayBefore = candles.map((candle) => ({ ...candle, trades: candle.volume > 0 ? 1 : 0 }))
    }
  }

  private onBar(candle: Candle): void {
    const market = this.markets.get(candle.symbol)
    if (market === undefined || candle.interval !== '1m' || this.isClosed) return
    if (this.isOut || market.isOut) {
      market.bars.closeUntil(candle.openAt + MINUTE_MS)
      return
    }
    const { factor } = market
    const price = (value: number): number => (factor === 1 ? value : market.onTick(value))
    const { openAt, volume, quoteVolume } = candle
    const prices = {
      open: price(candle.open),
      high: price(candle.high),
      low: price(candle.low),
      close: price(candle.close),
    }
    const trades = volume > 0 ? Math.max(1, market.bars.running?.trades ?? 1) : 0
    market.bars.correct({ openAt, ...prices, volume, quoteVolume: quoteVolume * factor, trades })
    for (const watcher of this.watchers) watcher.barClosed(market)
  }

  /** Minute by minute, where the source tells no candles of its own. */
  private closeMinutes(): void {
    const next = (Math.floor(this.now() / MINUTE_MS) + 1) * MINUTE_MS
    this.clock.at(next, () => {
      if (this.isClosed) return
      for (const market of this.markets.values()) this.tellClosed(market, market.bars.closeUntil(next))
      this.closeMinutes()
    })
  }

  private tellClosed(market: Market, closed: readonly unknown[]): void {
    if (closed.length === 0) return
    for (const watcher of this.watchers) watcher.barClosed(market)
  }
}
