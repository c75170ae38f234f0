/** Sharpe ratio of closed trades: of their profit per UTC day, idle days between the first and the last included. */
import type { Trade } from '../model/position.ts'

const DAY_MS = 86_400_000
/** markets that never close */
const DAYS_PER_YEAR = 365

export const dayOf = (at: number): number => Math.floor(at / DAY_MS)

/** Mean ÷ standard deviation (of the sample) of the days' profit × √365; null for fewer than two days, or days all alike. */
export function dailySharpe(trades: readonly Pick<Trade, 'closedAt' | 'profit'>[]): number | null {
  const profits = new Map<number, number>()
  for (const { closedAt, profit } of trades) {
    const day = dayOf(closedAt)
    profits.set(day, (profits.get(day) ?? 0) + profit.toNumber())
  }
  const days = [...profits.keys()]
  const count = days.length === 0 ? 0 : Math.max(...days) - Math.min(...days) + 1
  if (count < 2) return null
  const mean = [...profits.values()].reduce((sum, profit) => sum + profit, 0) / count
  const busy = [...profits.values()].reduce((sum, profit) => sum + (profit - mean) ** 2, 0)
  const idle = (count - profits.size) * mean ** 2
  const deviation = Math.sqrt((busy + idle) / (count - 1))
  return deviation > 0 ? (mean / deviation) * Math.sqrt(DAYS_PER_YEAR) : null
}
