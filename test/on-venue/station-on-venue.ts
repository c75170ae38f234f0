/**
 * The whole station, composed for real, on the venue simulator through the unmodified client, in one made-up time.
 *
 *   const world = await startStationOnVenue({ symbols: contracts(5) })
 *   await world.open('AAAUSDT', { side: 'SHORT', stop: 0.02 })
 *   await world.advance(60_000)
 *   expect(world.books().station).toEqual(world.books().venue)
 *   await world.end()
 */
import { deepStrictEqual } from 'node:assert/strict'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { MarketSimulatorSettings } from '../../src/adapters/market-simulator/settings.ts'
import { databaseFile } from '../../src/adapters/sqlite/open-database.ts'
import type { Side } from '../../src/core/model/signal.ts'
import type { Vault } from '../../src/core/ports/vault.ts'
import type { StrategyDefinition } from '../../src/core/strategy/strategy.ts'
// loaded with the test, so that the station's own loading of it takes no turn of the loop
import '../../src/station/compose-exchange.ts'
import { SECTIONS } from '../../src/station/compose-sections.ts'
import { startStation, type RunningStation } from '../../src/station/compose.ts'
import type { Flags } from '../../src/station/config/from-flags.ts'
import { readConfiguration } from '../../src/station/config/read-configuration.ts'
import type { LivePosition, ManualOrder, ManualResult } from '../../src/station/station-values.ts'
import { moveTo } from '../venue/control-path.ts'
import type { FaultRule } from '../venue/faults/fault-names.ts'
import type { ManualSymbol } from '../venue/market/manual-source.ts'
import type { MarketSource } from '../venue/market/market-source.ts'
import type { VenueSettings } from '../venue/settings.ts'
import { type RunningVenue, startVenue, VENUE_KEY, VENUE_SECRET } from '../venue/start-venue.ts'
import { stationBooks, venueBooks, type Books } from './compared-books.ts'
import type { Line } from './line.ts'
import { Loopback, turn } from './loopback.ts'
import { ComputerClock, MadeUpTime } from './made-up-time.ts'

export interface OnVenueOptions {
  readonly seed?: number
  /** epoch ms at which everything begins */
  readonly startAt?: number
  /** prices that stand where `price` puts them, told so often (default: every second) */
  readonly symbols?: readonly ManualSymbol[]
  readonly quoteEveryMs?: number
  /** else prices of the market simulator … */
  readonly simulator?: Partial<MarketSimulatorSettings>
  /** … or of this */
  readonly source?: MarketSource
  /** ms by which the clock of the station's computer is ahead */
  readonly skewMs?: number
  /** of the station, over those of these tests: `{ 'msc.enabled': true }` */
  readonly settings?: Flags
  readonly venue?: Partial<VenueSettings>
  readonly faults?: readonly FaultRule[]
  /** none where absent */
  readonly strategies?: readonly StrategyDefinition[]
  /** data folder; one of its own, gone at the end, where absent */
  readonly folder?: string
  /** between station and venue; sockets of this machine where absent */
  readonly line?: (time: MadeUpTime) => Line
}

interface LogLine {
  readonly at: number
  readonly level: 'warn' | 'error'
  readonly event: string
  readonly fields: object
}

/** One station from its start to its end. */
interface Life {
  readonly station: RunningStation
  readonly clock: ComputerClock
}

export const START_AT = Date.UTC(2026, 0, 5, 0, 1)
const SECOND_MS = 1000
/** base asset traded with every price, so that bars are not empty */
const VOLUME = 1000
const PLENTY = 1_000_000

const DEFAULTS: Flags = {
  'market.source': 'binance',
  'exchange.account': 'simulated',
  'msc.enabled': false,
  'ranker.enabled': false,
}

const KEYS: Vault = {
  read: () => Promise.resolve({ apiKey: VENUE_KEY, secret: VENUE_SECRET }),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(false),
  list: () => Promise.resolve([]),
}

export async function startStationOnVenue(options: OnVenueOptions = {}): Promise<StationOnVenue> {
  const time = new MadeUpTime(options.startAt ?? START_AT)
  const line = options.line?.(time) ?? new Loopback(time, HANG_MS)
  const venue = await startVenue({
    clock: time,
    seed: options.seed ?? 1,
    settings: { defaultMarginType: 'ISOLATED', ...options.venue },
    answering: line.answering,
    ...(options.symbols === undefined ? {} : { symbols: options.symbols }),
    ...(options.source === undefined ? {} : { source: options.source }),
    ...(options.simulator === undefined ? {} : { simulator: options.simulator }),
    ...(options.faults === undefined ? {} : { faults: options.faults }),
  })
  line.watch(venue)
  const world = new StationOnVenue(options, { time, line, venue })
  await world.start()
  return world
}

/** a request without an answer is given up by the client after so long (binance.request_timeout_ms) */
const HANG_MS = 5000

