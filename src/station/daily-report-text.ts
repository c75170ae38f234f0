/** The report of a day for people, in a terminal or a message. */
import type { DailyReport } from './daily-report.ts'
import { money, statisticsTable } from './statistics-table.ts'

const MOST_LINES = 8

export function dailyReportText(report: DailyReport): string {
  const { date, isOpen, trades, byStrategy, bySymbol, approved, denied, dropped, policyChanges, alerts } = report
  const rows = [['all', trades] as const, ...byStrategy.map((row) => [row.key, row] as const)]
  const bodies = [
    `${date} UTC${isOpen ? ', not over yet' : ''}: ${accountLine(report)}`,
    statisticsTable(rows).join('\n'),
    bySymbol.length < 2 ? '' : statisticsTable(bySymbol.map((row) => [row.key, row] as const)).join('\n'),
    [`approved ${String(approved)}`, line('denied', denied), line('dropped', dropped)].join('\n'),
    some(
      'policy',
      policyChanges,
      ({ policy }) => `v${String(policy.version)} ${policy.riskMode} by ${policy.updatedBy}: ${policy.reason}`,
    ),
    some('alerts', alerts, ({ severity, message }) => `${severity}: ${message}`),
  ]
  return bodies.filter((body) => body !== '').join('\n\n')
}

function accountLine({ account }: DailyReport): string {
  if (account === null) return 'no account'
  const { equityStart, equityEnd, returnPct, maxDrawdownPct } = account
  const change = `${equityStart.toFixed(2)} → ${equityEnd.toFixed(2)} USDT`
  return `${change}, ${money(returnPct)} %, largest drawdown ${maxDrawdownPct.toFixed(2)} %`
}

const line = (what: string, counts: readonly { readonly name: string; readonly count: number }[]): string =>
  `${what} ${counts.length === 0 ? '0' : counts.map(({ name, count }) => `${name} ${String(count)}`).join(', ')}`

function some<Row>(what: string, rows: readonly Row[], textOf: (row: Row) => string): string {
  if (rows.length === 0) return ''
  const more = rows.length > MOST_LINES ? [`  and ${String(rows.length - MOST_LINES)} more`] : []
  return [`${what}:`, ...rows.slice(0, MOST_LINES).map((row) => `  ${textOf(row)}`), ...more].join('\n')
}
