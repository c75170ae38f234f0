import { PaperExchange } from '../../src/adapters/paper/paper-exchange.ts'
import { PAPER_SETTINGS } from '../../src/adapters/paper/settings.ts'
import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
/** What a market event costs the paper exchange: with nothing to watch, and with 30 positions under stops and targets. */
import { MARKET_SETTINGS } from '../../src/core/market/settings.ts'
import { exact } from '../../src/core/model/decimal.ts'
import type { ClientOrderId } from '../../src/core/model/ids.ts'
import type { FeedEvent, Instrument } from '../../src/core/model/market.ts'
import type { OrderRequest } from '../../src/core/model/order.ts'
import { MemoryShelf } from '../adapters/paper/memory-shelf.ts'
import { CONTRACT } from '../adapters/venue-contract/venue-under-test.ts'
import { randomWalk } from '../fixtures/candles.ts'
import { type BenchRow, median, printRows } from './bench-row.ts'

const SYMBOLS = 100
const BARS = 3_000
const MINUTE_MS = 60_000
const START_AT = Date.UTC(2025, 0, 1)
const ROUNDS = 5
const MOST = 0.9
/** 604 k candles and as many tickers within about a second */
const LIMIT_NS = 800

const instruments: Instrument[] = Array.from({ length: SYMBOLS }, (_, index) => ({
  ...CONTRACT,
  symbol: `S${index}USDT`,
}))

/** Every symbol's bars in order of time: the candle that closed, then the next bar's open. */
function market(): FeedEvent[][] {
  const walks = instruments.map(({ symbol }, index) =>
    randomWalk({ symbol, interval: '1m', count: BARS + 1, seed: index + 1, startAt: START_AT, sigma: 0.0005 }),
  )
  return Array.from({ length: BARS }, (_, bar) => {
    const at = START_AT + (bar + 1) * MINUTE_MS
    const candles = walks.flatMap((walk): FeedEvent[] => {
      const candle = walk[bar]
      return candle === undefined ? [] : [{ kind: 'candle', candle }]
    })
    const tickers = walks.flatMap((walk): FeedEvent[] => {
      const next = walk[bar + 1]
      if (next === undefined) return []
      const none = { bid: null, ask: null, bidQuantity: null, askQuantity: null }
      return [{ kind: 'ticker', ticker: { symbol: next.symbol, at, last: next.open, ...none } }]
    })
    return [...candles, ...tickers]
  })
}

function order(id: string, symbol: string, fields: Partial<OrderRequest>): OrderRequest {
  const none = { timeInForce: null, price: null, triggerPrice: null, activationPrice: null, callback: null }
  const base = { clientOrderId: id as ClientOrderId, symbol, side: 'SELL', quantity: exact('0.5') } as const
  return { ...base, type: 'MARKET', ...none, reduceOnly: true, leverage: null, ...fields }
}

/** Opens positions far from their stops, then tells the rest of the market; answers ns per event. Most positions must stand at the end. */
async function tell(bars: readonly FeedEvent[][], positions: number, trailing: boolean): Promise<number> {
  const clock = new VirtualClock({ startAt: START_AT })
  const deps = {
    clock,
    shelf: new MemoryShelf(),
    instruments,
    settings: PAPER_SETTINGS,
    market: MARKET_SETTINGS,
    seed: 1,
  }
  const exchange = new PaperExchange(deps)
  let standing = -1
  await exchange.connect((report) => {
    if (report.kind === 'snapshot') standing = report.snapshot.positions.length
  })
  clock.advanceTo(START_AT + MINUTE_MS)
  for (const event of bars[0] ?? []) exchange.onMarket(event)
  for (const { symbol } of instruments.slice(0, positions)) {
    exchange.submit(order(`entry-${symbol}`, symbol, { side: 'BUY', reduceOnly: false, leverage: 1 }))
    exchange.submit(order(`stop-${symbol}`, symbol, { type: 'STOP_MARKET', triggerPrice: exact(10) }))
    exchange.submit(order(`target-${symbol}`, symbol, { type: 'TAKE_PROFIT_MARKET', triggerPrice: exact(1_000) }))
    if (trailing) exchange.submit(order(`trail-${symbol}`, symbol, { type: 'TRAILING_STOP_MARKET', callback: 0.1 }))
  }
  clock.advanceTo(clock.now() + PAPER_SETTINGS.latencyMs)
  let events = 0
  const begun = performance.now()
  for (let bar = 1; bar < bars.length; bar++) {
    clock.advanceTo(START_AT + (bar + 1) * MINUTE_MS)
    for (const event of bars[bar] ?? []) exchange.onMarket(event)
    events += bars[bar]?.length ?? 0
  }
  const spent = ((performance.now() - begun) * 1e6) / events
  exchange.askSnapshot(clock.now())
  clock.advanceTo(clock.now() + PAPER_SETTINGS.latencyMs)
  if (standing < positions * MOST) throw new Error(`${positions} positions were to stand at the end, ${standing} do`)
  exchange.close()
  return spent
}

function row(name: string, measured: number): BenchRow {
  const limit = `≤ ${LIMIT_NS} ns`
  return { name, measured, unit: 'ns', against: LIMIT_NS, ratio: measured / LIMIT_NS, limit, ok: measured <= LIMIT_NS }
}

export async function run(): Promise<BenchRow[]> {
  const bars = market()
  const cases = [
    ['paper: market event, nothing open', 0, false],
    ['paper: market event, 30 positions, stop + target', 30, false],
    ['paper: market event, 30 positions, trailing too', 30, true],
  ] as const
  const rows: BenchRow[] = []
  for (const [name, positions, trailing] of cases) {
    const rounds: number[] = []
    for (let round = 0; round < ROUNDS; round++) rounds.push(await tell(bars, positions, trailing))
    rows.push(row(name, median(rounds)))
  }
  return rows
}

if (import.meta.main) process.exitCode = printRows(await run()) ? 0 : 1
