/** What the closed trades say: statistics whole and by group, a report of each day, and the journal as files. */
import { z } from 'zod'

import { read } from './procedure.ts'
import { Id, Instant, InstantInput, numberFrom, SymbolName } from './values.ts'

const tags = ['analytics']

/** Money in USDT; null: too few trades to say. */
const statistics = {
  trades: z.number().int(),
  wins: z.number().int(),
  win_rate: z.number().nullable(),
  profit: z.number(),
  /** gains ÷ losses; null without losses */
  profit_factor: z.number().nullable(),
  /** mean profit of a trade */
  expectancy: z.number().nullable(),
  mean_r: z.number().nullable(),
  /** of the profit per UTC day, × √365 */
  sharpe: z.number().nullable(),
  /** largest fall of the summed profit */
  max_drawdown: z.number(),
  mean_hold_ms: z.number().nullable(),
  fees: z.number(),
  funding: z.number(),
  /** basis points by which entries filled worse than the signal's price */
  mean_slippage_bp: z.number().nullable(),
}
export const TradeStatistics = z.object(statistics)
export type TradeStatistics = z.infer<typeof TradeStatistics>

const GroupRow = z.object({ key: z.string(), ...statistics })
export type GroupRow = z.infer<typeof GroupRow>

/** Trades closed in [from, to]; `limit`: only the latest so many. */
const selection = {
  from: InstantInput.optional(),
  to: InstantInput.optional(),
  symbol: SymbolName.optional(),
  strategy_id: Id.optional(),
  limit: numberFrom(z.number().int().min(1).max(20_000)).default(5000),
}

/** Whether there were more trades than `limit`: then only the latest are counted. */
const cut = { cut: z.boolean() }

const DateName = z.iso.date({ error: 'must be a date, like 2025-01-31' })
const Counted = z.object({ name: z.string(), count: z.number().int() })

/** One UTC day. */
export const DailyReport = z.object({
  date: DateName,
  /** the day is not over yet */
  is_open: z.boolean(),
  /** null: there was no account */
  account: z
    .object({
      equity_start: z.number(),
      equity_end: z.number(),
      /** deposits do not count */
      return_pct: z.number(),
      max_drawdown_pct: z.number(),
    })
    .nullable(),
  trades: TradeStatistics,
  by_strategy: z.array(GroupRow),
  by_symbol: z.array(GroupRow),
  by_mode: z.array(GroupRow),
  /** what became of every wish */
  approved: z.number().int(),
  denied: z.array(Counted),
  dropped: z.array(Counted),
  policy_changes: z.array(
    z.object({ version: z.number().int(), at: Instant, actor: z.string(), reason: z.string(), risk_mode: z.string() }),
  ),
  alerts: z.array(z.object({ at: Instant, severity: z.string(), code: z.string(), message: z.string() })),
  /** the same for people */
  text: z.string(),
})
export type DailyReport = z.infer<typeof DailyReport>

export const analytics = {
  summary: read
    .route({ method: 'GET', path: '/api/analytics/summary', tags, summary: 'Statistics of the closed trades' })
    .input(z.strictObject(selection))
    .output(z.object({ statistics: TradeStatistics, ...cut })),
  by: read
    .route({
      method: 'GET',
      path: '/api/analytics/by/{group}',
      tags,
      summary: 'The same by strategy, symbol, mode, side, regime, model, hour of entry, day or reason of the exit',
    })
    .input(
      z.strictObject({
        group: z.enum(['strategy', 'symbol', 'mode', 'side', 'regime', 'model', 'hour', 'day', 'exit_reason']),
        ...selection,
      }),
    )
    .output(z.object({ items: z.array(GroupRow), next: z.null(), ...cut })),
  report: read
    .route({ method: 'GET', path: '/api/analytics/report', tags, summary: 'One UTC day: account, trades, denials' })
    .input(z.strictObject({ date: DateName.optional() }))
    .output(DailyReport),
  export: read
    .route({
      method: 'GET',
      path: '/api/analytics/export/{table}',
      tags,
      summary: 'A table as a file in JSON; the file itself is at /api/analytics/export/{table}.csv and .json',
    })
    .input(
      z.strictObject({
        table: z.enum(['trades', 'fills', 'orders', 'ledger', 'equity', 'tax']),
        format: z.enum(['csv', 'json']).default('csv'),
        from: InstantInput.optional(),
        to: InstantInput.optional(),
      }),
    )
    .output(z.object({ name: z.string(), media_type: z.string(), text: z.string() })),
}
