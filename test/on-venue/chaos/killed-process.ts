/** A folder whose station process is killed at random instants and started again, on a venue that lives in this process. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import Database from 'better-sqlite3'

import { databaseFile } from '../../../src/adapters/sqlite/open-database.ts'
import { RealClock } from '../../../src/adapters/system/real-clock.ts'
import { seeded } from '../../fixtures/candles.ts'
import type { FaultRule } from '../../venue/faults/fault-names.ts'
import { type RunningVenue, startVenue } from '../../venue/start-venue.ts'
import { auditFaults } from './books-audit.ts'
import { liveOnVenue } from './life-on-venue.ts'
import { NAKED_MOST_MS, NakedWatch } from './naked-watch.ts'
import { RESTLESS_SYMBOLS, RestlessMarket } from './restless-market.ts'

export interface KillOutcome {
  readonly kills: number
  readonly orders: number
  readonly fills: number
  readonly faults: number
  readonly worstNakedMs: number
  /** what must not be */
  readonly violations: readonly string[]
}

const STEP_MS = 40
const SIGMA = 0.0006
const ACT_MS = 60
/** longest life, ms after it may trade */
const LIFE_MS = 2_500
const QUIET_MS = 60_000
const LOOK_MS = 300

const FAULTS: readonly FaultRule[] = [
  { name: 'partial-take', probability: 0.1 },
  { name: 'duplicate-event', probability: 0.05 },
  { name: 'swap-events', probability: 0.05 },
  { name: 'lose-event', on: 'ORDER_TRADE_UPDATE', probability: 0.02 },
  { name: 'response-lost', on: 'POST /fapi/v1/order', probability: 0.04 },
  { name: 'response-lost', on: 'POST /fapi/v1/algoOrder', probability: 0.04, fields: { mode: '1007' } },
  { name: 'not-executed', on: 'POST /fapi/v1', probability: 0.02 },
  { name: 'slow', on: '/fapi/v1', probability: 0.1, fields: { ms: 5, upToMs: 120 } },
]

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export interface Attacking {
  readonly kills: number
  /** ms of the wall after which it is left at the kills so far; absent: there is time */
  readonly withinMs?: number
  /** a machine that is busy with other things needs longer than the station does */
  readonly nakedMostMs?: number
}

export async function killAgainAndAgain(seed: number, attacking: Attacking): Promise<KillOutcome> {
  const root = mkdtempSync(join(tmpdir(), 'signalbox-killed-'))
  const clock = new RealClock()
  const settings = { defaultMarginType: 'ISOLATED', weightPerMinute: 1_000_000 } as const
  const venue = await startVenue({ clock, seed, symbols: RESTLESS_SYMBOLS, settings, faults: FAULTS })
  const random = seeded(seed)
  const market = new RestlessMarket(venue, seeded(seed + 1))
  const moving = setInterval(() => market.step(SIGMA), STEP_MS)
  try {
    const scene = { seed, folder: join(root, 'data'), cache: join(root, 'compiled'), venue, random }
    return await new Attack(scene).run(attacking, () => clearInterval(moving))
  } finally {
    clearInterval(moving)
    await venue.close()
    clock.close()
    rmSync(root, { recursive: true, force: true })
  }
}

interface Scene {
  readonly seed: number
  readonly folder: string
  readonly cache: string
  readonly venue: RunningVenue
  readonly random: () => number
}

class Attack {
  readonly #scene: Scene
  readonly #watch: NakedWatch
  readonly #violations: string[] = []
  #isAlive = false

  constructor(scene: Scene) {
    this.#scene = scene
    this.#watch = new NakedWatch(scene.venue.exchange, () => this.#isAlive)
  }

  async run(
    { kills: most, withinMs = Infinity, nakedMostMs = NAKED_MOST_MS }: Attacking,
    calm: () => void,
  ): Promise<KillOutcome> {
    const end = performance.now() + withinMs
    let kills = 0
    do await this.#killed(++kills)
    while (kills < most && performance.now() < end)
    const { exchange } = this.#scene.venue
    exchange.faults.clear()
    calm()
    await this.#settled()
    if (this.#watch.worstMs > nakedMostMs)
      this.#violations.push(`naked for ${String(this.#watch.worstMs)} ms: ${JSON.stringify(this.#watch.worst)}`)
    return {
      kills,
      orders: exchange.orders.all(null, exchange.now()).length,
      fills: exchange.account.trades.length,
      faults: exchange.faults.struck.length,
      worstNakedMs: this.#watch.worstMs,
      violations: this.#violations,
    }
  }

  /** One in five dies while it starts, which is recovery. */
  async #killed(life: number): Promise<void> {
    const { random } = this.#scene
    const running = this.#live(life, true)
    const [early, delay] = [random() < 0.2, random()]
    void running.up.then(
      () => this.#lives(true),
      () => undefined,
    )
    if (early) await pause(300 + delay * 900)
    else {
      await running.trading
      await pause(delay * LIFE_MS)
    }
    const gone = running.end('SIGKILL')
    this.#lives(false)
    await gone
    this.#violations.push(...running.complaints)
  }

  /** A last life without a trader, until the books agree. */
  async #settled(): Promise<void> {
    const running = this.#live(0, false)
    await running.up
    this.#lives(true)
    let faults: readonly string[] = ['never looked']
    for (const end = Date.now() + QUIET_MS; faults.length > 0 && Date.now() < end;) {
      await pause(LOOK_MS)
      faults = this.#audit()
    }
    this.#lives(false)
    await running.end('SIGTERM')
    this.#violations.push(...faults, ...running.complaints)
  }

  #audit(): readonly string[] {
    const sql = new Database(databaseFile(this.#scene.folder), { readonly: true })
    try {
      return auditFaults(this.#scene.venue.exchange, sql)
    } finally {
      sql.close()
    }
  }

  #live(life: number, trades: boolean) {
    const { folder, cache, seed, venue } = this.#scene
    return liveOnVenue({ folder, http: venue.http, ws: venue.ws, seed, life, trades, everyMs: ACT_MS }, cache)
  }

  #lives(isAlive: boolean): void {
    this.#watch.look()
    this.#isAlive = isAlive
    this.#watch.look()
  }
}
