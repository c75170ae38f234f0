/** The made-up market told as a feed. It stands still while the station is off and goes on on the same path afterwards. */
import { intervalMs, type Interval } from '../../core/model/interval.ts'
import type { Candle, FeedEvent, Instrument, Ticker } from '../../core/model/market.ts'
import type { Cancel, Clock } from '../../core/ports/clock.ts'
import type { Feed, FeedDescription } from '../../core/ports/feed.ts'
import { archivedCandles } from './archived-candles.ts'
import { listings, type Listing } from './listing.ts'
import { hashed } from './random.ts'
import { scenarioLabel } from './scenario.ts'
import { checkSettings, MARKET_SIMULATOR_SETTINGS, type MarketSimulatorSettings } from './settings.ts'
import { WorldMemory, type WorldShelf } from './world-memory.ts'
import { HOUR_MS, MINUTE_MS, World } from './world.ts'

type Tell = (event: FeedEvent) => void

export interface SimulatedFeedOptions {
  /** stands at the world's beginning, or at `resumeAt` or later: what was missed is told at once */
  readonly clock: Clock
  readonly settings?: MarketSimulatorSettings
  /** where the world is kept between runs; without one every run begins a new world */
  readonly shelf?: WorldShelf | null
  /** feed time up to which the station remembers this world; null: begin a new one now */
  readonly resumeAt?: number | null
}

export class SimulatedFeed implements Feed {
  readonly description: FeedDescription
  private readonly clock: Clock
  private readonly settings: MarketSimulatorSettings
  private readonly memory: WorldMemory
  private readonly listed: readonly Listing[]
  private readonly startAt: number
  /** where the telling begins */
  private readonly from: number
  private readonly begunAnew: boolean
  private world: World | null = null
  private tell: Tell | null = null
  private cancel: Cancel | null = null

  constructor(options: SimulatedFeedOptions) {
    const settings = options.settings ?? MARKET_SIMULATOR_SETTINGS
    checkSettings(settings)
    this.clock = options.clock
    this.settings = settings
    this.listed = listings(settings)
    this.memory = new WorldMemory(options.shelf ?? null, settings)
    const resumeAt = options.resumeAt ?? null
    const kept = resumeAt === null ? null : this.memory.startAt()
    this.begunAnew = resumeAt !== null && (kept === null || kept > resumeAt)
    this.startAt = kept === null || this.begunAnew ? this.clock.now() : kept
    this.from = this.begunAnew ? this.startAt : (resumeAt ?? this.clock.now())
    if (kept === null || this.begunAnew) this.memory.begin(this.startAt)
    this.description = {
      environment: 'SIMULATED',
      label: `simulated market, ${settings.symbols} symbols, seed ${settings.seed}${scenarioLabel(settings)}`,
      interval: '1m',
      priceEveryMs: settings.tickSeconds > 0 ? settings.tickSeconds * 1000 : MINUTE_MS,
      hasBook: true,
    }
  }

  instruments(): Promise<readonly Instrument[]> {
    return Promise.resolve(this.listed.map(({ instrument }) => instrument))
  }

  /** From the 15m candles of the last `historyHours`; below 15m from minutes, drawn inside those where they are not kept. */
  history(symbol: string, interval: Interval, before: number, limit: number): Promise<readonly Candle[]> {
    const index = this.listed.findIndex((listing) => listing.symbol === symbol)
    const listing = this.listed[index]
    if (listing === undefined) return Promise.resolve([])
    const world = this.worldAt(this.world?.time ?? this.from)
    const archive = intervalMs(interval) % world.quarters.stepMs === 0 ? world.quarters : world.pastMinutes
    return Promise.resolve(archivedCandles(archive, { index, listing, interval }, before, limit))
  }

  start(tell: Tell, after: number | null): Promise<void> {
    if (this.tell !== null) return Promise.reject(new Error('the market is being told already'))
    this.tell = tell
    const from = after ?? this.clock.now()
    this.worldAt(from)
    if (this.begunAnew) {
      const message =
        'no simulated world of these settings is kept for this journal: a new one begins, with other prices'
      this.cancel = this.clock.at(from, () => {
        this.tell?.({ kind: 'fault', at: from, symbol: null, message })
        this.schedule()
      })
    } else this.schedule()
    return Promise.resolve()
  }

  stop(): Promise<void> {
    this.cancel?.()
    this.cancel = null
    this.tell = null
    return Promise.resolve()
  }

