/** Books and venue compared: 100 positions and 400 orders asked for over loopback, read, and held against the books. */
import { BinanceVenue } from '../../src/adapters/binance/binance-venue.ts'
import { BINANCE_SETTINGS } from '../../src/adapters/binance/settings.ts'
import { usdmClient } from '../../src/adapters/binance/usdm-client.ts'
import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import { exact } from '../../src/core/model/decimal.ts'
import { Stage } from '../station/stage/stage.ts'
import type { Exchange } from '../venue/exchange.ts'
import { startVenue, VENUE_KEY, VENUE_SECRET } from '../venue/start-venue.ts'
import { TEST_INSTRUMENT } from '../venue/test-symbols.ts'
import { place } from '../venue/trading/place.ts'
import { type BenchRow, median, printRows } from './bench-row.ts'

const POSITIONS = 100
const ORDERS_PER_POSITION = 4
const ROUNDS = 5
const MOST_SECONDS = 2
const SYMBOLS = Array.from({ length: POSITIONS }, (_symbol, index) => `S${index}USDT`)

/** A position of each symbol, with four orders that rest below it. */
function fillAccount(exchange: Exchange): void {
  for (const symbol of SYMBOLS) {
    for (let index = 0; index <= ORDERS_PER_POSITION; index++) {
      place(exchange, {
        clientId: `${symbol}-${index}`,
        symbol,
        side: 'BUY',
        type: index === 0 ? 'MARKET' : 'LIMIT',
        timeInForce: 'GTC',
        quantity: exact(1),
        price: exact(index === 0 ? 0 : 100 - index),
        reduceOnly: false,
        closePosition: false,
        goodTillDate: 0,
        selfTradePrevention: 'EXPIRE_MAKER',
      })
    }
  }
}

/** Seconds of one reconciliation of an account that these books see for the first time. */
async function reconcile(clock: VirtualClock, http: string, ws: string): Promise<number> {
  const client = usdmClient({
    environment: 'simulated',
    endpoints: { rest: http, stream: ws, account: http },
    keys: { apiKey: VENUE_KEY, secret: VENUE_SECRET },
    settings: BINANCE_SETTINGS,
    now: () => clock.now(),
  })
  const problems: string[] = []
  const settings = { ...BINANCE_SETTINGS }
  const common = { client, clock, settings, streamBase: ws, random: () => 0.5 }
  const venue = new BinanceVenue({ ...common, problem: (message) => problems.push(message) })
  const done = Promise.withResolvers<void>()
  const quiet = { submit: () => undefined, cancel: () => undefined, ask: () => undefined }
  const stage = new Stage({ clock, venue: { ...quiet, askSnapshot: (since) => venue.askSnapshot(since) } })
  let seen = 0
  await venue.connect((report) => {
    if (report.kind !== 'snapshot') return
    const { positions, openOrders, fills } = report.snapshot
    seen = positions.length + openOrders.length + fills.length
    stage.executor.onReport(report)
    done.resolve()
  })
  const started = performance.now()
  stage.executor.start()
  await done.promise
  const spent = (performance.now() - started) / 1000
  const expected = POSITIONS * (2 + ORDERS_PER_POSITION)
  if (seen !== expected || stage.reconciled.length !== 1)
    throw new Error(`${seen} of ${expected} were read: ${problems.join(', ')}`)
  stage.executor.stop()
  await venue.disconnect()
  await client.close()
  return spent
}

export async function run(): Promise<BenchRow[]> {
  const clock = new VirtualClock({ startAt: Date.UTC(2026, 0, 5) })
  const symbols = SYMBOLS.map((symbol) => ({ instrument: { ...TEST_INSTRUMENT, symbol }, price: 100 }))
  const exchange = await startVenue({ clock, symbols, settings: { deposit: 1_000_000 } })
  clock.advanceTo(clock.now() + 1_000)
  fillAccount(exchange.exchange)
  const rounds: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    // each in a minute of its own: what one minute may weigh is not what is measured
    clock.advanceTo(clock.now() + 60_000)
    rounds.push(await reconcile(clock, exchange.http, exchange.ws))
  }
  await exchange.close()
  const measured = median(rounds)
  return [
    {
      name: 'reconcile 100 positions, 400 orders',
      measured,
      unit: 's',
      against: MOST_SECONDS,
      ratio: measured / MOST_SECONDS,
      limit: `≤ ${MOST_SECONDS} s`,
      ok: measured <= MOST_SECONDS,
    },
  ]
}

if (import.meta.main) {
  printRows(await run())
  process.exit()
}
