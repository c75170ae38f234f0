/**
 * From a signal to its order on the wire, over loopback: risk guard, executor, journal, adapter. Held against the
 * client's own `createOrder`, called directly, order by order in the same run. What the disk takes until the intent is
 * safe on it is a figure of its own, held against the same bytes written and synced without a database.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { BinanceVenue } from '../../src/adapters/binance/binance-venue.ts'
import { BINANCE_SETTINGS } from '../../src/adapters/binance/settings.ts'
import { usdmClient } from '../../src/adapters/binance/usdm-client.ts'
import { openDatabase } from '../../src/adapters/sqlite/open-database.ts'
import { storeOf } from '../../src/adapters/sqlite/store.ts'
import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import type { Journal, JournalTable, JournalTables } from '../../src/core/ports/journal.ts'
import type { Venue } from '../../src/core/ports/venue.ts'
import { MemoryJournal } from '../fixtures/memory-journal.ts'
import { Stage } from '../station/stage/stage.ts'
import { clientOf } from '../venue/ccxt-client.ts'
import { startVenue, VENUE_KEY, VENUE_SECRET } from '../venue/start-venue.ts'
import { SYMBOLS, TEST } from '../venue/test-symbols.ts'
import { type BenchRow, median, printRows } from './bench-row.ts'

const ROUNDS = 12
const ORDERS = 200
/** rounds that count: those in which the peer was disturbed least by whatever else this machine does */
const CALM_ROUNDS = 5
const WARM_UP = 100
const ORDER_EVERY_MS = 1_000
const MOST_ADDED_MS = 1
const NEVER_MS = 1e12
/** the journal touches about so many pages for one intent: the order, its indices */
const PAGE_BYTES = 4096
const PAGES_PER_INTENT = 4
/** a commit is one sync of its log, and its own work around it */
const MOST_OF_BARE_SYNC = 2

/** What the memory knows is written to the disk, too. */
class DurableJournal extends MemoryJournal {
  readonly #disk: Journal

  constructor(disk: Journal) {
    super()
    this.#disk = disk
  }

  override write<Table extends JournalTable>(table: Table, row: JournalTables[Table]): void {
    super.write(table, row)
    this.#disk.write(table, row)
  }

  /** ms the disk took since it was asked last */
  #synced = 0

  override flush(feedPosition: number): void {
    super.flush(feedPosition)
    const started = performance.now()
    this.#disk.flush(feedPosition, true)
    this.#synced += performance.now() - started
  }

  takeSynced(): number {
    const spent = this.#synced
    this.#synced = 0
    return spent
  }
}

const ACKNOWLEDGED = JSON.stringify({
  orderId: 1,
  symbol: 'TESTUSDT',
  status: 'NEW',
  clientOrderId: 'any',
  price: '100.00',
  origQty: '10',
  executedQty: '0',
  timeInForce: 'GTC',
  type: 'LIMIT',
  reduceOnly: false,
  side: 'BUY',
  updateTime: 1,
})

/** The far end: when an order arrives there, ms of this process; it is acknowledged and forgotten. */
class Wire {
  #arrived: (at: number) => void = () => undefined
  #answered: () => void = () => undefined