  /** The world as it stands at `time`: the one at hand moved on, or one recalled or made anew when that is beyond it. */
  private worldAt(time: number): World {
    let { world } = this
    if (world === null || world.time > time) {
      world = new World(this.listed, this.settings, this.startAt)
      this.memory.recall(world, time)
      this.world = world
    }
    world.advanceTo(time)
    return world
  }

  private schedule(): void {
    const world = this.world
    if (world === null || this.tell === null) return
    const next = this.settings.tickSeconds > 0 ? world.time + world.stepMs : this.nextMinute(world.time)
    this.cancel = this.clock.at(next, () => {
      this.play(world, next)
      this.schedule()
    })
  }

  private nextMinute(time: number): number {
    return (Math.floor(time / MINUTE_MS) + 1) * MINUTE_MS
  }

  private play(world: World, until: number): void {
    while (world.time < until) {
      if (!world.step()) continue
      this.tellCandles(world)
      if (world.time % HOUR_MS === 0) this.memory.keep(world)
      world.open()
      this.tellFunding(world)
    }
    this.tellTickers(world)
  }

  private tellCandles(world: World): void {
    const { bar } = world.path
    const openAt = world.time - MINUTE_MS
    for (const [index, { symbol, ticksPerUnit }] of this.listed.entries()) {
      const high = (bar.high[index] as number) / ticksPerUnit
      const low = (bar.low[index] as number) / ticksPerUnit
      const close = (bar.close[index] as number) / ticksPerUnit
      const volume = bar.volume[index] as number
      const open = (bar.open[index] as number) / ticksPerUnit
      const quoteVolume = (volume * (high + low + close)) / 3
      this.tell?.({
        kind: 'candle',
        candle: { symbol, interval: '1m', openAt, open, high, low, close, volume, quoteVolume },
      })
    }
  }

  private tellTickers(world: World): void {
    for (const [index, listing] of this.listed.entries()) {
      if (this.tell === null) return
      if (!world.path.isOut(index)) this.tell({ kind: 'ticker', ticker: this.ticker(world, index, listing) })
    }
  }

  private ticker(world: World, index: number, listing: Listing): Ticker {
    const { symbol, ticksPerUnit, stepsPerUnit } = listing
    const { path, time } = world
    const price = Math.exp(path.x[index] as number)
    const half = path.halfSpread[index] as number
    const bid = Math.max(1, Math.floor(price * (1 - half) * ticksPerUnit))
    const ask = Math.max(bid + 1, Math.ceil(price * (1 + half) * ticksPerUnit))
    const touch = ((listing.volume24h / 1440) * this.settings.touchShare * stepsPerUnit) / price
    const second = Math.floor(time / 1000)
    return {
      symbol,
      at: time,
      last: path.ticks(index) / ticksPerUnit,
      bid: bid / ticksPerUnit,
      ask: ask / ticksPerUnit,
      bidQuantity: Math.max(1, Math.round(touch * (0.2 + 1.6 * hashed(second, index, 1)))) / stepsPerUnit,
      askQuantity: Math.max(1, Math.round(touch * (0.2 + 1.6 * hashed(second, index, 2)))) / stepsPerUnit,
    }
  }

  private tellFunding(world: World): void {
    const { time } = world
    if (time % HOUR_MS !== 0) return
    for (const [index, { symbol, fundingIntervalHours, ticksPerUnit }] of this.listed.entries()) {
      if (time % (fundingIntervalHours * HOUR_MS) !== 0) continue
      const rate = this.fundingRate(index, time / HOUR_MS, fundingIntervalHours)
      const mark = world.path.ticks(index) / ticksPerUnit
      this.tell?.({ kind: 'funding', funding: { symbol, at: time, rate, intervalHours: fundingIntervalHours, mark } })
    }
  }

  /** The sum of twelve uniform numbers less six is near enough to a normal one; 8 decimals, as the exchange tells them. */
  private fundingRate(index: number, hour: number, intervalHours: number): number {
    const { fundingMean, fundingDeviation, fundingCap, seed } = this.settings
    let normal = -6
    for (let draw = 0; draw < 12; draw++) normal += hashed(hour, index, seed + 31 * draw)
    const rate = ((fundingMean + fundingDeviation * normal) * intervalHours) / 8
    return Math.round(Math.min(fundingCap, Math.max(-fundingCap, rate)) * 1e8) / 1e8
  }
}
