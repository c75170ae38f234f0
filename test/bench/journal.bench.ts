/** The journal: rows written and committed per second, the longest it holds the loop, and reading a page back. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
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

interface Writing {
  readonly rowsPerSecond: number
  readonly longestMs: number
}

/** Each turn writes and flushes one batch; between turns the loop would be free. */
function writeAll({ journal }: SqliteStore): Writing {
  let spent = 0
  let longestMs = 0
  const stories = ROWS_PER_FLUSH / ROWS_PER_STORY
  for (let story = 0, at = 0; story < ROWS / ROWS_PER_STORY; at += 60_000) {
    const started = milliseconds()
    for (let index = 0; index < stories; index++, story++) writeStory(journal, story, at)
    journal.flush(at)
    const held = milliseconds() - started
    spent += held
    longestMs = Math.max(longestMs, held)
  }
  return { rowsPerSecond: (ROWS / spent) * 1_000, longestMs }
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

const openBench = (folder: string, round: number): SqliteStore => storeOf(openDatabase(join(folder, String(round))))

function writingRows(folder: string): BenchRow[] {
  const rounds = Array.from({ length: ROUNDS }, (_round, round) => {
    const store = openBench(folder, round)
    const writing = writeAll(store)
    store.database.close()
    return writing
  })
  const rowsPerSecond = median(rounds.map((round) => round.rowsPerSecond))
  const speed: BenchRow = {
    name: `journal, ${ROWS_PER_FLUSH} rows per flush`,
    measured: rowsPerSecond,
    unit: 'rows/s',
    against: 20_000,
    ratio: rowsPerSecond / 20_000,
    limit: '≥ 20 000 rows/s',
    ok: rowsPerSecond >= 20_000,
  }
  return [speed, atMost('journal, longest hold of the loop', median(rounds.map(({ longestMs }) => longestMs)), 10)]
}

function readingRows(folder: string): BenchRow[] {
  const { records, journal, database } = openBench(folder, 0)
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

export function run(): Promise<BenchRow[]> {
  mkdirSync(scratch, { recursive: true })
  const folder = mkdtempSync(join(scratch, 'journal-bench-'))
  try {
    return Promise.resolve([...writingRows(folder), ...readingRows(folder)])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) process.exitCode = printRows(await run()) ? 0 : 1
