/** Closed trades by what they have in common: strategy, symbol, mode, regime, model, hour, day (SPEC §14 Analytics). */
import type { Trade } from '../model/position.ts'
import { signOf } from '../model/signal.ts'
import { dailySharpe, dayOf } from './daily-sharpe.ts'
import { tradeStatistics, type TradeStatistics } from './trade-statistics.ts'

/** A closed trade with what the journal knows of its beginning; null: nothing. */
export interface AnalysedTrade {
  readonly trade: Trade
  /** price at which the strategy decided */
  readonly signalPrice: number | null
  readonly modelVersion: string | null
  /** of the whole market, as it was last evaluated before the entry */
  readonly regime: string | null
}

export interface GroupStatistics extends TradeStatistics {
  readonly sharpe: number | null
  /** how much worse than the signal's price entries filled, mean, in basis points; null where no trade had a signal */
  readonly meanSlippageBp: number | null
}

export const TRADE_GROUPS = [
  'strategy',
  'symbol',
  'mode',
  'side',
  'regime',
  'model',
  'hour',
  'day',
  'exit_reason',
] as const
export type TradeGroup = (typeof TRADE_GROUPS)[number]

const UNKNOWN = 'UNKNOWN'
const NO_MODEL = 'none'
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const BP = 10_000

/** The hour is that of the entry, the day that of the exit; both UTC. */
const KEYS: Readonly<Record<TradeGroup, (analysed: AnalysedTrade) => string>> = {
  strategy: ({ trade }) => trade.strategyId,
  symbol: ({ trade }) => trade.symbol,
  mode: ({ trade }) => trade.riskMode,
  side: ({ trade }) => trade.side,
  regime: ({ regime }) => regime ?? UNKNOWN,
  model: ({ modelVersion }) => modelVersion ?? NO_MODEL,
  hour: ({ trade }) => String(Math.floor((trade.openedAt % DAY_MS) / HOUR_MS)).padStart(2, '0'),
  day: ({ trade }) => new Date(dayOf(trade.closedAt) * DAY_MS).toISOString().slice(0, 10),
  exit_reason: ({ trade }) => trade.exitReason,
}

/** Basis points by which the entry filled worse than the strategy saw it; better is negative. */
export function slippageBp({ trade, signalPrice }: AnalysedTrade): number | null {
  if (signalPrice === null || !(signalPrice > 0)) return null
  return signOf(trade.side) * (trade.entryPrice.toNumber() / signalPrice - 1) * BP
}

/** `analysed` in the order the trades were closed. */
export function groupStatistics(analysed: readonly AnalysedTrade[]): GroupStatistics {
  const trades = analysed.map(({ trade }) => trade)
  const slippages = analysed.map(slippageBp).filter((each) => each !== null)
  const meanSlippageBp =
    slippages.length === 0 ? null : slippages.reduce((sum, each) => sum + each, 0) / slippages.length
  return { ...tradeStatistics(trades), sharpe: dailySharpe(trades), meanSlippageBp }
}

/** One row per value of the group, in order of name. */
export function statisticsOfGroups(
  analysed: readonly AnalysedTrade[],
  group: TradeGroup,
): readonly (GroupStatistics & { readonly key: string })[] {
  const rows = new Map<string, AnalysedTrade[]>()
  for (const each of analysed) {
    const key = KEYS[group](each)
    const row = rows.get(key)
    if (row === undefined) rows.set(key, [each])
    else row.push(each)
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, row]) => ({ key, ...groupStatistics(row) }))
}