export class StationOnVenue {
  readonly venue: RunningVenue
  readonly time: MadeUpTime
  readonly line: Line
  /** what the stations of this world logged as warning or error */
  readonly log: LogLine[] = []
  folder: string
  readonly #options: OnVenueOptions
  readonly #prices = new Map<string, number>()
  readonly #ownFolders: string[] = []
  readonly #gone: RunningStation[] = []
  #life: Life | null = null

  constructor(options: OnVenueOptions, parts: { time: MadeUpTime; line: Line; venue: RunningVenue }) {
    this.#options = options
    this.time = parts.time
    this.line = parts.line
    this.venue = parts.venue
    this.folder = options.folder ?? this.#newFolder()
    for (const { instrument, price } of options.symbols ?? []) this.#prices.set(instrument.symbol, price)
    if (this.#prices.size > 0) this.#quote()
  }

  get station(): RunningStation {
    return this.#alive.station
  }

  get facade(): RunningStation['facade'] {
    return this.station.facade
  }

  get clock(): ComputerClock {
    return this.#alive.clock
  }

  now(): number {
    return this.time.now()
  }

  /** Lets time go by: from one wake to the next, each when everything on the line has arrived. */
  async advance(ms: number): Promise<void> {
    await this.#goOn(this.time.now() + ms, () => false)
  }

  /** @throws when it does not become so within `ms` */
  async until(condition: () => boolean, ms = 60_000, what = condition.toString()): Promise<void> {
    if (!(await this.#goOn(this.time.now() + ms, condition))) throw new Error(`not within ${ms} ms: ${what}`)
  }

  /** Nothing is under way any more; no time goes by. */
  async settle(): Promise<void> {
    await this.line.quiet()
  }

  /** Moves a price that stands, with plenty on both sides. */
  price(symbol: string, price: number): void {
    this.#prices.set(symbol, price)
    moveTo(this.venue.exchange, symbol, price, PLENTY, VOLUME)
  }

  /** By hand, at the market; the station's answer. */
  enter(
    symbol: string,
    wish: Partial<ManualOrder> & { readonly side?: Side; readonly stop?: number } = {},
  ): ManualResult {
    const { stop = 0.03, side = 'LONG', ...more } = wish
    const last = this.venue.exchange.market(symbol).last
    const sign = side === 'LONG' ? 1 : -1
    const order: ManualOrder = {
      symbol,
      side,
      quantity: null,
      notionalUsd: more.quantity === undefined || more.quantity === null ? 500 : null,
      limitPrice: null,
      stopPrice: Number((last * (1 - sign * stop)).toFixed(4)),
      takeProfitPrice: null,
      leverage: null,
      ...more,
    }
    return this.facade.placeManual(order, 'user', false)
  }

  /** By hand, and until it is held with its stop. @throws when the station refuses */
  async open(symbol: string, wish: Parameters<StationOnVenue['enter']>[1] = {}): Promise<LivePosition> {
    const answer = this.enter(symbol, wish)
    if (answer.outcome !== 'approved') throw new Error(`${symbol}: ${JSON.stringify(answer)}`)
    await this.until(() => this.held(symbol)?.isProtected === true, 10_000, `${symbol} is held and protected`)
    return this.held(symbol) as LivePosition
  }

  held(symbol: string): LivePosition | undefined {
    return this.facade.positions().find((position) => position.symbol === symbol)
  }

  /** base asset at the venue, signed */
  heldAtVenue(symbol: string): number {
    return this.venue.exchange.account.position(symbol).amount.toNumber()
  }

  books(): { readonly station: Books; readonly venue: Books } {
    return { station: stationBooks(this.station), venue: venueBooks(this.venue.exchange) }
  }

  /** Entries are allowed, as far as no kill switch is engaged: connected, reconciled, prices there. */
  isReady(): boolean {
    const { entriesOff: off, reconciledAt } = this.facade.status()
    const entriesOff = reconciledAt !== null && off?.startsWith('emergency') === true ? null : off
    const priced = new Set(this.facade.quotes().flatMap(({ ticker, mark }) => (mark === null ? [] : [ticker.symbol])))
    return entriesOff === null && this.facade.instruments().every(({ symbol }) => priced.has(symbol))
  }

  get isAlive(): boolean {
    return this.#life !== null
  }

  async start(settings: Flags = {}): Promise<void> {
    await this.boot(settings)
    await this.until(() => this.isReady(), 30_000, 'the station is connected and reconciled')
  }

  /** Starts the station, whether or not it can do anything yet. @throws when it refuses to start: nothing runs then */
  async boot(settings: Flags = {}): Promise<void> {
    const clock = new ComputerClock(this.time, (problem) =>
      this.#note('error', 'wake_failed', { problem: String(problem) }),
    )
    clock.skewMs = this.#options.skewMs ?? 0
    try {
      const station = await this.#through(startStation(this.#composed(clock, settings)))
      this.#life = { station, clock }
    } catch (problem) {
      clock.die()
      this.line.cutOff()
      throw problem
    }
  }

  /** Stops the station in order; the venue goes on. */
  async stop(): Promise<void> {
    const { station, clock } = this.#alive
    await this.#through(station.stop())
    clock.die()
    this.#life = null
    await this.line.quiet()
  }

  async restart(settings: Flags = {}): Promise<void> {
    await this.stop()
    await this.start(settings)
  }

  /** The station is gone between two of its turns, and with it what it was told from now on; the disk stays as it is. */
  async crash(): Promise<void> {
    const { station, clock } = this.#alive
    const left = this.#newFolder()
    const file = databaseFile(this.folder)
    // the log of writes after what it is written into: a checkpoint between both takes nothing away
    for (const part of ['', '-wal']) if (existsSync(file + part)) copyFileSync(file + part, databaseFile(left) + part)
    clock.die()
    this.line.cutOff()
    this.#life = null
    this.#gone.push(station)
    this.folder = left
    await this.line.quiet()
  }

  /** The computer sleeps for so long: its timers stand still, its connections die, nobody tells it. */
  async sleep(ms: number): Promise<void> {
    const { clock } = this.#alive
    await this.line.quiet()
    clock.sleep()
    this.line.freeze()
    await this.advance(ms)
    clock.wakeUp()
    this.line.thaw()
    await this.line.quiet()
  }

  /** @throws when journal and venue differ, or a station logged an error */
  async endInAgreement(): Promise<void> {
    const { station, venue } = this.books()
    await this.end()
    deepStrictEqual(station, venue)
    const errors = this.log.filter(({ level }) => level === 'error')
    deepStrictEqual(errors, [])
  }

  async end(): Promise<void> {
    if (this.#life !== null) await this.stop()
    for (const station of this.#gone) await station.stop()
    await this.venue.close()
    this.line.leave()
    for (const folder of this.#ownFolders) rmSync(folder, { recursive: true, force: true })
  }

  get #alive(): Life {
    if (this.#life === null) throw new Error('no station is running')
    return this.#life
  }

  /** True: the condition came to hold. */
  async #goOn(until: number, condition: () => boolean): Promise<boolean> {
    for (;;) {
      await turn()
      if (this.line.isBusy) await this.line.quiet()
      if (condition()) return true
      const next = this.time.nextAt
      if (next > until) break
      if (this.time.isHeldBefore(next)) continue
      this.time.wakeNext()
    }
    this.time.passTo(until)
    return false
  }

  /** Waits for what the event loop does; the clock goes on only when that is what is waited for. */
  async #through<Result>(work: Promise<Result>): Promise<Result> {
    const going = { isDone: false }
    void work
      .catch(() => undefined)
      .finally(() => {
        going.isDone = true
      })
    let turns = 0
    let since = performance.now()
    while (!going.isDone) {
      await turn()
      turns++
      if (this.line.isBusy) {
        turns = 0
        since = performance.now()
      }
      const { patience } = this.line
      if (turns < patience.turns || performance.now() - since < patience.ms) continue
      if (this.time.nextAt === Infinity) throw new Error('waiting for a clock that has nothing to do')
      this.time.wakeNext()
    }
    return work
  }

  #composed(clock: ComputerClock, settings: Flags): Parameters<typeof startStation>[0] {
    const { http, ws } = this.venue
    const flags: Flags = {
      ...DEFAULTS,
      'exchange.rest': http,
      'exchange.stream': ws,
      'exchange.permissions': http,
      'station.seed': this.#options.seed ?? 1,
      data: this.folder,
      ...this.#options.settings,
      ...settings,
    }
    const ignore = (): void => undefined
    return {
      configuration: readConfiguration(SECTIONS, { flags, environment: {}, defaultFolder: this.folder }),
      log: {
        debug: ignore,
        info: ignore,
        warn: (event, fields = {}) => this.#note('warn', event, fields),
        error: (event, fields = {}) => this.#note('error', event, fields),
      },
      version: 'test',
      now: () => clock.now(),
      vault: KEYS,
      strategies: this.#options.strategies ?? [],
      time: { clock, pace: null, run: () => Promise.resolve(), stop: ignore, rest: ignore },
    }
  }

  #note(level: LogLine['level'], event: string, fields: object): void {
    this.log.push({ at: this.time.now(), level, event, fields })
  }

  /** Prices that stand are told again and again, as those of a market that trades. */
  #quote(): void {
    const every = this.#options.quoteEveryMs ?? SECOND_MS
    this.time.at((Math.floor(this.time.now() / every) + 1) * every, () => {
      for (const [symbol, price] of this.#prices) moveTo(this.venue.exchange, symbol, price, PLENTY, VOLUME)
      this.#quote()
    })
  }

  #newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-on-venue-'))
    mkdirSync(folder, { recursive: true })
    this.#ownFolders.push(folder)
    return folder
  }
}
