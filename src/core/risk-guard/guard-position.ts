/** A position of the books as the guard adds it up; made once per position and mark, not once per check. */
import { openLossPerUnit, lossPerUnit } from '../model/loss-per-unit.ts'
import type { Position } from '../model/position.ts'
import type { GuardPosition } from './context.ts'

export interface PositionMarket {
  readonly mark: number
  readonly takerFee: number
  /** `policy.rules.guard.slippage` */
  readonly slippage: number
  /** next funding rate, 0 where there is none */
  readonly fundingRate: number
}

type Held = Pick<Position, 'symbol' | 'side' | 'quantity' | 'entryPrice' | 'leverage' | 'stopPrice'> & {
  readonly intentId: Position['intentId'] | null
}

/** A stop price of zero means that none is known: then all of the margin may be lost. */
export function guardPosition(position: Held, market: PositionMarket): GuardPosition {
  const { symbol, side, intentId, leverage } = position
  const [quantity, entry, stop] = [
    position.quantity.toNumber(),
    position.entryPrice.toNumber(),
    position.stopPrice.toNumber(),
  ]
  const hasStop = stop > 0
  const notional = quantity * market.mark
  const margin = notional / leverage
  return {
    symbol,
    side,
    intentId,
    quantity: position.quantity,
    stopPrice: hasStop ? position.stopPrice : null,
    leverage,
    notional,
    entryNotional: quantity * entry,
    lossAtStop: hasStop ? quantity * openLossPerUnit({ side, stop, ...market }) : margin,
    entryLoss: hasStop ? quantity * lossPerUnit({ side, entry, stop, ...market }) : margin,
  }
}
