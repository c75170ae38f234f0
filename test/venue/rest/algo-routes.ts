/** Conditional orders: their own endpoints and bodies (BINANCE.md §4.2). */
import { VenueError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { priceText, quantityText } from '../market/symbol-rules.ts'
import { isLive, isWaiting, type AlgoOrder, type AlgoTerms } from '../trading/algo-order.ts'
import { averageOf, type AlgoType } from '../trading/order.ts'
import { checkPositionSide, sideOf, timeInForceOf } from './order-wish.ts'
import type { VenueRequest } from './request.ts'
import { bySymbol, type Asked, type Route } from './route.ts'
import { inWindow } from './window.ts'

const TYPES = new Set(['STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'])

export const ALGO_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/fapi/v1/algoOrder',
    weight: 0,
    security: 'signed',
    trades: true,
    orders: () => 1,
    answer: placeOne,
  },
  { method: 'DELETE', path: '/fapi/v1/algoOrder', weight: 1, security: 'signed', trades: true, answer: cancelOne },
  {
    method: 'DELETE',
    path: '/fapi/v1/algoOpenOrders',
    weight: 1,
    security: 'signed',
    trades: true,
    answer: cancelAll,
  },
  { method: 'GET', path: '/fapi/v1/algoOrder', weight: 1, security: 'signed', answer: askOne },
  { method: 'GET', path: '/fapi/v1/openAlgoOrders', weight: bySymbol(1, 40), security: 'signed', answer: openOnes },
  { method: 'GET', path: '/fapi/v1/allAlgoOrders', weight: 5, security: 'signed', answer: allOnes },
]

function placeOne({ exchange, request }: Asked): unknown {
  return ackOf(exchange, exchange.algos.place(termsOf(exchange, request)))
}

function termsOf(exchange: Exchange, request: VenueRequest): AlgoTerms {
  if (request.text('algoType') !== 'CONDITIONAL')
    throw new VenueError(-1130, "Data sent for parameter 'algoType' is not valid.")
  const symbol = request.text('symbol')
  const side = sideOf(request)
  const type = typeOf(request)
  const isTrailing = type === 'TRAILING_STOP_MARKET'
  const closePosition = request.flag('closePosition')
  const isLimit = type === 'STOP' || type === 'TAKE_PROFIT'
  exchange.market(symbol)
  checkPositionSide(exchange, request)
  return {
    clientId: request.optional('clientAlgoId') ?? `auto_${exchange.nextOrderId()}`,
    symbol,
    side,
    type,
    timeInForce: timeInForceOf(request.optional('timeInForce') ?? 'GTC'),
    quantity: closePosition ? request.optionalAmount('quantity') : request.amount('quantity'),
    price: isLimit ? request.amount('price') : request.optionalAmount('price').times(0),
    triggerPrice: isTrailing ? request.optionalAmount('triggerPrice').times(0) : request.amount('triggerPrice'),
    workingType: workingTypeOf(request),
    closePosition,
    priceProtect: request.flag('priceProtect'),
    reduceOnly: request.flag('reduceOnly'),
    activatePrice: isTrailing ? request.optionalAmount('activatePrice') : request.optionalAmount('price').times(0),
    callbackRate: isTrailing ? request.amount('callbackRate') : request.optionalAmount('price').times(0),
    goodTillDate: request.whole('goodTillDate', 0),
    selfTradePrevention: request.optional('selfTradePreventionMode') ?? 'EXPIRE_MAKER',
  }
}

function typeOf(request: VenueRequest): AlgoType {
  const type = request.text('type')
  if (!TYPES.has(type)) throw new VenueError(-1116)
  return type as AlgoType
}

function workingTypeOf(request: VenueRequest): AlgoTerms['workingType'] {
  const type = request.optional('workingType') ?? 'CONTRACT_PRICE'
  if (type === 'CONTRACT_PRICE' || type === 'MARK_PRICE') return type
  throw new VenueError(-1130, "Data sent for parameter 'workingType' is not valid.")
}

