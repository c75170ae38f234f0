/** A day of venue time with connections that drop at random: no candle is missed, and nothing that is held grows. */
import { seeded } from '../../fixtures/candles.ts'
import { NearLine } from '../near-line.ts'
import { startStationOnVenue, type StationOnVenue } from '../station-on-venue.ts'

export interface DayOptions {
  readonly hours: number
  readonly symbols: number
  readonly seed: number
}

export interface DayOutcome {
  readonly hours: number
  readonly symbols: number
  readonly drops: number
  readonly candles: number
  readonly missed: number
  /** MB after collection of garbage, once an hour */
  readonly heapMb: readonly number[]
  /** of the mean of the last quarter of the hours against that of the second */
  readonly heapGrowthPct: number
  readonly sockets: readonly number[]
  readonly wallSeconds: number
  readonly violations: readonly string[]
}

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const DROPS_AN_HOUR = 5
const MOST_GROWTH_PCT = 5
const MB = 1_048_576
const CATEGORIES = ['', 'private', 'market', 'public'] as const
/** hours until caches and histories have filled up */
const WARM_HOURS = 4

export async function dayOnVenue({ hours, symbols, seed }: DayOptions): Promise<DayOutcome> {
  const random = seeded(seed)
  const since = performance.now()
  const world = await startStationOnVenue({
    seed,
    simulator: { symbols, tickSeconds: 5 },
    line: (time) => new NearLine(time, () => 1 + Math.floor(random() * 30)),
    // what the venue keeps in this process shall not grow either
    venue: { keptOrders: 1_000, minuteBars: 120 },
  })
  const [heapMb, sockets, missing]: [number[], number[], string[]] = [[], [], []]
  let candles = 0
  try {
    for (let hour = 1; hour <= hours; hour++) {
      dropSometimes(world, random)
      await world.advance(HOUR_MS)
      // what dropped last has come back, and what it missed was fetched
      await world.advance(2 * MINUTE_MS)
      const compared = compareCandles(world)
      candles += compared.candles
      missing.push(...compared.missing)
      sockets.push((world.line as NearLine).openSockets)
      globalThis.gc?.()
      heapMb.push(Number((process.memoryUsage().heapUsed / MB).toFixed(1)))
    }
  } finally {
    await world.end()
  }
  const heapGrowthPct = growthOf(heapMb)
  const violations = [
    ...missing.slice(0, 20),
    ...(globalThis.gc !== undefined && heapMb.length > 2 * WARM_HOURS && heapGrowthPct > MOST_GROWTH_PCT
      ? [`the heap grew by ${heapGrowthPct.toFixed(1)} %`]
      : []),
    ...(new Set(sockets).size > 1 ? [`sockets were ${sockets.join(', ')}`] : []),
  ]
  const wallSeconds = Math.round((performance.now() - since) / 1000)
  const drops = DROPS_AN_HOUR * hours
  return {
    hours,
    symbols,
    drops,
    candles,
    missed: missing.length,
    heapMb,
    heapGrowthPct,
    sockets,
    wallSeconds,
    violations,
  }
}

function dropSometimes({ venue }: StationOnVenue, random: () => number): void {
  for (let drop = 0; drop < DROPS_AN_HOUR; drop++) {
    const category = CATEGORIES[Math.floor(random() * CATEGORIES.length)] ?? ''
    venue.inject({ name: 'ws-drop', atMs: Math.floor(random() * HOUR_MS), fields: { category } })
  }
}

/** The last hour of minutes, as the station has them in memory and the venue in its klines. */
function compareCandles({ station, venue, time }: StationOnVenue) {
  const missing: string[] = []
  let candles = 0
  const end = Math.floor(time.now() / MINUTE_MS) * MINUTE_MS - MINUTE_MS
  for (const { symbol, bars } of venue.exchange.markets.values()) {
    const kept = station.rooms.market.candles(symbol, '1m', 70)
    const ours = new Map(kept.map((candle) => [candle.openAt, candle]))
    for (const bar of bars.between(end - HOUR_MS, end)) {
      candles++
      const own = ours.get(bar.openAt)
      const at = `${symbol} ${new Date(bar.openAt).toISOString()}`
      if (own === undefined) missing.push(`${at} is missing`)
      else if (own.close !== bar.close || own.high !== bar.high || own.low !== bar.low) missing.push(`${at} differs`)
    }
  }
  return { candles, missing }
}

function growthOf(heapMb: readonly number[]): number {
  const quarter = Math.max(1, Math.floor(heapMb.length / 4))
  const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length
  const before = mean(heapMb.slice(quarter, 2 * quarter))
  return heapMb.length < 3 ? 0 : 100 * (mean(heapMb.slice(-quarter)) / before - 1)
}
