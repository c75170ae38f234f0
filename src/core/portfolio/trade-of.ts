/** A closed position as a trade, with its result in multiples of the risk it was taken at. */
import type { TradeId } from '../model/ids.ts'
import type { ExitReason, Position, Trade } from '../model/position.ts'
import { signOf } from '../model/signal.ts'

export interface Closing {
  readonly id: TradeId
  readonly at: number
  readonly reason: ExitReason
  /** the mode in force when it was opened */
  readonly riskMode: string
}

/** `closed`: a position of which nothing is left. R = profit ÷ (|entry − initial stop| × quantity), 0 when no stop was known. */
export function tradeOf(closed: Position, closing: Closing): Trade {
  const quantity = closed.enteredQuantity
  const entryPrice = closed.enteredCost.div(quantity)
  const profit = closed.realised.minus(closed.fees).plus(closed.funding)
  const risk = entryPrice.minus(closed.initialStopPrice).abs().times(quantity)
  const hasRisk = closed.initialStopPrice.gt(0) && risk.gt(0)
  return {
    id: closing.id,
    intentId: closed.intentId,
    traceId: closed.traceId,
    symbol: closed.symbol,
    side: closed.side,
    strategyId: closed.strategyId,
    policyVersion: closed.policyVersion,
    riskMode: closing.riskMode,
    quantity,
    entryPrice,
    exitPrice: entryPrice.plus(closed.realised.div(quantity).times(signOf(closed.side))),
    openedAt: closed.openedAt,
    closedAt: closing.at,
    realised: closed.realised,
    fees: closed.fees,
    funding: closed.funding,
    profit,
    rMultiple: hasRisk ? profit.div(risk).toNumber() : 0,
    exitReason: closing.reason,
  }
}
