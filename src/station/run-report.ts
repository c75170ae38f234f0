/** What a journal tells of its account and its trades, for people: the text of `report` and of a run's end. */
import { statisticsBy, tradeStatistics } from '../core/analytics/trade-statistics.ts'
import type { Trade } from '../core/model/position.ts'
import type { Records } from '../core/ports/records.ts'
import { money, statisticsTable } from './statistics-table.ts'

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

const time = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ')

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
  lines.push(
    '',
    ...statisticsTable([['all', tradeStatistics(trades)], ...byStrategy]),
    '',
    ...statisticsTable(bySymbol),
  )
  return lines.join('\n')
}
