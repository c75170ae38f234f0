/** A whole station that trades on the made-up market as fast as it can, with a restless person at its desk, until it is killed. */
import Database from 'better-sqlite3'

import { databaseFile } from '../../../src/adapters/sqlite/open-database.ts'
import type { LogFields } from '../../../src/core/ports/log.ts'
import { SECTIONS } from '../../../src/station/compose-sections.ts'
import { startStation, type RunningStation } from '../../../src/station/compose.ts'
import { readConfiguration } from '../../../src/station/config/read-configuration.ts'
import { seeded } from '../../fixtures/candles.ts'
import { auditFaults } from '../audit.ts'
import { chatty } from '../chatty-strategy.ts'
import { dieAt } from '../death.ts'
import { Person } from '../person.ts'
import { tell, type LifeOrders } from '../told.ts'

/** Real time of every life: a folder's first begins shortly before a quarter. */
const NOW = Date.UTC(2025, 4, 1, 12)
const SYMBOLS = 10
/** Station time after reconciliation at which the books are looked at; by then every position has its stop. */
const AUDIT_AFTER_MS = 5_000
/** Off the market's beat, so that nothing is under way between station and exchange. */
const OFF_BEAT_MS = 700
const AUDIT_TRIES = 4

async function open({ folder, seed, tickSeconds }: LifeOrders): Promise<RunningStation> {
  const environment = {
    SIGNALBOX_STATION_SEED: String(seed),
    SIGNALBOX_SIMULATOR_SYMBOLS: String(SYMBOLS),
    SIGNALBOX_SIMULATOR_TICK_SECONDS: String(tickSeconds),
    SIGNALBOX_MARKET_SPEED: 'max',
    SIGNALBOX_POLICY_MAX_RISK_PER_TRADE: '0.0005',
    SIGNALBOX_POLICY_MAX_DAILY_TRADES: '10000',
  }
  const configuration = readConfiguration(SECTIONS, { flags: { data: folder }, environment, defaultFolder: folder })
  const quiet = (): void => undefined
  const error = (event: string, fields?: LogFields): void => tell({ kind: 'fault', event, fields })
  const log = { debug: quiet, info: quiet, warn: quiet, error }
  return startStation({ configuration, log, version: 'chaos', now: () => NOW, strategies: [chatty] })
}

/** Compares books and exchange once, soon after the reconciliation of the start. */
function audit({ rooms }: RunningStation, folder: string, done: () => void): void {
  const { clock, executor, commits } = rooms
  const look = (triesLeft: number): void => {
    commits.now()
    const sql = new Database(databaseFile(folder), { readonly: true })
    const faults = auditFaults(sql)
    sql.close()
    if (faults.length > 0 && triesLeft > 0) {
      clock.at(clock.now() + OFF_BEAT_MS, () => look(triesLeft - 1))
      return
    }
    tell({ kind: 'audit', faults })
    done()
  }
  const wait = (): void => {
    const { doneAt } = executor.reconciler
    if (doneAt === null) clock.at(clock.now() + OFF_BEAT_MS, wait)
    else clock.at(Math.ceil((doneAt + AUDIT_AFTER_MS) / 1_000) * 1_000 + OFF_BEAT_MS, () => look(AUDIT_TRIES))
  }
  wait()
}

const orders = JSON.parse(process.argv[2] ?? '{}') as LifeOrders
tell({ kind: 'opening' })
if (orders.death !== null) dieAt(orders.death)
const station = await open(orders)
tell({ kind: 'up' })
station.ended.catch((problem: unknown) => tell({ kind: 'fault', event: 'ended', fields: String(problem) }))

let isOver = false
audit(station, orders.folder, () => {
  isOver = orders.stops
})
const person = new Person(station, seeded(orders.seed * 1_000 + orders.life))
const turn = (): void => {
  if (isOver) {
    void station.stop().then(() => tell({ kind: 'stopped' }))
    return
  }
  if (!orders.stops) person.act()
  setImmediate(turn)
}
turn()
