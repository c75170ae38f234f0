/** Our orders in the exchange's words, and back. */
import { exact, ZERO } from '../../core/model/decimal.ts'
import type { ClientOrderId } from '../../core/model/ids.ts'
import { isConditional, type OrderRequest, type OrderType, type TimeInForce } from '../../core/model/order.ts'
import type { VenueOrder, VenueOrderState } from '../../core/ports/venue.ts'
import type { AlgoRow, OrderRow } from './wire/trading.ts'

type Params = Record<string, string | number | boolean>

const PERCENT = 100

/** For POST order. Quantities and prices leave as the exact text they are. */
function regularParams(request: OrderRequest): Params {
  const { symbol, side, type, clientOrderId, quantity, price, timeInForce, reduceOnly } = request
  return {
    symbol,
    side,
    type,
    quantity: quantity.toString(),
    ...(price === null ? {} : { price: price.toString() }),
    ...(timeInForce === null || type === 'MARKET' ? {} : { timeInForce }),
    ...(reduceOnly ? { reduceOnly: 'true' } : {}),
    newClientOrderId: clientOrderId,
    newOrderRespType: 'RESULT',
  }
}

/** For POST algoOrder: triggered by the last price, never held back by a protection band (SPEC §9). */
function algoParams(request: OrderRequest): Params {
  const { symbol, side, type, clientOrderId, quantity, triggerPrice, activationPrice, callback, reduceOnly } = request
  return {
    algoType: 'CONDITIONAL',
    symbol,
    side,
    type,
    quantity: quantity.toString(),
    ...(triggerPrice === null ? {} : { triggerPrice: triggerPrice.toString() }),
    ...(activationPrice === null ? {} : { activatePrice: activationPrice.toString() }),
    ...(callback === null ? {} : { callbackRate: exact(callback).times(PERCENT).toString() }),
    ...(reduceOnly ? { reduceOnly: 'true' } : {}),
    workingType: 'CONTRACT_PRICE',
    priceProtect: 'false',
    clientAlgoId: clientOrderId,
    newOrderRespType: 'RESULT',
  }
}

export const orderCall = (request: OrderRequest): { readonly path: string; readonly params: Params } =>
  isConditional(request.type)
    ? { path: 'algoOrder', params: algoParams(request) }
    : { path: 'order', params: regularParams(request) }

const STATES: Readonly<Record<string, VenueOrderState>> = {
  NEW: 'OPEN',
  PARTIALLY_FILLED: 'PARTIALLY_FILLED',
  FILLED: 'FILLED',
  CANCELED: 'CANCELLED',
  EXPIRED: 'EXPIRED',
  EXPIRED_IN_MATCH: 'EXPIRED',
  REJECTED: 'REJECTED',
  NEW_INSURANCE: 'FILLED',
  NEW_ADL: 'FILLED',
}

/** An unknown word of the exchange: the order may still work. */
export const stateOf = (status: string): VenueOrderState => STATES[status] ?? 'OPEN'

const ORDER_TYPES: ReadonlySet<string> = new Set<OrderType>([
  'LIMIT',
  'MARKET',
  'STOP_MARKET',
  'TAKE_PROFIT_MARKET',
  'TRAILING_STOP_MARKET',
])
const isOrderType = (type: string): type is OrderType => ORDER_TYPES.has(type)

const TIMES: ReadonlySet<string> = new Set<TimeInForce>(['GTC', 'IOC', 'FOK', 'GTX'])
const isTimeInForce = (time: string): time is TimeInForce => TIMES.has(time)

export function venueOrderOf(row: OrderRow): VenueOrder {
  const type = isOrderType(row.type) ? row.type : 'LIMIT'
  const request: OrderRequest = {
    clientOrderId: row.clientOrderId as ClientOrderId,
    symbol: row.symbol,
    side: row.side,
    type,
    timeInForce: type === 'LIMIT' && isTimeInForce(row.timeInForce) ? row.timeInForce : null,
    quantity: row.origQty,
    price: row.price.isZero() ? null : row.price,
    triggerPrice: null,
    activationPrice: null,
    callback: null,
    reduceOnly: row.reduceOnly,
    leverage: null,
  }
  return {
    clientOrderId: request.clientOrderId,
    venueOrderId: row.orderId,
    request,
    state: row.status === 'NEW' && row.executedQty.gt(0) ? 'PARTIALLY_FILLED' : stateOf(row.status),
    filledQuantity: row.executedQty,
    averagePrice: row.avgPrice ?? ZERO,
    updatedAt: row.updateTime,
  }
}

/** `TRIGGERING` and `TRIGGERED` still work: their child has the last word, and the same client id. */
const ALGO_STATES: Readonly<Record<string, VenueOrderState>> = {
  CANCELED: 'CANCELLED',
  EXPIRED: 'EXPIRED',
  REJECTED: 'EXPIRED',
  FINISHED: 'EXPIRED',
}

export function venueAlgoOf(row: AlgoRow): VenueOrder {
  const request: OrderRequest = {
    clientOrderId: row.clientAlgoId as ClientOrderId,
    symbol: row.symbol,
    side: row.side,
    type: isOrderType(row.orderType) ? row.orderType : 'STOP_MARKET',
    timeInForce: null,
    quantity: row.quantity ?? ZERO,
    price: null,
    triggerPrice: row.triggerPrice?.isZero() === false ? row.triggerPrice : null,
    activationPrice: row.activatePrice?.isZero() === false ? row.activatePrice : null,
    callback: row.callbackRate?.isZero() === false ? row.callbackRate.div(PERCENT).toNumber() : null,
    reduceOnly: row.reduceOnly,
    leverage: null,
  }
  return {
    clientOrderId: request.clientOrderId,
    venueOrderId: row.algoId,
    request,
    state: ALGO_STATES[row.algoStatus] ?? 'OPEN',
    filledQuantity: ZERO,
    averagePrice: ZERO,
    updatedAt: row.updateTime,
    isTriggered: row.algoStatus === 'TRIGGERING' || row.algoStatus === 'TRIGGERED',
  }
}