function ackOf(exchange: Exchange, algo: AlgoOrder): Record<string, unknown> {
  const { rules } = exchange.market(algo.symbol)
  const isTrailing = algo.type === 'TRAILING_STOP_MARKET'
  return {
    algoId: algo.id,
    clientAlgoId: algo.clientId,
    algoType: 'CONDITIONAL',
    orderType: algo.type,
    symbol: algo.symbol,
    side: algo.side,
    positionSide: 'BOTH',
    timeInForce: algo.timeInForce,
    quantity: quantityText(rules, algo.quantity),
    algoStatus: algo.status,
    triggerPrice: priceText(rules, algo.triggerPrice),
    price: priceText(rules, algo.price),
    icebergQuantity: null,
    selfTradePreventionMode: algo.selfTradePrevention,
    workingType: algo.workingType,
    priceMatch: 'NONE',
    closePosition: algo.closePosition,
    priceProtect: algo.priceProtect,
    reduceOnly: algo.reduceOnly,
    activatePrice: isTrailing ? priceText(rules, algo.activatePrice) : '',
    callbackRate: isTrailing ? algo.callbackRate.toFixed() : '',
    createTime: algo.createdAt,
    updateTime: algo.updatedAt,
    triggerTime: algo.triggeredAt,
    goodTillDate: algo.goodTillDate,
  }
}

function bodyOf(exchange: Exchange, algo: AlgoOrder): Record<string, unknown> {
  const { rules } = exchange.market(algo.symbol)
  const { child } = algo
  return {
    ...ackOf(exchange, algo),
    actualOrderId: child === null ? '' : String(child.id),
    actualPrice: child === null ? '0.00000' : priceText(rules, averageOf(child)),
    tpOrderType: '',
  }
}

function askOne({ exchange, request }: Asked): unknown {
  const algo = lookUp(exchange, request)
  if (algo === null) throw new VenueError(-2013)
  const { rules } = exchange.market(algo.symbol)
  const actualQty = quantityText(rules, algo.child?.executed ?? 0)
  return { ...bodyOf(exchange, algo), actualType: algo.child?.type ?? '', actualQty }
}

const LIST_FIELDS = { tpTriggerPrice: '0.00', tpPrice: '0.00', slTriggerPrice: '0.00', slPrice: '0.00' }

function openOnes({ exchange, request }: Asked): unknown {
  const symbol = request.optional('symbol')
  const algos = symbol === null ? exchange.algos.allLive() : exchange.algos.liveOf(exchange.market(symbol).symbol)
  return algos.filter(isLive).map((algo) => ({ ...bodyOf(exchange, algo), ...LIST_FIELDS }))
}

function allOnes({ exchange, request }: Asked): unknown {
  const rows = exchange.algos.all(exchange.market(request.text('symbol')).symbol)
  const found = inWindow(exchange, request, rows, (algo) => algo.createdAt, 500)
  return found.map((algo) => ({ ...bodyOf(exchange, algo), ...LIST_FIELDS }))
}

function cancelOne({ exchange, request }: Asked): unknown {
  const algo = lookUp(exchange, request)
  if (algo === null || !isWaiting(algo)) throw new VenueError(-2011)
  exchange.algos.cancel(algo)
  return { algoId: algo.id, clientAlgoId: algo.clientId, code: '200', msg: 'success' }
}

function cancelAll({ exchange, request }: Asked): unknown {
  const { symbol } = exchange.market(request.text('symbol'))
  for (const algo of exchange.algos.liveOf(symbol)) if (isWaiting(algo)) exchange.algos.cancel(algo)
  return { code: 200, msg: 'The operation of cancel all open order is done.' }
}

function lookUp(exchange: Exchange, request: VenueRequest): AlgoOrder | null {
  if (request.has('algoId')) return exchange.algos.find(request.whole('algoId', 0))
  const clientId = request.optional('clientAlgoId')
  if (clientId !== null) return exchange.algos.findByClientId(clientId)
  throw new VenueError(-1102, "Param 'clientAlgoId' or 'algoId' must be sent, but both were empty/null!")
}
