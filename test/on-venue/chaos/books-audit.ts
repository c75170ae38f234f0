/** Journal against venue, to the last decimal, once everything is quiet: one sentence per difference. */
import type Database from 'better-sqlite3'

import { exact, type Exact, ZERO } from '../../../src/core/model/decimal.ts'
import type { Exchange } from '../../venue/exchange.ts'
import { isLive } from '../../venue/trading/algo-order.ts'
import { remaining, sideThatReduces } from '../../venue/trading/order.ts'

type Sql = Database.Database

const digits = (value: Exact | string): string => exact(value).toFixed()

function differences(what: string, ours: ReadonlyMap<string, string>, theirs: ReadonlyMap<string, string>): string[] {
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((key) => {
    const [journal, venue] = [ours.get(key) ?? 'nothing', theirs.get(key) ?? 'nothing']
    return journal === venue ? [] : [`${what} ${key}: the journal has ${journal}, the venue ${venue}`]
  })
}

function fillFaults(exchange: Exchange, sql: Sql): string[] {
  type Row = {
    id: string
    client_order_id: string
    side: string
    price: string
    quantity: string
    fee: string
    at: number
  }
  const rows = sql.prepare<[], Row>('SELECT id, client_order_id, side, price, quantity, fee, at FROM fills').all()
  const text = (
    id: string,
    side: string,
    quantity: Exact | string,
    price: Exact | string,
    fee: Exact | string,
  ): string => `${id} ${side} ${digits(quantity)} at ${digits(price)} fee ${digits(fee)}`
  const ours = rows.map((row): [string, string] => [
    row.id,
    `${text(row.client_order_id, row.side, row.quantity, row.price, row.fee)} time ${String(row.at)}`,
  ])
  const theirs = exchange.account.trades.map((trade): [string, string] => {
    const client = exchange.orders.find(trade.symbol, trade.orderId, exchange.now())?.clientId ?? ''
    const told = text(client, trade.side, trade.quantity, trade.price, trade.commission)
    return [`${trade.symbol}:${String(trade.id)}`, `${told} time ${String(trade.at)}`]
  })
  const twice = rows.length - new Map(ours).size
  return [
    ...differences('fill', new Map(ours), new Map(theirs)),
    ...(twice === 0 ? [] : [`${String(twice)} fills are booked twice`]),
  ]
}

function balanceFaults({ account }: Exchange, sql: Sql): string[] {
  const amounts = sql.prepare<[], string>('SELECT amount FROM ledger').pluck().all()
  const ours = amounts.reduce((sum, amount) => sum.plus(amount), ZERO).toFixed()
  const theirs = account.wallet.toFixed()
  return ours === theirs ? [] : [`balance: the journal has ${ours}, the venue ${theirs}`]
}

/** Averages are quotients: equal to the twelfth decimal. */
const AVERAGE_DECIMALS = 12

function positionFaults({ account }: Exchange, sql: Sql): string[] {
  type Row = { symbol: string; side: string; quantity: string; entry_price: string }
  const rows = sql.prepare<[], Row>('SELECT symbol, side, quantity, entry_price FROM positions').all()
  const text = (side: string, quantity: Exact | string, price: Exact | string): string =>
    `${side} ${digits(quantity)} at ${exact(price).toFixed(AVERAGE_DECIMALS)}`
  return differences(
    'position',
    new Map(rows.map((row) => [row.symbol, text(row.side, row.quantity, row.entry_price)])),
    new Map(
      account
        .held()
        .map(({ symbol, amount, entryPrice }) => [
          symbol,
          text(amount.gt(0) ? 'LONG' : 'SHORT', amount.abs(), entryPrice),
        ]),
    ),
  )
}

function openOrderFaults(exchange: Exchange, sql: Sql): string[] {
  type Row = { client_order_id: string; state: string; filled_quantity: string }
  const open = `state IN ('INTENT', 'SUBMITTED', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN')`
  const rows = sql.prepare<[], Row>(`SELECT client_order_id, state, filled_quantity FROM orders WHERE ${open}`).all()
  const unsettled = rows.filter(({ state }) => state !== 'OPEN' && state !== 'PARTIALLY_FILLED')
  const regular = exchange.orders.allOpen().map((order): [string, string] => [order.clientId, digits(order.executed)])
  const algos = exchange.algos.allLive().map((algo): [string, string] => [algo.clientId, '0'])
  return [
    ...unsettled.map((row) => `order ${row.client_order_id} is still ${row.state}`),
    ...differences(
      'open order',
      new Map(rows.map((row) => [row.client_order_id, digits(row.filled_quantity)])),
      new Map([...regular, ...algos]),
    ),
  ]
}