  /** ms from now to the arrival of the order that `send` sends; resolves once its answer is on its way. */
  async time(send: () => void): Promise<number> {
    const arrival = new Promise<number>((resolve) => (this.#arrived = resolve))
    const answer = new Promise<void>((resolve) => (this.#answered = resolve))
    const started = performance.now()
    send()
    const spent = (await arrival) - started
    await answer
    return spent
  }

  order(): string {
    this.#arrived(performance.now())
    setImmediate(() => this.#answered())
    return ACKNOWLEDGED
  }
}

/** Bytes of one journaled intent, written and synced by hand: ms. */
class BareDisk {
  readonly #file: number
  readonly #page = Buffer.alloc(PAGE_BYTES * PAGES_PER_INTENT)

  constructor(folder: string) {
    this.#file = openSync(join(folder, 'bare'), 'w')
  }

  sync(): number {
    const started = performance.now()
    writeSync(this.#file, this.#page)
    fdatasyncSync(this.#file)
    return performance.now() - started
  }

  close(): void {
    closeSync(this.#file)
  }
}

const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((one, other) => one - other)[Math.ceil(share * times.length) - 1] ?? Number.NaN

/** ms to the wire without the disk, and of the disk */
interface Sent {
  readonly spent: number
  readonly synced: number
}

type Round = Readonly<Record<'ours' | 'theirs' | 'synced' | 'bare', number[]>>

export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-bench-'))
  const clock = new VirtualClock({ startAt: Date.UTC(2026, 0, 5) })
  const wire = new Wire()
  const exchange = await startVenue({
    clock,
    symbols: SYMBOLS,
    answering: (answer) => (request) =>
      request.method === 'POST' && request.path === '/fapi/v1/order'
        ? Promise.resolve({ kind: 'body', status: 200, headers: {}, text: wire.order() })
        : answer(request),
  })
  const store = storeOf(openDatabase(folder, {}))
  const peer = await clientOf(exchange)
  const client = usdmClient({
    environment: 'simulated',
    endpoints: { rest: exchange.http, stream: exchange.ws, account: exchange.http },
    keys: { apiKey: VENUE_KEY, secret: VENUE_SECRET },
    settings: BINANCE_SETTINGS,
    now: () => clock.now(),
  })
  const venue = new BinanceVenue({
    client,
    clock,
    settings: BINANCE_SETTINGS,
    streamBase: exchange.ws,
    random: () => 0.5,
    problem: () => undefined,
  })
  const orders: Pick<Venue, 'submit' | 'cancel' | 'ask' | 'askSnapshot'> = {
    submit: (request) => venue.submit(request),
    cancel: () => undefined,
    ask: () => undefined,
    askSnapshot: () => undefined,
  }
  const settings = { reconcileEveryMs: NEVER_MS }
  const journal = new DurableJournal(store.journal)
  const stage = new Stage({ clock, venue: orders, journal, settings })
  await venue.connect((report) => {
    if (report.kind !== 'connection') stage.executor.onReport(report)
  })
  stage.ready()
  let bar = 0
  const ours = async (): Promise<Sent> => {
    bar++
    clock.advanceTo(clock.now() + ORDER_EVERY_MS)
    journal.takeSynced()
    let synced = 0
    const spent = await wire.time(() => {
      stage.enter({ bar })
      synced = journal.takeSynced()
    })
    for (const order of stage.working('ENTRY'))
      stage.executor.onReport({
        kind: 'cancelled',
        clientOrderId: order.clientOrderId,
        reason: 'it has been timed',
        at: clock.now(),
      })
    return { spent: spent - synced, synced }
  }
  const theirs = (): Promise<number> =>
    wire.time(() => void peer.createOrder(TEST, 'limit', 'buy', 10, 100, { clientOrderId: `peer-${bar}` }))
  const bare = new BareDisk(folder)
  const rounds: Round[] = []
  for (let order = 0; order < WARM_UP; order++) await ours().then(theirs)
  for (let round = 0; round < ROUNDS; round++) {
    const times: Round = { ours: [], theirs: [], synced: [], bare: [] }
    for (let order = 0; order < ORDERS; order++) {
      const { spent, synced } = await ours()
      times.ours.push(spent)
      times.synced.push(synced)
      times.theirs.push(await theirs())
      times.bare.push(bare.sync())
    }
    rounds.push(times)
  }
  bare.close()
  await venue.disconnect()
  await client.close()
  await peer.close()
  await exchange.close()
  store.database.close()
  rmSync(folder, { recursive: true })
  const calm = rounds
    .toSorted((one, other) => quantile(one.theirs, 0.99) - quantile(other.theirs, 0.99))
    .slice(0, CALM_ROUNDS)
  return [wireRow(calm, 0.5), wireRow(calm, 0.99), syncRow(calm)]
}

const middle = (rounds: readonly Round[], of: (round: Round) => number): number => median(rounds.map(of))

function wireRow(rounds: readonly Round[], share: number): BenchRow {
  const measured = middle(rounds, ({ ours }) => quantile(ours, share))
  const against = middle(rounds, ({ theirs }) => quantile(theirs, share))
  const added = middle(rounds, ({ ours, theirs }) => quantile(ours, share) - quantile(theirs, share))
  return {
    name: `signal to order on the wire, p${share * 100}`,
    measured,
    unit: 'ms',
    against,
    ratio: measured / against,
    limit: `≤ createOrder + ${MOST_ADDED_MS} ms`,
    ok: added <= MOST_ADDED_MS,
  }
}

function syncRow(rounds: readonly Round[]): BenchRow {
  const measured = middle(rounds, ({ synced }) => quantile(synced, 0.5))
  const against = middle(rounds, ({ bare }) => quantile(bare, 0.5))
  return {
    name: 'intent safe on the disk, p50',
    measured,
    unit: 'ms',
    against,
    ratio: measured / against,
    limit: `≤ ${MOST_OF_BARE_SYNC}× a bare sync`,
    ok: measured <= against * MOST_OF_BARE_SYNC,
  }
}

if (import.meta.main) {
  printRows(await run())
  process.exit()
}
