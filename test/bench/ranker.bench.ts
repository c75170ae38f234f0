/** The ranking of 500 symbols with all its components: whole, after one closed candle of each, and the same scores from a library. */
import * as peer from 'technicalindicators'

import type { Candle } from '../../src/core/model/market.ts'
import { regimeFit, liquidity, spreadQuality } from '../../src/core/ranker/of-market.ts'
import type { RankingQuestion } from '../../src/core/ranker/question.ts'
import { Ranker } from '../../src/core/ranker/ranker.ts'
import { RANKER_SETTINGS } from '../../src/core/ranker/settings.ts'
import { questionOf, rowsOf, HOUR_MS, WEIGHTS, endOf } from '../core/ranker/stage.ts'
import { randomWalk } from '../fixtures/candles.ts'
import { type BenchRow, median, printRows } from './bench-row.ts'

const SYMBOLS = 500
const BARS = 200
const ROUNDS = 60
const WARM_ROUNDS = 20
const PEER_ROUNDS = 7
const FULL_LIMIT_MS = 4
const CANDLE_LIMIT_MS = 0.2
const PEER_RATIO = 10
/** the library's ATR leaves the first bar out: 200 bars later little is left of that */
const PEER_TOLERANCE = 1e-6

const now = (): number => performance.now()

const seriesOf = (index: number): Candle[] =>
  randomWalk({
    symbol: `S${index}USDT`,
    interval: '1h',
    count: BARS + ROUNDS + WARM_ROUNDS,
    seed: index + 1,
    sigma: 0.01,
    startAt: HOUR_MS,
  })

const figures = Array.from({ length: SYMBOLS }, (_, slot) => ({
  regime: (['BULL_TRENDING', 'RANGING', 'CHOPPY'] as const)[slot % 3] ?? null,
  quoteVolume24h: 500_000 * (slot + 1),
  spread: 0.00001 * (slot % 300),
  winRate: (slot % 7) / 7,
}))

const question = (at: number): RankingQuestion => questionOf(at, figures, { globalRegime: 'RANGING' })

/** All rows of a stretch of hours in one batch, symbol after symbol, as the station sends them. */
function batchOf(series: readonly (readonly Candle[])[], from: number, to: number): Float64Array {
  const parts = series.map((candles, slot) => rowsOf(candles.slice(from, to), slot))
  const batch = new Float64Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    batch.set(part, at)
    at += part.length
  }
  return batch
}

const rankerFor = (series: readonly (readonly Candle[])[]): Ranker => {
  const ranker = new Ranker()
  ranker.add(series.map(([first]) => first?.symbol ?? ''))
  return ranker
}

/** The same score of one symbol as somebody would write it with the library. */
function peerScore(candles: readonly Candle[], slot: number): number {
  const close = candles.map((candle) => candle.close)
  const high = candles.map((candle) => candle.high)
  const low = candles.map((candle) => candle.low)
  const fast = peer.EMA.calculate({ period: 50, values: close })
  const slow = peer.EMA.calculate({ period: 200, values: close }).at(-1) ?? NaN
  const atrs = peer.ATR.calculate({ period: 14, high, low, close }).slice(-20)
  const returns = peer.ROC.calculate({ period: 1, values: close }).slice(-20)
  const mean = atrs.reduce((sum, each) => sum + each, 0) / 20
  const unsteady = (peer.SD.calculate({ period: 20, values: atrs }).at(-1) ?? NaN) / mean
  const noise = (peer.SD.calculate({ period: 20, values: returns }).at(-1) ?? NaN) / 100 / 0.05
  const price = close.at(-1) ?? NaN
  const now = fast.at(-1) ?? NaN
  const isOrdered = (price > now && now > slow) || (price < now && now < slow)
  const isBeside = (price > now && price > slow) || (price < now && price < slow)
  const alignment = isOrdered ? 1 : isBeside ? 0.6 : 0.3
  const [highs, lows] = [high.slice(-20), low.slice(-20)]
  const ups = highs.filter((value, at) => at > 0 && value > highs[at - 1]! && lows[at]! > lows[at - 1]!).length
  const downs = highs.filter((value, at) => at > 0 && value < highs[at - 1]! && lows[at]! < lows[at - 1]!).length
  const trend =
    0.5 * alignment +
    0.3 * Math.min(20 * Math.abs(now / (fast.at(-21) ?? NaN) - 1), 1) +
    (0.2 * Math.max(ups, downs)) / 19
  const pct = ((100 * (atrs.at(-1) ?? NaN)) / price) * Math.sqrt(24)
  const level = pct < 1.5 ? pct / 1.5 : pct <= 8 ? 1 : Math.max(0, (16 - pct) / 8)
  const last = candles.slice(-20)
  const range = last.reduce((sum, candle) => sum + candle.high - candle.low, 0)
  const body = last.reduce((sum, candle) => sum + Math.abs(candle.close - candle.open), 0) / range
  const { regime, quoteVolume24h, spread, winRate } = figures[slot]!
  return (
    WEIGHTS['trendStrength']! * trend +
    WEIGHTS['volatilityQuality']! * (0.8 * level + 0.2 * (1 - Math.min(unsteady, 1))) +
    WEIGHTS['liquidity']! * liquidity(quoteVolume24h, RANKER_SETTINGS) +
    WEIGHTS['regimeFit']! * regimeFit('RANGING', regime, RANKER_SETTINGS) +
    WEIGHTS['symbolWinRate']! * winRate +
    WEIGHTS['spread']! * spreadQuality(spread, RANKER_SETTINGS) +
    WEIGHTS['lowNoise']! * (0.3 * body + 0.4 * Math.min(1.5 * body, 1) + 0.3 * (1 - Math.min(noise, 1)))
  )
}

