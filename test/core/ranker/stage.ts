/** A ranker fed with whole series, and questions with a few figures set. */
import { createAggregator } from '../../../src/core/market/aggregator.ts'
import type { Candle } from '../../../src/core/model/market.ts'
import { REGIMES, type Regime } from '../../../src/core/model/regime.ts'
import { DEFAULT_RULES } from '../../../src/core/policy/default-rules.ts'
import { weightsInOrder } from '../../../src/core/ranker/component.ts'
import { CANDLE_FIELDS, type RankingQuestion } from '../../../src/core/ranker/question.ts'
import { Ranker } from '../../../src/core/ranker/ranker.ts'
import { recordedMonth } from '../../fixtures/recorded-candles.ts'

export const HOUR_MS = 3_600_000
export const WEIGHTS = DEFAULT_RULES.ranker.weights

export const rowsOf = (candles: readonly Candle[], slot: number): Float64Array<ArrayBuffer> => {
  const rows = new Float64Array(candles.length * CANDLE_FIELDS)
  for (const [row, { openAt, open, high, low, close }] of candles.entries())
    rows.set([slot, openAt, open, high, low, close], row * CANDLE_FIELDS)
  return rows
}

export function rankerOf(series: readonly (readonly Candle[])[]): Ranker {
  const ranker = new Ranker()
  ranker.add(series.map((candles, slot) => candles[0]?.symbol ?? `EMPTY${slot}`))
  for (const [slot, candles] of series.entries()) ranker.feed(rowsOf(candles, slot))
  return ranker
}

export interface Figures {
  readonly regime?: Regime | null
  readonly quoteVolume24h?: number
  readonly spread?: number
  readonly winRate?: number
  readonly isAsked?: boolean
}

/** One entry of `symbols` per slot. */
export function questionOf(
  at: number,
  symbols: readonly Figures[],
  rest: { readonly globalRegime?: Regime | null; readonly weights?: Readonly<Record<string, number>> } = {},
): RankingQuestion {
  return {
    at,
    globalRegime: rest.globalRegime ?? null,
    weights: weightsInOrder(rest.weights ?? WEIGHTS),
    size: 1000,
    isAsked: Uint8Array.from(symbols, ({ isAsked }) => ((isAsked ?? true) ? 1 : 0)),
    regime: Int8Array.from(symbols, ({ regime }) => (regime == null ? -1 : REGIMES.indexOf(regime))),
    quoteVolume24h: Float64Array.from(symbols, ({ quoteVolume24h }) => quoteVolume24h ?? 20_000_000),
    spread: Float64Array.from(symbols, ({ spread }) => spread ?? 0.0004),
    winRate: Float64Array.from(symbols, ({ winRate }) => winRate ?? 0.5),
    takerFee: Float64Array.from(symbols, () => 0.0005),
    fundingPerHour: Float64Array.from(symbols, () => 0.0001 / 8),
  }
}

export const endOf = (candles: readonly Candle[]): number => (candles.at(-1)?.openAt ?? 0) + HOUR_MS

/** The recorded month as 1 h candles. */
export const recordedHours = (data: string): Candle[][] =>
  recordedMonth(data).map((quarters) => {
    const hours: Candle[] = []
    const aggregator = createAggregator('15m', '1h', (candle) => hours.push(candle))
    for (const quarter of quarters) aggregator.next(quarter)
    return hours
  })
