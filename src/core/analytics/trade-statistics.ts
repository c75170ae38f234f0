/** What closed trades say: counts, profit factor, win rate, expectancy, drawdown (SPEC §14 Analytics). Float64, USDT. */
import type { Trade } from '../model/position.ts'

export interface TradeStatistics {
  readonly trades: number
  readonly wins: number
  /** wins ÷ trades; break-even counts as a loss; null without trades */
  readonly winRate: number | null
  readonly profit: number
  readonly fees: number
  readonly funding: number
  /** gains ÷ losses of profit; null without losses */
  readonly profitFactor: number | null
  /** mean R multiple; null without trades */
  readonly meanR: number | null
  /** mean profit of a trade; null without trades */
  readonly expectancy: number | null
  /** largest fall of the summed profit from its high, ≥ 0 */
  readonly maxDrawdown: number
  readonly meanHoldMs: number | null
}

/** `trades` in the order they were closed. */
export function tradeStatistics(trades: readonly Trade[]): TradeStatistics {
  let [wins, gains, losses, fees, funding, sumR, hold] = [0, 0, 0, 0, 0, 0, 0]
  let [equity, high, maxDrawdown] = [0, 0, 0]
  for (const trade of trades) {
    const profit = trade.profit.toNumber()
    if (profit > 0) wins++
    if (profit > 0) gains += profit
    else losses -= profit
    fees += trade.fees.toNumber()
    funding += trade.funding.toNumber()
    sumR += trade.rMultiple
    hold += trade.closedAt - trade.openedAt
    equity += profit
    high = Math.max(high, equity)
    maxDrawdown = Math.max(maxDrawdown, high - equity)
  }
  const count = trades.length
  const mean = (sum: number): number | null => (count === 0 ? null : sum / count)
  return {
    trades: count,
    wins,
    winRate: mean(wins),
    profit: gains - losses,
    fees,
    funding,
    profitFactor: losses > 0 ? gains / losses : null,
    meanR: mean(sumR),
    expectancy: mean(gains - losses),
    maxDrawdown,
    meanHoldMs: mean(hold),
  }
}

/** The same for each value of a key, by key in order of name. */
export function statisticsBy(
  trades: readonly Trade[],
  keyOf: (trade: Trade) => string,
): ReadonlyMap<string, TradeStatistics> {
  const groups = new Map<string, Trade[]>()
  for (const trade of trades) {
    const group = groups.get(keyOf(trade))
    if (group === undefined) groups.set(keyOf(trade), [trade])
    else group.push(trade)
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, group]) => [key, tradeStatistics(group)]))
}
