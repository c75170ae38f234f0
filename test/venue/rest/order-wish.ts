/** Reads the parameters of a new regular order. */
import { exact } from '../../../src/core/model/decimal.ts'
import type { OrderSide } from '../../../src/core/model/order.ts'
import { VenueError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import type { NewOrder, TimeInForce } from '../trading/order.ts'
import type { VenueRequest } from './request.ts'

const TIMES_IN_FORCE = new Set(['GTC', 'IOC', 'FOK', 'GTX', 'GTD'])
const CONDITIONAL = new Set(['STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'])

export function orderWish(exchange: Exchange, request: VenueRequest): NewOrder {
  const symbol = request.text('symbol')
  const side = sideOf(request)
  const type = request.text('type')
  if (CONDITIONAL.has(type)) throw new VenueError(-4120)
  if (type !== 'LIMIT' && type !== 'MARKET') throw new VenueError(-1116)
  const isLimit = type === 'LIMIT'
  if (!isLimit && request.has('price')) throw new VenueError(-1106, "Parameter 'price' sent when not required.")
  if (!isLimit && request.has('timeInForce'))
    throw new VenueError(-1106, "Parameter 'timeinforce' sent when not required.")
  const timeInForce = isLimit ? timeInForceOf(request.text('timeInForce')) : 'GTC'
  const quantity = request.amount('quantity')
  const price = isLimit ? request.amount('price') : exact(0)
  exchange.market(symbol)
  checkPositionSide(exchange, request)
  return {
    clientId:
      request.optional('newClientOrderId') ??
      `auto_${exchange.now()}_${exchange.account.trades.length}_${exchange.nextOrderId()}`,
    symbol,
    side,
    type,
    timeInForce,
    quantity,
    price,
    reduceOnly: request.flag('reduceOnly'),
    closePosition: false,
    goodTillDate: timeInForce === 'GTD' ? request.whole('goodTillDate', 0) : 0,
    selfTradePrevention: request.optional('selfTradePreventionMode') ?? 'EXPIRE_MAKER',
  }
}

export function sideOf(request: VenueRequest): OrderSide {
  const side = request.text('side')
  if (side !== 'BUY' && side !== 'SELL') throw new VenueError(-1117)
  return side
}

export function timeInForceOf(text: string): TimeInForce {
  if (!TIMES_IN_FORCE.has(text)) throw new VenueError(-1115)
  return text as TimeInForce
}

/** One-way: BOTH or nothing. In hedge mode no order of ours fits: clients must notice the mode before they trade. */
export function checkPositionSide(exchange: Exchange, request: VenueRequest): void {
  const positionSide = request.optional('positionSide') ?? 'BOTH'
  if (exchange.account.isDualSide) {
    if (positionSide !== 'BOTH' && request.has('reduceOnly')) {
      throw new VenueError(-1106, "Parameter 'reduceonly' sent when not required.")
    }
    throw new VenueError(-4061)
  }
  if (positionSide !== 'BOTH') throw new VenueError(-4061)
}
