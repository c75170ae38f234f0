/** A whole station that trades on the made-up market as fast as it can, and a look at its books at a quiet moment. */
import Database from 'better-sqlite3'

import { databaseFile } from '../../src/adapters/sqlite/open-database.ts'
import type { LogFields } from '../../src/core/ports/log.ts'
import { SECTIONS } from '../../src/station/compose-sections.ts'
import { startStation, type RunningStation } from '../../src/station/compose.ts'
import { readConfiguration } from '../../src/station/config/read-configuration.ts'
import { auditFaults } from './audit.ts'
import { chatty } from './chatty-strategy.ts'
import type { LifeOrders } from './told.ts'

/** Real time of every life: a folder's first begins shortly before a quarter. */
const NOW = Date.UTC(2025, 4, 1, 12)
const SYMBOLS = 10
/** Station time after reconciliation at which the books are looked at; by then every position has its stop. */
const AUDIT_AFTER_MS = 5_000
/** Off the market's beat, so that nothing is under way between station and exchange. */
const OFF_BEAT_MS = 700
const AUDIT_TRIES = 4

type Place = Pick<LifeOrders, 'folder' | 'seed' | 'tickSeconds'>

/** `complain` is told every error that the station logs. */
export async function chattyStation(
  { folder, seed, tickSeconds }: Place,
  complain: (event: string, fields?: LogFields) => void,
): Promise<RunningStation> {
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
  const log = { debug: quiet, info: quiet, warn: quiet, error: complain }
  return startStation({ configuration, log, version: 'chaos', now: () => NOW, strategies: [chatty] })
}

/** Compares books and exchange once, soon after the last reconciliation; `done` is told what differs. */
export function audit({ rooms }: RunningStation, folder: string, done: (faults: readonly string[]) => void): void {
  const { clock, executor, commits } = rooms
  const look = (triesLeft: number): void => {
    commits.now()
    const sql = new Database(databaseFile(folder), { readonly: true })
    const faults = auditFaults(sql)
    sql.close()
    if (faults.length === 0 || triesLeft === 0) done(faults)
    else clock.at(clock.now() + OFF_BEAT_MS, () => look(triesLeft - 1))
  }
  const wait = (): void => {
    const { doneAt } = executor.reconciler
    if (doneAt === null) clock.at(clock.now() + OFF_BEAT_MS, wait)
    else clock.at(Math.ceil((doneAt + AUDIT_AFTER_MS) / 1_000) * 1_000 + OFF_BEAT_MS, () => look(AUDIT_TRIES))
  }
  wait()
}
