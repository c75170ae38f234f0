/** A position with what the market says of it now. */
import { exact } from '../core/model/decimal.ts'
import { bracketOf, liquidationPrice } from '../core/model/leverage.ts'
import type { Position } from '../core/model/position.ts'
import { signOf } from '../core/model/signal.ts'
import { FOREIGN } from './books.ts'
import type { LivePosition } from './station-values.ts'
import type { SymbolDesk } from './symbol-desk.ts'

/** What the executor knows of its protection. */
export type Guarding = Pick<
  LivePosition,
  'isProtected' | 'unprotectedSince' | 'protection' | 'nakedSeconds' | 'verifiedAt' | 'frozen'
>

export function livePosition(position: Position, desk: SymbolDesk | undefined, guarding: Guarding): LivePosition {
  const entry = position.entryPrice.toNumber()
  const mark = desk === undefined || Number.isNaN(desk.mark) ? entry : desk.mark
  const sign = signOf(position.side)
  const quantity = position.quantity.toNumber()
  const stop = position.stopPrice.toNumber()
  const bracket = bracketOf(desk?.instrument.brackets ?? [], quantity * mark)
  const liquidation =
    bracket === undefined
      ? null
      : liquidationPrice({ side: position.side, entry, quantity, leverage: position.leverage, bracket })
  return {
    ...position,
    mark,
    unrealised: exact(mark).minus(position.entryPrice).times(position.quantity).times(sign),
    stopDistance: stop > 0 ? (sign * (mark - stop)) / mark : 1,
    lossAtStop: stop > 0 ? sign * (mark - stop) * quantity : mark * quantity,
    ...guarding,
    isForeign: position.strategyId === FOREIGN,
    liquidationPrice: liquidation !== null && liquidation > 0 ? liquidation : null,
  }
}
