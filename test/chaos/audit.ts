/** Holds the journal against the paper exchange's own books, to the last decimal. Only at a quiet moment must they agree. */
import type Database from 'better-sqlite3'

import { exact, ZERO } from '../../src/core/model/decimal.ts'
import type { GlobalPolicy } from '../../src/core/policy/policy.ts'

type Sql = Database.Database

interface Holding {
  readonly side: 'LONG' | 'SHORT'
  readonly quantity: string
  readonly entryPrice: string
}

interface PaperOrder {
  readonly request: {
    readonly clientOrderId: string
    readonly symbol: string
    readonly side: 'BUY' | 'SELL'
    readonly type: string
    readonly reduceOnly: boolean
    readonly quantity: string
  }
  readonly filled: string
  readonly isTriggered: boolean
}

interface ClosedOrder {
  readonly clientOrderId: string
  readonly state: string
  readonly filledQuantity: string
}

export interface Document<Content> {
  readonly key: string
  readonly value: Content
}

/** Documents of the paper exchange; whoever asks knows what is in them. */
export function documents(sql: Sql, kind: string): readonly Document<unknown>[] {
  const rows = sql
    .prepare<[string], Document<string>>('SELECT key, value FROM paper_documents WHERE kind = ? ORDER BY key')
    .all(kind)
  return rows.map(({ key, value }) => ({ key, value: JSON.parse(value) as unknown }))
}

/** One sentence per difference; keys and texts, so that a difference of the last digit is one. */
function difference(what: string, journal: ReadonlyMap<string, string>, paper: ReadonlyMap<string, string>): string[] {
  const keys = new Set([...journal.keys(), ...paper.keys()])
  return [...keys].flatMap((key) => {
    const [ours, theirs] = [journal.get(key) ?? 'none', paper.get(key) ?? 'none']
    return ours === theirs ? [] : [`${what} ${key}: the journal has ${ours}, the exchange ${theirs}`]
  })
}

const digits = (value: string): string => exact(value).toFixed()

function fillFaults(sql: Sql): string[] {
  type Row = { id: string; client_order_id: string; price: string; quantity: string; fee: string; at: number }
  const ours = sql.prepare<[], Row>('SELECT id, client_order_id, price, quantity, fee, at FROM fills').all()
  const text = (order: string, price: string, quantity: string, fee: string, at: number): string =>
    `${order} ${digits(quantity)} at ${digits(price)} fee ${digits(fee)} time ${String(at)}`
  type Fill = { clientOrderId: string; price: string; quantity: string; fee: string; at: number }
  const theirs = documents(sql, 'fill') as readonly Document<Fill>[]
  return difference(
    'fill',
    new Map(ours.map((row) => [row.id, text(row.client_order_id, row.price, row.quantity, row.fee, row.at)])),
    new Map(
      theirs.map(({ key, value: { clientOrderId, price, quantity, fee, at } }) => [
        key,
        text(clientOrderId, price, quantity, fee, at),
      ]),
    ),
  )
}

function balanceFaults(sql: Sql): string[] {
  const amounts = sql.prepare<[], string>('SELECT amount FROM ledger').pluck().all()
  const ours = amounts.reduce((sum, amount) => sum.plus(amount), ZERO).toFixed()
  const [account] = documents(sql, 'account') as readonly Document<{ wallet: string }>[]
  const theirs = digits(account?.value.wallet ?? '0')
  return ours === theirs ? [] : [`balance: the journal has ${ours}, the exchange ${theirs}`]
}

function holdings(sql: Sql): readonly { readonly symbol: string; readonly holding: Holding }[] {
  return (documents(sql, 'symbol') as readonly Document<{ holding: Holding | null }>[]).flatMap(
    ({ key, value: { holding } }) => (holding === null ? [] : [{ symbol: key, holding }]),
  )
}

