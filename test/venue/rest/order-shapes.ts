/** Bodies of regular orders and trades (BINANCE.md §4.1). */
import type { AccountTrade } from '../account/account.ts'
import type { Exchange } from '../exchange.ts'
import { moneyText, priceText, quantityText } from '../market/symbol-rules.ts'
import { averageOf, type Order } from '../trading/order.ts'

/** As POST, PUT and DELETE acknowledge it; slim: without avgPrice and cumQuote. */
export function orderAck(exchange: Exchange, order: Order): Record<string, unknown> {
  const { rules } = exchange.market(order.symbol)
  const prices = exchange.settings.slimAck ? {} : pricesOf(exchange, order)
  return {
    orderId: order.id,
    symbol: order.symbol,
    status: order.status,
    clientOrderId: order.clientId,
    price: priceText(rules, order.price),
    ...prices,
    origQty: quantityText(rules, order.quantity),
    executedQty: quantityText(rules, order.executed),
    cumQty: quantityText(rules, order.executed),
    timeInForce: order.timeInForce,
    type: order.type,
    reduceOnly: order.reduceOnly,
    closePosition: order.closePosition,
    side: order.side,
    positionSide: 'BOTH',
    stopPrice: priceText(rules, order.origin?.triggerPrice ?? 0),
    workingType: order.origin?.workingType ?? 'CONTRACT_PRICE',
    priceProtect: false,
    origType: order.origin?.type ?? order.type,
    priceMatch: 'NONE',
    selfTradePreventionMode: order.selfTradePrevention,
    goodTillDate: order.goodTillDate,
    updateTime: order.updatedAt,
  }
}

/** The first word only, before anything was matched. */
export function orderFirstAck(exchange: Exchange, order: Order): Record<string, unknown> {
  const { rules } = exchange.market(order.symbol)
  const nothing = quantityText(rules, 0)
  return { ...orderAck(exchange, order), status: 'NEW', executedQty: nothing, cumQty: nothing }
}

/** As questions about it are answered. */
export function orderBody(exchange: Exchange, order: Order): Record<string, unknown> {
  const { cumQty: _cumQty, ...ack } = orderAck(exchange, order)
  return { ...ack, ...pricesOf(exchange, order), time: order.createdAt }
}

function pricesOf(exchange: Exchange, order: Order) {
  const { rules } = exchange.market(order.symbol)
  return { avgPrice: priceText(rules, averageOf(order)), cumQuote: order.quote.toFixed(5) }
}

export function tradeBody(exchange: Exchange, trade: AccountTrade): Record<string, unknown> {
  const { rules } = exchange.market(trade.symbol)
  return {
    symbol: trade.symbol,
    id: trade.id,
    orderId: trade.orderId,
    side: trade.side,
    price: priceText(rules, trade.price),
    qty: quantityText(rules, trade.quantity),
    realizedPnl: trade.realized.isZero() ? '0' : moneyText(trade.realized),
    marginAsset: rules.marginAsset,
    quoteQty: trade.quote.toFixed(5),
    commission: moneyText(trade.commission),
    commissionAsset: trade.commissionAsset,
    time: trade.at,
    positionSide: 'BOTH',
    maker: trade.isMaker,
    buyer: trade.side === 'BUY',
  }
}
