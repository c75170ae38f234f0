/** What the closed trades say, answered; the journal is read in pages, so that trading goes on. */
import type { DailyReport as ToldReport, TradeStatistics as ToldStatistics } from '../../contract/analytics.ts'
import { groupStatistics, statisticsOfGroups, type GroupStatistics } from '../../core/analytics/trade-groups.ts'
import { dailyReportText } from '../daily-report-text.ts'
import { dailyReport, dateOf, type DailyReport } from '../daily-report.ts'
import type { StationFacade } from '../facade.ts'
import { analysedTrades } from '../trade-analysis.ts'
import { answering } from './call.ts'
import { exportFile } from './export-file.ts'
import { iso, msOf } from './wire-values.ts'

const { analytics } = answering

interface Selection {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly symbol?: string | undefined
  readonly strategy_id?: string | undefined
  readonly limit: number
}

const selected = ({ records }: StationFacade, { from, to, symbol, strategy_id, limit }: Selection) =>
  analysedTrades(records, { from: msOf(from), to: msOf(to), symbol, strategyId: strategy_id }, limit)

const statisticsWire = (statistics: GroupStatistics): ToldStatistics => ({
  trades: statistics.trades,
  wins: statistics.wins,
  win_rate: statistics.winRate,
  profit: statistics.profit,
  profit_factor: statistics.profitFactor,
  expectancy: statistics.expectancy,
  mean_r: statistics.meanR,
  sharpe: statistics.sharpe,
  max_drawdown: statistics.maxDrawdown,
  mean_hold_ms: statistics.meanHoldMs,
  fees: statistics.fees,
  funding: statistics.funding,
  mean_slippage_bp: statistics.meanSlippageBp,
})

const rowWire = (row: GroupStatistics & { readonly key: string }) => ({ key: row.key, ...statisticsWire(row) })

const reportWire = (report: DailyReport): ToldReport => ({
  date: report.date,
  is_open: report.isOpen,
  account: report.account && {
    equity_start: report.account.equityStart,
    equity_end: report.account.equityEnd,
    return_pct: report.account.returnPct,
    max_drawdown_pct: report.account.maxDrawdownPct,
  },
  trades: statisticsWire(report.trades),
  by_strategy: report.byStrategy.map(rowWire),
  by_symbol: report.bySymbol.map(rowWire),
  by_mode: report.byMode.map(rowWire),
  approved: report.approved,
  denied: [...report.denied],
  dropped: [...report.dropped],
  policy_changes: report.policyChanges.map(({ policy: { version, updatedAt, updatedBy, reason, riskMode } }) => ({
    version,
    at: iso(updatedAt),
    actor: updatedBy,
    reason,
    risk_mode: riskMode,
  })),
  alerts: report.alerts.map(({ raisedAt, severity, code, message }) => ({
    at: iso(raisedAt),
    severity,
    code,
    message,
  })),
  text: dailyReportText(report),
})

export const analyticsAnswers = (facade: StationFacade) => ({
  summary: analytics.summary.handler(async ({ input }) => {
    const { trades, isCut } = await selected(facade, input)
    return { statistics: statisticsWire(groupStatistics(trades)), cut: isCut }
  }),
  by: analytics.by.handler(async ({ input }) => {
    const { trades, isCut } = await selected(facade, input)
    return { items: statisticsOfGroups(trades, input.group).map(rowWire), next: null, cut: isCut }
  }),
  report: analytics.report.handler(async ({ input }) => {
    const { now } = facade.status()
    return reportWire(await dailyReport(facade, input.date ?? dateOf(now), now))
  }),
  export: analytics.export.handler(({ input }) => {
    const { table, format, from, to } = input
    return exportFile(facade.records, { table, format, from: msOf(from), to: msOf(to) })
  }),
})