function positionFaults(sql: Sql): string[] {
  type Row = { symbol: string; side: string; quantity: string; entry_price: string }
  const ours = sql.prepare<[], Row>('SELECT symbol, side, quantity, entry_price FROM positions').all()
  const text = (side: string, quantity: string, price: string): string =>
    `${side} ${digits(quantity)} at ${digits(price)}`
  return difference(
    'position',
    new Map(ours.map((row) => [row.symbol, text(row.side, row.quantity, row.entry_price)])),
    new Map(
      holdings(sql).map(({ symbol, holding: { side, quantity, entryPrice } }) => [
        symbol,
        text(side, quantity, entryPrice),
      ]),
    ),
  )
}

function openOrderFaults(sql: Sql): string[] {
  type Row = { client_order_id: string; filled_quantity: string }
  const open = `state IN ('INTENT', 'SUBMITTED', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN')`
  const ours = sql.prepare<[], Row>(`SELECT client_order_id, filled_quantity FROM orders WHERE ${open}`).all()
  return difference(
    'open order',
    new Map(ours.map((row) => [row.client_order_id, `filled ${digits(row.filled_quantity)}`])),
    new Map(
      (documents(sql, 'order') as readonly Document<PaperOrder>[]).map(({ key, value }) => [
        key,
        `filled ${digits(value.filled)}`,
      ]),
    ),
  )
}

function endedOrderFaults(sql: Sql): string[] {
  type Row = { client_order_id: string; state: string; filled_quantity: string }
  const ended = `state IN ('FILLED', 'CANCELLED', 'EXPIRED')`
  const ours = sql.prepare<[], Row>(`SELECT client_order_id, state, filled_quantity FROM orders WHERE ${ended}`).all()
  const theirs = (documents(sql, 'closed') as readonly Document<ClosedOrder>[]).filter(
    ({ key }) => !key.startsWith('autoclose-'),
  )
  return difference(
    'ended order',
    new Map(ours.map((row) => [row.client_order_id, `${row.state} ${digits(row.filled_quantity)}`])),
    new Map(theirs.map(({ key, value }) => [key, `${value.state} ${digits(value.filledQuantity)}`])),
  )
}

/** Every position of the exchange has a stop there that would close all of it. */
function nakedFaults(sql: Sql): string[] {
  const orders = (documents(sql, 'order') as readonly Document<PaperOrder>[]).map(({ value }) => value)
  return holdings(sql).flatMap(({ symbol, holding: { side, quantity } }) => {
    const isStop = ({ request, isTriggered }: PaperOrder): boolean =>
      request.symbol === symbol &&
      request.type === 'STOP_MARKET' &&
      request.side === (side === 'LONG' ? 'SELL' : 'BUY') &&
      !isTriggered &&
      exact(request.quantity).gte(quantity)
    return orders.some(isStop) ? [] : [`${symbol} ${side} ${quantity} has no live stop`]
  })
}

/** Nothing stays behind that would reduce a position which is gone. */
function orphanFaults(sql: Sql): string[] {
  const held = new Set(holdings(sql).map(({ symbol }) => symbol))
  const orders = (documents(sql, 'order') as readonly Document<PaperOrder>[]).map(({ value }) => value.request)
  const orphans = orders.filter(({ reduceOnly, symbol }) => reduceOnly && !held.has(symbol))
  return orphans.map(({ clientOrderId, symbol, type }) => `${type} ${clientOrderId} on ${symbol} has no position`)
}

/** Under the kill switch no entry rests at the exchange. */
function restingFaults(sql: Sql): string[] {
  const newest = 'SELECT document FROM policy_history ORDER BY version DESC LIMIT 1'
  const policy = JSON.parse(sql.prepare<[], string>(newest).pluck().get() ?? '{}') as Partial<GlobalPolicy>
  if (policy.emergency === null) return []
  const orders = (documents(sql, 'order') as readonly Document<PaperOrder>[]).map(({ value }) => value.request)
  const entries = orders.filter(({ reduceOnly }) => !reduceOnly)
  return entries.map(({ clientOrderId }) => `entry ${clientOrderId} rests under the kill switch`)
}

export function auditFaults(sql: Sql): readonly string[] {
  const checks = [
    fillFaults,
    balanceFaults,
    positionFaults,
    openOrderFaults,
    endedOrderFaults,
    nakedFaults,
    orphanFaults,
    restingFaults,
  ]
  return checks.flatMap((check) => check(sql))
}
