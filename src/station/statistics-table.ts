/** Statistics of trades as a table of text, for terminals and reports. */
import type { TradeStatistics } from '../core/analytics/trade-statistics.ts'

export const money = (value: number): string => `${value < 0 ? '−' : value > 0 ? '+' : ''}${Math.abs(value).toFixed(2)}`
const percent = (value: number | null): string => (value === null ? '–' : `${(value * 100).toFixed(1)} %`)
const plain = (value: number | null): string => (value === null ? '–' : value.toFixed(2))

const HEAD = ['', 'trades', 'won', 'profit', 'PF', 'mean R', 'fees', 'funding', 'max fall']

function cells(name: string, statistics: TradeStatistics): string[] {
  const { trades, winRate, profit, profitFactor, meanR, fees, funding, maxDrawdown } = statistics
  const figures = [percent(winRate), money(profit), plain(profitFactor), plain(meanR)]
  return [name, String(trades), ...figures, fees.toFixed(2), money(funding), maxDrawdown.toFixed(2)]
}

/** Lines of one width per column, names to the left, figures to the right; the first line is the head. */
export function statisticsTable(named: readonly (readonly [name: string, statistics: TradeStatistics])[]): string[] {
  const rows = [HEAD, ...named.map(([name, statistics]) => cells(name, statistics))]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  )
}
