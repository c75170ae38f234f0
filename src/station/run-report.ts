/** What a journal tells of its account and its trades, for people: the text of `report` and of a run's end. */
import { statisticsBy, tradeStatistics, type TradeStatistics } from '../core/analytics/trade-statistics.ts'
import type { Trade } from '../core/model/position.ts'
import type { Records } from '../core/ports/records.ts'

const PAGE = 1000
/** price of a unit when the first money comes in: flows never move it, so what it moved by is the result */
const FIRST_NAV = 1

/** Every trade, oldest first. */
export function allTrades(records: Records): readonly Trade[] {
  const trades: Trade[] = []
  let cursor: string | undefined
  do {
    const page = records.trades({ limit: PAGE, cursor })
    trades.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return trades.reverse()
}

const money = (value: number): string => `${value < 0 ? '−' : value > 0 ? '+' : ''}${Math.abs(value).toFixed(2)}`
const percent = (value: number | null): string => (value === null ? '–' : `${(value * 100).toFixed(1)} %`)
const plain = (value: number | null): string => (value === null ? '–' : value.toFixed(2))
const time = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ')

const HEAD = ['', 'trades', 'won', 'profit', 'PF', 'mean R', 'fees', 'funding', 'max fall']

function row(name: string, statistics: TradeStatistics): string[] {
  const { trades, winRate, profit, profitFactor, meanR, fees, funding, maxDrawdown } = statistics
  const figures = [percent(winRate), money(profit), plain(profitFactor), plain(meanR)]
  return [name, String(trades), ...figures, fees.toFixed(2), money(funding), maxDrawdown.toFixed(2)]
}

/** Columns of one width, names to the left, figures to the right. */
function table(rows: readonly string[][]): string[] {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  return rows.map((cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  )
}

export function runReport(records: Records): string {
  const trades = allTrades(records)
  const last = records.equity({ points: 1 })[0]
  const counts = records.counts()
  const lines: string[] = []
  if (last !== undefined) {
    const grown = last.nav / FIRST_NAV - 1
    lines.push(
      `${time(last.at)} UTC: equity ${last.equity.toFixed(2)} USDT, ${money(grown * 100)} % since the first deposit`,
    )
  }
  const kept = ['signals', 'decisions', 'orders', 'fills', 'trades', 'equity', 'events', 'alerts']
  lines.push(kept.map((name) => `${name} ${String(counts[name] ?? 0)}`).join(', '))
  const byStrategy = [...statisticsBy(trades, (trade) => trade.strategyId)]
  const bySymbol = [...statisticsBy(trades, (trade) => trade.symbol)]
  const rows = [row('all', tradeStatistics(trades)), ...byStrategy.map(([name, each]) => row(name, each))]
  lines.push('', ...table([HEAD, ...rows]), '', ...table([HEAD, ...bySymbol.map(([name, each]) => row(name, each))]))
  return lines.join('\n')
}
