/** The journal: rows written and committed per second, the longest it holds the loop, and reading a page back. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { openDatabase } from '../../src/adapters/sqlite/open-database.ts'
import { storeOf, type SqliteStore } from '../../src/adapters/sqlite/store.ts'
import { exact } from '../../src/core/model/decimal.ts'
import {
  stableId,
  type ClientOrderId,
  type FillId,
  type IntentId,
  type SignalId,
  type TraceId,
} from '../../src/core/model/ids.ts'
import type { Journal } from '../../src/core/ports/journal.ts'
import { account, candle, decision, event, fill, ledgerEntry, order } from '../adapters/sqlite/rows.ts'
import { type BenchRow, median, printRows } from './bench-row.ts'

const ROWS = 200_000
/** rows per second at which the hold of the loop is looked at, and how many */
const PACE = 25_000
const PACED_ROWS = 75_000
/** fresh databases; the middle of their longest holds counts, as one alone may have met another process */
const ROUNDS = 3
/** what one bar of a busy market writes before it is flushed */
const ROWS_PER_FLUSH = 200
const SYMBOLS = Array.from({ length: 200 }, (_symbol, index) => `S${index}USDT`)
const PAGE = 100

const milliseconds = (): number => Number(process.hrtime.bigint()) / 1e6

/** One signal's way to a fill: ten rows of eight tables, as the station writes them. */
function writeStory(journal: Journal, story: number, at: number): void {
  const symbol = SYMBOLS[story % SYMBOLS.length] ?? ''
  const traceId = stableId('trace', story) as TraceId
  const intentId = stableId('intent', story) as IntentId
  const clientOrderId = `sb-${stableId('order', story)}` as ClientOrderId
  const own = { symbol, traceId, intentId }
  const price = exact(60_000 + (story % 1_000) / 10)
  journal.write('candles', candle({ symbol, openAt: at }))
  journal.write('signals', {
    ...own,
    id: stableId('signal', story) as SignalId,
    kind: 'ENTRY',
    strategyId: 'trend_following',
    side: 'LONG',
    confidence: 0.7,
    price: 60_000,
    stopPrice: 59_000,
    takeProfitPrice: 62_000,
    trailing: null,
    ttlMs: 60_000,
    features: { emaFast: 60_100.25, emaSlow: 59_900.125, adx: 31.5 },
    modelVersion: null,
    interval: '15m',
    bar: at,
    createdAt: at,
  })
  const code = story % 500 === 0 ? 'heat' : 'confidence_below_required'
  journal.write(
    'decisions',
    decision({ ...own, id: stableId('decision', story), at, code, strategyId: `s${story % 4}` }),
  )
  journal.write('orders', order({ ...own, clientOrderId, state: 'SUBMITTED', price, createdAt: at, updatedAt: at }))
  journal.write('orders', order({ ...own, clientOrderId, state: 'FILLED', price, createdAt: at, updatedAt: at + 50 }))
  journal.write('fills', fill({ ...own, id: stableId('fill', story) as FillId, clientOrderId, price, at }))
  journal.write(
    'ledger',
    ledgerEntry({ symbol, traceId, id: stableId('fee', story), kind: 'FEE', amount: exact('-6.00001'), at }),
  )
  journal.write('equity', account({ at: at + story, balance: exact('9993.99999'), nav: 0.9994 }))
  journal.write(
    'events',
    event({ seq: 2 * story + 1, at, traceId, data: { symbol, state: 'SUBMITTED', clientOrderId } }),
  )
  journal.write('events', event({ seq: 2 * story + 2, at, traceId, data: { symbol, state: 'FILLED', clientOrderId } }))
}
const ROWS_PER_STORY = 10

const STORIES_PER_FLUSH = ROWS_PER_FLUSH / ROWS_PER_STORY

