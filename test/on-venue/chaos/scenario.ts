/**
 * One story on the venue, decided by its seed: a station whose trader and strategy cannot sit still, a market that reaches
 * their stops, everything that can go wrong, the end of the station at any instant and its next start. Then calm, and
 * the account of what must hold.
 */
import { createHash } from 'node:crypto'

import Database from 'better-sqlite3'

import { databaseFile } from '../../../src/adapters/sqlite/open-database.ts'
import { stableId } from '../../../src/core/model/ids.ts'
import type { StrategyDefinition } from '../../../src/core/strategy/strategy.ts'
import { seeded } from '../../fixtures/candles.ts'
import { NearLine } from '../near-line.ts'
import { scriptedStrategy, setup } from '../scripted-strategy.ts'
import { startStationOnVenue, StationOnVenue } from '../station-on-venue.ts'
import { badLuck, between, type Random } from './bad-luck.ts'
import { auditFaults } from './books-audit.ts'
import { NAKED_MOST_MS, type Naked, NakedWatch } from './naked-watch.ts'
import { RESTLESS_SYMBOLS, RestlessMarket } from './restless-market.ts'
import { RestlessTrader } from './restless-trader.ts'

export interface Outcome {
  readonly seed: number
  readonly kinds: readonly string[]
  readonly crashes: number
  readonly orders: number
  readonly fills: number
  readonly faults: number
  readonly struck: Readonly<Record<string, number>>
  readonly worstNakedMs: number
  readonly worst: Naked | null
  /** what must not be */
  readonly violations: readonly string[]
  /** of everything that happened: the same for the same seed */
  readonly digest: string
}

/** What a test of the test changes. */
export interface Twist {
  readonly station?: (world: StationOnVenue) => void
  readonly quietMs?: number
}

/** a little before bars of 5 min end, on which the strategy decides */
const START_AT = Date.UTC(2026, 0, 5, 0, 4, 30)
const STEP_MS = 250
const SIGMA = 0.0008
/** time for everything to settle: a reconciliation every minute, and one to confirm it */
const QUIET_MS = 240_000
const LOOK_MS = 5_000
const MOST_SOCKETS = 4

export async function scenario(seed: number, twist: Twist = {}): Promise<Outcome> {
  const random = seeded(seed * 7919 + 17)
  const wall = Math.random
  Math.random = seeded(seed + 1)
  try {
    return await new Story(seed, random, twist).told()
  } finally {
    Math.random = wall
  }
}

class Story {
  readonly #seed: number
  readonly #random: Random
  readonly #twist: Twist
  readonly #violations: string[] = []
  #crashes = 0
  #silentUntil = 0
  #isOver = false

  constructor(seed: number, random: Random, twist: Twist) {
    this.#seed = seed
    this.#random = random
    this.#twist = twist
  }