/** Every order of the venue is in the journal, once at the venue, with the same quantity filled. */
function orderFaults(exchange: Exchange, sql: Sql): string[] {
  type Row = { client_order_id: string; state: string; filled_quantity: string }
  const rows = sql.prepare<[], Row>('SELECT client_order_id, state, filled_quantity FROM orders').all()
  const ours = new Map(rows.map((row) => [row.client_order_id, row]))
  const faults: string[] = []
  const seen = new Set<string>()
  for (const { clientId, executed, isForced } of exchange.orders.all(null, exchange.now())) {
    if (isForced) continue
    if (seen.has(clientId)) faults.push(`order ${clientId} is twice at the venue`)
    seen.add(clientId)
    const row = ours.get(clientId)
    if (row === undefined) faults.push(`order ${clientId} is at the venue and not in the journal`)
    else if (!exact(row.filled_quantity).eq(executed))
      faults.push(
        `order ${clientId} ${row.state}: the journal has ${row.filled_quantity} filled, the venue ${executed.toFixed()}`,
      )
  }
  const conditional = new Set<string>()
  for (const symbol of exchange.markets.keys()) {
    for (const { clientId } of exchange.algos.all(symbol)) {
      if (conditional.has(clientId)) faults.push(`conditional order ${clientId} is twice at the venue`)
      conditional.add(clientId)
      if (!ours.has(clientId)) faults.push(`conditional order ${clientId} is at the venue and not in the journal`)
    }
  }
  return faults
}

/** One intent: at most an order that rests and one that follows at once, together no more than was intended. */
function intentFaults(exchange: Exchange, sql: Sql): string[] {
  type Row = { client_order_id: string; symbol: string; intent_id: string; quantity: string; time_in_force: string }
  const query = `SELECT client_order_id, symbol, intent_id, quantity, time_in_force FROM orders WHERE purpose = 'ENTRY' ORDER BY row`
  const faults: string[] = []
  for (const [intent, own] of Map.groupBy(sql.prepare<[], Row>(query).all(), (row) => row.intent_id)) {
    const immediate = own.filter((row) => row.time_in_force === 'IOC').length
    if (immediate > 1 || own.length - immediate > 1) faults.push(`intent ${intent} made ${String(own.length)} entries`)
    const filled = own.reduce((sum, { symbol, client_order_id: id }) => {
      const order = exchange.orders.findByClientId(symbol, id, exchange.now())
      return sum.plus(order?.executed ?? ZERO)
    }, ZERO)
    const wanted = own[0]?.quantity ?? '0'
    if (filled.gt(wanted)) faults.push(`intent ${intent} of ${wanted} was filled by ${filled.toFixed()}`)
  }
  return faults
}

/** Nothing that would reduce stays behind a position that is gone, or is more than it. */
function orphanFaults({ account, algos, orders }: Exchange): string[] {
  const faults: string[] = []
  for (const algo of algos.allLive()) {
    const { amount } = account.position(algo.symbol)
    if (amount.isZero() || sideThatReduces(amount) !== algo.side)
      faults.push(`${algo.type} ${algo.clientId} on ${algo.symbol} has no position`)
    else if (algo.quantity.gt(amount.abs()))
      faults.push(`${algo.type} ${algo.clientId} of ${algo.quantity.toFixed()} is more than ${amount.toFixed()}`)
  }
  for (const order of orders.allOpen()) {
    const { amount } = account.position(order.symbol)
    if (order.reduceOnly && (amount.isZero() || remaining(order).gt(amount.abs())))
      faults.push(`${order.type} ${order.clientId} on ${order.symbol} reduces nothing`)
  }
  return faults
}

/** Each position has one stop, and it is whole. */
function nakedFaults({ account, algos }: Exchange): string[] {
  return account.held().flatMap(({ symbol, amount }) => {
    const side = sideThatReduces(amount)
    const stops = algos
      .liveOf(symbol)
      .filter((algo) => isLive(algo) && algo.type === 'STOP_MARKET' && algo.side === side)
    const sum = stops.reduce((total, algo) => total.plus(algo.quantity), ZERO)
    return sum.eq(amount.abs()) ? [] : [`${symbol} ${amount.toFixed()} has stops of ${sum.toFixed()}`]
  })
}

export function auditFaults(exchange: Exchange, sql: Sql): readonly string[] {
  return [
    ...fillFaults(exchange, sql),
    ...balanceFaults(exchange, sql),
    ...positionFaults(exchange, sql),
    ...openOrderFaults(exchange, sql),
    ...orderFaults(exchange, sql),
    ...intentFaults(exchange, sql),
    ...orphanFaults(exchange),
    ...nakedFaults(exchange),
  ]
}