/** Writes and flushes one batch: the time the loop is held, ms. */
function hold(journal: Journal, flush: number): number {
  const started = milliseconds()
  const at = flush * 60_000
  for (let story = 0; story < STORIES_PER_FLUSH; story++) writeStory(journal, flush * STORIES_PER_FLUSH + story, at)
  journal.flush(at)
  return milliseconds() - started
}

/** Rows per second when nothing else is done. */
function writeAll({ journal }: SqliteStore): number {
  let spent = 0
  for (let flush = 0; flush < ROWS / ROWS_PER_FLUSH; flush++) spent += hold(journal, flush)
  return (ROWS / spent) * 1_000
}

/** The longest hold while rows come at a steady pace and the loop is free in between, as a station's is. */
async function writePaced({ journal }: SqliteStore): Promise<number> {
  let longest = 0
  const started = milliseconds()
  for (let flush = 0; flush < PACED_ROWS / ROWS_PER_FLUSH; flush++) {
    const due = started + (flush * ROWS_PER_FLUSH * 1_000) / PACE
    await setTimeout(Math.max(0, due - milliseconds()))
    longest = Math.max(longest, hold(journal, flush))
  }
  return longest
}

function pageMs(read: () => void): number {
  const times = Array.from({ length: 15 }, () => {
    const started = milliseconds()
    read()
    return milliseconds() - started
  })
  return median(times)
}

const atMost = (name: string, measured: number, limit: number): BenchRow => ({
  name,
  measured,
  unit: 'ms',
  against: limit,
  ratio: measured / limit,
  limit: `≤ ${limit} ms`,
  ok: measured <= limit,
})

const openBench = (folder: string, name: string): SqliteStore =>
  storeOf(openDatabase(join(folder, name), { backgroundCheckpoints: true }))

async function inRounds(
  folder: string,
  name: string,
  measure: (store: SqliteStore) => number | Promise<number>,
): Promise<number> {
  const measured: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const store = openBench(folder, `${name}-${round}`)
    measured.push(await measure(store))
    store.database.close()
  }
  return median(measured)
}

async function writingRows(folder: string): Promise<BenchRow[]> {
  const rowsPerSecond = await inRounds(folder, 'full', writeAll)
  const speed: BenchRow = {
    name: `journal, ${ROWS_PER_FLUSH} rows per flush`,
    measured: rowsPerSecond,
    unit: 'rows/s',
    against: 20_000,
    ratio: rowsPerSecond / 20_000,
    limit: '≥ 20 000 rows/s',
    ok: rowsPerSecond >= 20_000,
  }
  const longest = await inRounds(folder, 'paced', writePaced)
  return [speed, atMost(`journal, longest hold at ${PACE} rows/s`, longest, 10)]
}

function readingRows(folder: string): BenchRow[] {
  const { records, journal, database } = openBench(folder, 'full-0')
  const oldest = 60_000 * (ROWS / ROWS_PER_FLUSH) * 0.1
  const rows = [
    atMost(
      'records, newest page of decisions',
      pageMs(() => void records.decisions({ limit: PAGE })),
      10,
    ),
    atMost(
      'records, page of old decisions',
      pageMs(() => void records.decisions({ limit: PAGE, to: oldest })),
      10,
    ),
    atMost(
      'records, page by a rare code',
      pageMs(() => void records.decisions({ limit: PAGE, code: 'heat' })),
      10,
    ),
    atMost(
      'records, equity in 500 points',
      pageMs(() => void records.equity({ points: 500 })),
      10,
    ),
    atMost(
      'journal, recovery',
      pageMs(() => void journal.recover(oldest * 9)),
      250,
    ),
  ]
  database.close()
  return rows
}

const scratch = fileURLToPath(new URL('../../.cache', import.meta.url))

export async function run(): Promise<BenchRow[]> {
  mkdirSync(scratch, { recursive: true })
  const folder = mkdtempSync(join(scratch, 'journal-bench-'))
  try {
    return [...(await writingRows(folder)), ...readingRows(folder)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) process.exitCode = printRows(await run()) ? 0 : 1
