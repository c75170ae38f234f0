/** Trades of the account as fills, from the stream and from the lists: the same trade has the same id in both. */
import { booked, exact, type Exact } from '../../core/model/decimal.ts'
import type { ClientOrderId, FillId } from '../../core/model/ids.ts'
import type { Fill } from '../../core/model/order.ts'
import type { BinanceSettings } from './settings.ts'
import type { UserTradeRow } from './wire/trading.ts'
import type { OrderUpdate } from './wire/user-events.ts'

const fillIdOf = (symbol: string, tradeId: string): FillId => `${symbol}:${tradeId}` as FillId

/** Paid in another asset (e.g. with a discount in BNB): what it would have been in USDT at the usual rate. */
function feeOf(fee: Exact, asset: string, notional: Exact, settings: BinanceSettings): Exact {
  return asset === 'USDT' ? fee : booked(notional.times(exact(settings.assumedTakerFee)))
}

/** null: the event names no trade of its own, the list of trades will */
export function fillOfUpdate({ o }: OrderUpdate, settings: BinanceSettings): Fill | null {
  const { l: quantity, L: price, t: tradeId } = o
  if (quantity === null || price === null || !quantity.gt(0)) return null
  if (tradeId === null || tradeId === undefined || Number(tradeId) <= 0) return null
  const fee = o.n ?? exact(0)
  return {
    id: fillIdOf(o.s, tradeId),
    clientOrderId: o.c as ClientOrderId,
    symbol: o.s,
    side: o.S,
    price,
    quantity,
    fee: feeOf(fee, o.N ?? 'USDT', price.times(quantity), settings),
    liquidity: o.m === true ? 'MAKER' : 'TAKER',
    at: o.T,
  }
}

export function fillOfTrade(row: UserTradeRow, clientOrderId: ClientOrderId, settings: BinanceSettings): Fill {
  return {
    id: fillIdOf(row.symbol, row.id),
    clientOrderId,
    symbol: row.symbol,
    side: row.side,
    price: row.price,
    quantity: row.qty,
    fee: feeOf(row.commission, row.commissionAsset, row.price.times(row.qty), settings),
    liquidity: row.maker ? 'MAKER' : 'TAKER',
    at: row.time,
  }
}
