/** One closed 15m candle for each of 500 symbols through every built-in strategy and the market model; and what a 1m candle costs. */
import { type Aggregator, createAggregator } from '../../src/core/market/aggregator.ts'
import { candleFault } from '../../src/core/market/candle-check.ts'
import { SymbolModel } from '../../src/core/market/symbol-model.ts'
import type { Candle } from '../../src/core/model/market.ts'
import { BUILT_IN_STRATEGIES } from '../../src/core/strategy/built-in.ts'
import type { StrategyRun } from '../../src/core/strategy/strategy-logic.ts'
import { randomWalk } from '../fixtures/candles.ts'
import { type BenchRow, printRows } from './bench-row.ts'

const SYMBOLS = 500
const WARM_BARS = 500
const MEASURED_BARS = 1000
/** of the 5 ms that the whole pipeline has */
const LIMIT_MS = 2
const MINUTES = 400_000
/** a month of 1m candles of 14 symbols in 17 s is 28 µs each, for everything */
const LIMIT_NS = 1000

const nanoseconds = (): number => Number(process.hrtime.bigint())

interface Desk {
  readonly bars: readonly Candle[]
  readonly runs: readonly StrategyRun[]
  readonly hours: Aggregator
}

function desk(index: number): Desk {
  const symbol = `S${index}USDT`
  const model = new SymbolModel(symbol, 0.01)
  return {
    bars: randomWalk({ symbol, count: WARM_BARS + MEASURED_BARS, seed: index, sigma: 0.005, volume: 50_000 }),
    runs: BUILT_IN_STRATEGIES.map((definition) => definition.start(symbol, definition.defaults)),
    hours: createAggregator('15m', '1h', (candle) => model.onHour(candle)),
  }
}

/** Returns how many signals the bar made. */
function feed({ bars, runs, hours }: Desk, bar: number): number {
  const candle = bars[bar]
  if (candle === undefined) return 0
  hours.next(candle)
  let signals = 0
  for (const run of runs) if (run.next(candle) !== null) signals += 1
  return signals
}

function strategies(): BenchRow[] {
  const desks = Array.from({ length: SYMBOLS }, (_, index) => desk(index))
  const times: number[] = []
  let signals = 0
  for (let bar = 0; bar < WARM_BARS + MEASURED_BARS; bar++) {
    const started = nanoseconds()
    for (const each of desks) signals += feed(each, bar)
    if (bar >= WARM_BARS) times.push((nanoseconds() - started) / 1e6)
  }
  if (signals === 0) throw new Error('no strategy said anything')
  times.sort((a, b) => a - b)
  const at = (share: number): number => times[Math.floor(share * times.length)] ?? NaN
  const row = (name: string, measured: number): BenchRow => ({
    name: `15m bar, 500 symbols, 4 strategies, ${name}`,
    measured,
    unit: 'ms',
    against: LIMIT_MS,
    ratio: measured / LIMIT_MS,
    limit: `≤ ${LIMIT_MS} ms`,
    ok: measured <= LIMIT_MS,
  })
  return [row('p50', at(0.5)), row('p99', at(0.99))]
}

/** The candle check and the building of 15m and 1h bars, per 1m candle. */
function minutes(): BenchRow {
  const candles = randomWalk({ interval: '1m', count: MINUTES, sigma: 0.001 })
  let told = 0
  const quarters = createAggregator('1m', '15m', () => (told += 1))
  const hours = createAggregator('1m', '1h', () => (told += 1))
  let previous: number | null = null
  const started = nanoseconds()
  for (const candle of candles) {
    if (candleFault(candle, previous) !== null) throw new Error('a made-up candle is not sane')
    previous = candle.openAt
    quarters.next(candle)
    hours.next(candle)
  }
  const measured = (nanoseconds() - started) / MINUTES
  if (told !== Math.floor(MINUTES / 15) + Math.floor(MINUTES / 60)) throw new Error('bars are missing')
  const limit = `≤ ${LIMIT_NS} ns`
  const figures = {
    measured,
    unit: 'ns',
    against: LIMIT_NS,
    ratio: measured / LIMIT_NS,
    limit,
    ok: measured <= LIMIT_NS,
  }
  return { name: '1m candle, check and higher bars', ...figures }
}

export function run(): Promise<BenchRow[]> {
  return Promise.resolve([...strategies(), minutes()])
}

if (import.meta.main) printRows(await run())
