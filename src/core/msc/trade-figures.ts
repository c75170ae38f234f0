/** Win rate, mean R, losing streak and days without profit of the latest closed trades (SPEC §5.1). */
import type { MscTrade } from './evidence.ts'

const DAY_MS = 86_400_000
const PERCENT = 100

export interface TradeFigures {
  readonly trades: number
  readonly winRatePct: number | null
  readonly meanR: number | null
  readonly losingStreak: number | null
  readonly daysSinceProfit: number | null
}

const NOTHING: TradeFigures = { trades: 0, winRatePct: null, meanR: null, losingStreak: null, daysSinceProfit: null }

const dayOf = (at: number): number => Math.floor(at / DAY_MS)
const isProfit = ({ profit }: MscTrade): boolean => profit > 0

/** Of the trades closed since `since`, at most the last `most`. Trades are in order of closing. */
export function tradeFigures(all: readonly MscTrade[], window: { since: number; most: number }): TradeFigures {
  let first = all.length
  while (first > 0 && all.length - first < window.most && (all[first - 1]?.closedAt ?? 0) >= window.since) first--
  const counted = all.slice(first)
  if (counted.length === 0) return NOTHING
  const lastProfit = counted.findLastIndex(isProfit)
  const losses = counted.slice(lastProfit + 1)
  const profitDay = lastProfit === -1 ? null : dayOf(counted[lastProfit]?.closedAt ?? 0)
  const lossDays = new Set(losses.map(({ closedAt }) => dayOf(closedAt)).filter((day) => day !== profitDay))
  return {
    trades: counted.length,
    winRatePct: (PERCENT * counted.filter(isProfit).length) / counted.length,
    meanR: counted.reduce((sum, { rMultiple }) => sum + rMultiple, 0) / counted.length,
    losingStreak: losses.length,
    daysSinceProfit: lossDays.size,
  }
}
