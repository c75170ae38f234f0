/** What an entry that was dropped or denied would have made until now, from the candles that came after it. */
import { hindsight, type Hindsight } from '../core/analytics/hindsight.ts'
import { intervalMs } from '../core/model/interval.ts'
import type { StationFacade } from './facade.ts'

/** finest first: the first that spans the time since the signal is taken */
const INTERVALS = ['1m', '5m', '15m', '1h'] as const
const MOST_CANDLES = 1000
/** a trace has a signal for each strategy and symbol of its candle */
const MOST_SIGNALS = 1000

type Asked = Pick<StationFacade, 'records' | 'candles' | 'instruments' | 'status'>

/** Null: it was taken, came from no signal, or the candles do not reach back to it. */
export async function hindsightOf(facade: Asked, decisionId: string): Promise<Hindsight | null> {
  const decision = facade.records.decision(decisionId)
  if (decision === null || decision.kind !== 'ENTRY' || decision.outcome === 'approved') return null
  const { traceId, symbol, signalId } = decision
  const { items } = facade.records.signals({ traceId, symbol, limit: MOST_SIGNALS })
  const signal = items.find(({ id }) => id === signalId)
  const instrument = facade.instruments().find((each) => each.symbol === symbol)
  if (signal === undefined || instrument === undefined) return null
  const age = facade.status().now - signal.createdAt
  const interval = INTERVALS.find((each) => age <= MOST_CANDLES * intervalMs(each))
  if (interval === undefined) return null
  const barMs = intervalMs(interval)
  const told = await facade.candles(symbol, interval, Math.ceil(age / barMs))
  const since = told.filter(({ openAt }) => openAt >= signal.createdAt)
  const reachesBack = (since[0]?.openAt ?? Infinity) < signal.createdAt + barMs
  return reachesBack ? hindsight(signal, since, instrument.takerFee, barMs) : null
}