  async told(): Promise<Outcome> {
    const random = this.#random
    const lastsMs = Math.floor(between(random, 45_000, 150_000))
    const slowness = random() < 0.7 ? 30 : 300
    const lineRandom = seeded(this.#seed + 2)
    const world = await startStationOnVenue({
      seed: this.#seed,
      startAt: START_AT,
      symbols: RESTLESS_SYMBOLS,
      venue: {
        slimAck: random() < 0.7,
        accountFirst: random() < 0.5,
        refusedChildStatus: random() < 0.5 ? 'REJECTED' : 'EXPIRED',
        knocksOutReduceOnly: random() < 0.7,
      },
      settings: { 'policy.max_risk_per_trade': 0.005, 'policy.max_daily_trades': 10_000 },
      strategies: [restless(this.#seed)],
      line: (time) => new NearLine(time, () => 1 + Math.floor(lineRandom() ** 3 * slowness)),
    })
    try {
      return await this.#live(world, lastsMs)
    } finally {
      await world.end()
    }
  }

  async #live(world: StationOnVenue, lastsMs: number): Promise<Outcome> {
    const { exchange } = world.venue
    this.#heedLimits(world)
    const watch = new NakedWatch(exchange, () => world.isAlive && !exchange.isOut && world.now() >= this.#silentUntil)
    const market = new RestlessMarket(world.venue, seeded(this.#seed + 3))
    this.#twist.station?.(world)
    const luck = badLuck(this.#random, { lastsMs, symbols: market.symbols })
    for (const rule of luck.rules) world.venue.inject(rule)
    this.#moveMarket(world, market)
    await this.#trade(world, world.now() + lastsMs)
    this.#isOver = true
    await this.#calm(world, watch)
    if (watch.worstMs > NAKED_MOST_MS)
      this.#violations.push(`naked for ${String(watch.worstMs)} ms: ${JSON.stringify(watch.worst)}`)
    const errors = world.log.filter(({ level }) => level === 'error')
    this.#violations.push(...errors.map(({ event, fields }) => `logged ${event}: ${JSON.stringify(fields)}`))
    const struck: Record<string, number> = {}
    for (const { name } of exchange.faults.struck) struck[name] = (struck[name] ?? 0) + 1
    return {
      seed: this.#seed,
      kinds: luck.kinds,
      crashes: this.#crashes,
      orders: exchange.orders.all(null, exchange.now()).length,
      fills: exchange.account.trades.length,
      faults: exchange.faults.struck.length,
      struck,
      worstNakedMs: watch.worstMs,
      worst: watch.worst,
      violations: this.#violations,
      digest: digestOf(world),
    }
  }

  /** The trader acts, and now and then the station dies between two of its turns. */
  async #trade(world: StationOnVenue, until: number): Promise<void> {
    const random = this.#random
    let crashesLeft = Math.floor(random() ** 2 * 4)
    let trader = new RestlessTrader(world.station, random)
    const eagerness = between(random, 300, 2_500)
    while (world.now() < until) {
      await world.advance(Math.ceil(random() * 2 * eagerness))
      if (crashesLeft > 0 && random() < 0.03) {
        crashesLeft--
        await this.#dieAndComeBack(world)
        trader = new RestlessTrader(world.station, random)
      }
      trader.act()
    }
    trader.release()
  }

  async #dieAndComeBack(world: StationOnVenue): Promise<void> {
    const random = this.#random
    this.#crashes++
    // half of them in the middle of something just begun
    if (random() < 0.5) await world.advance(Math.floor(random() * 60))
    await world.crash()
    await world.advance(Math.floor(random() ** 2 * 20_000))
    await this.#boot(world)
  }

  /** Whoever keeps it running starts it again until it starts. */
  async #boot(world: StationOnVenue): Promise<void> {
    for (let tries = 0; !world.isAlive; tries++) {
      try {
        await world.boot()
      } catch (problem) {
        if (tries > 60) throw problem
        await world.advance(2_000)
      }
    }
  }

  /** Nothing goes wrong any more and prices stand: everything settles. */
  async #calm(world: StationOnVenue, watch: NakedWatch): Promise<void> {
    const { exchange } = world.venue
    exchange.faults.clear()
    exchange.faults.inject({ name: 'release-trigger' })
    let faults: readonly string[] = []
    const end = world.now() + (this.#twist.quietMs ?? QUIET_MS)
    do {
      await world.advance(LOOK_MS)
      faults = this.#faults(world, watch)
    } while (faults.length > 0 && world.now() < end)
    this.#violations.push(...faults)
  }

  #faults(world: StationOnVenue, watch: NakedWatch): readonly string[] {
    world.station.rooms.commits.all()
    const sql = new Database(databaseFile(world.folder), { readonly: true })
    try {
      const books = auditFaults(world.venue.exchange, sql)
      const naked = watch.now.map(({ symbol, ms }) => `${symbol} is naked, ${String(ms)} ms by now`)
      const sockets = (world.line as NearLine).openSockets
      return [
        ...books,
        ...naked,
        ...(sockets > MOST_SOCKETS ? [`${String(sockets)} sockets are open`] : []),
        ...(world.facade.status().reconciledAt === null ? ['it has not reconciled'] : []),
      ]
    } finally {
      sql.close()
    }
  }

  #moveMarket(world: StationOnVenue, market: RestlessMarket): void {
    world.time.at(world.now() + STEP_MS, () => {
      if (this.#isOver) return
      market.step(SIGMA, (symbol, price) => world.price(symbol, price))
      this.#moveMarket(world, market)
    })
  }

  /** While it says that it will not be asked, the venue does not answer. */
  #heedLimits({ venue }: StationOnVenue): void {
    const { limits, clock } = venue.exchange
    const tooMany = limits.tooMany.bind(limits)
    limits.tooMany = (seconds) => {
      this.#silentUntil = Math.max(this.#silentUntil, clock.now() + seconds * 1000)
      return tooMany(seconds)
    }
    const ban = limits.ban.bind(limits)
    limits.ban = (ms) => {
      this.#silentUntil = Math.max(this.#silentUntil, clock.now() + ms + 1000)
      ban(ms)
    }
  }
}

/** In and out at bars that its seed chooses, often with a trailing stop. */
function restless(seed: number): StrategyDefinition {
  return scriptedStrategy((symbol, openAt, close) => {
    const draw = seeded(Number.parseInt(stableId('restless', seed, symbol, openAt).slice(0, 6), 36))
    const side = draw() < 0.5 ? 'LONG' : 'SHORT'
    const what = draw()
    if (what < 0.15) return { kind: 'EXIT', side, features: {} }
    if (what < 0.45) return null
    const stop = 0.004 + draw() * 0.015
    const trail = draw() < 0.6 ? { trail: 0.001 + draw() * 0.004 } : {}
    const target = draw() < 0.5 ? { target: stop * (0.5 + draw()) } : {}
    return setup(side, close, { stop, ...trail, ...target })
  })
}

function digestOf({ venue, log }: StationOnVenue): string {
  const { account, userStream } = venue.exchange
  const told = JSON.stringify([userStream.told, account.wallet.toFixed(), log.map(({ at, event }) => [at, event])])
  return createHash('sha256').update(told).digest('hex').slice(0, 16)
}