function whole(series: readonly (readonly Candle[])[], batch: Float64Array, asked: RankingQuestion): number {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const ranker = rankerFor(series)
    const started = now()
    ranker.feed(batch)
    const { order } = ranker.answer(asked)
    times.push(now() - started)
    if (order.length !== SYMBOLS) throw new Error('not all symbols were ranked')
  }
  return median(times.slice(WARM_ROUNDS))
}

function oneCandle(series: readonly (readonly Candle[])[], batch: Float64Array): number {
  const ranker = rankerFor(series)
  ranker.feed(batch)
  const times: number[] = []
  for (let round = 0; round < ROUNDS + WARM_ROUNDS; round++) {
    const next = batchOf(series, BARS + round, BARS + round + 1)
    const asked = question(endOf(series[0]?.slice(0, BARS + round + 1) ?? []))
    const started = now()
    ranker.feed(next)
    const { order } = ranker.answer(asked)
    times.push(now() - started)
    if (order.length !== SYMBOLS) throw new Error('not all symbols were ranked')
  }
  return median(times.slice(WARM_ROUNDS))
}

function byPeer(series: readonly (readonly Candle[])[], asked: RankingQuestion, batch: Float64Array): number {
  const ranker = rankerFor(series)
  ranker.feed(batch)
  const ours = ranker.answer(asked).scores
  const times: number[] = []
  for (let round = 0; round < PEER_ROUNDS; round++) {
    const started = now()
    const scores = series.map((candles, slot) => peerScore(candles, slot))
    scores.toSorted((one, other) => other - one)
    times.push(now() - started)
    const apart = scores.findIndex((score, slot) => !(Math.abs(score - (ours[slot] ?? NaN)) <= PEER_TOLERANCE))
    if (apart >= 0)
      throw new Error(`the library scores ${series[apart]?.[0]?.symbol ?? ''} ${scores[apart]}, we ${ours[apart]}`)
  }
  return median(times)
}

export function run(): Promise<BenchRow[]> {
  const series = Array.from({ length: SYMBOLS }, (_, index) => seriesOf(index))
  const first = series.map((candles) => candles.slice(0, BARS))
  const batch = batchOf(first, 0, BARS)
  const asked = question(endOf(first[0] ?? []))
  const full = whole(first, batch, asked)
  const one = oneCandle(series, batch)
  const library = byPeer(first, asked, batch)
  const limited = (name: string, measured: number, limit: number): BenchRow => ({
    name,
    measured,
    unit: 'ms',
    against: limit,
    ratio: measured / limit,
    limit: `≤ ${limit} ms`,
    ok: measured <= limit,
  })
  return Promise.resolve([
    limited('ranking, 500 symbols × 200 candles, whole', full, FULL_LIMIT_MS),
    limited('ranking, one closed candle for all 500', one, CANDLE_LIMIT_MS),
    {
      name: 'the same scores with technicalindicators',
      measured: library,
      unit: 'ms',
      against: full,
      ratio: library / full,
      limit: `≥ ${PEER_RATIO}× ours, whole`,
      ok: library >= PEER_RATIO * full,
    },
  ])
}

if (import.meta.main) printRows(await run())
