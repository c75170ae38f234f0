/** The filters of a list as the journal understands them. */
import type { RecordQuery } from '../../core/ports/records.ts'
import { msOf } from './wire-values.ts'

interface AskedPage {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly symbol?: string | undefined
  readonly strategy_id?: string | undefined
  readonly trace_id?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export const recordQuery = (asked: AskedPage): RecordQuery => ({
  limit: asked.limit,
  cursor: asked.cursor,
  symbol: asked.symbol,
  strategyId: asked.strategy_id,
  traceId: asked.trace_id,
  from: msOf(asked.from),
  to: msOf(asked.to),
})
