/** Whether fills agree with orders, positions and the fees that were booked. */
import type Database from 'better-sqlite3'

import { booked, type Exact } from '../../../core/model/decimal.ts'
import type { Fill } from '../../../core/model/order.ts'
import { signOf } from '../../../core/model/signal.ts'
import { isForced } from '../../../core/ports/venue.ts'
import type { Check } from './check.ts'
import { ledgerBySymbol } from './ledger-sums.ts'
import { storedRows } from './stored-rows.ts'
import { differ, Sums } from './sums.ts'

const filledOf = (sql: Database.Database): Sums => {
  const filled = new Sums()
  for (const fill of storedRows(sql, 'fills', 'row')) filled.add(fill.clientOrderId, fill.quantity)
  return filled
}

const fillsHaveOrders: Check = {
  name: 'fills against orders',
  *faults(sql) {
    const booked = new Sums()
    for (const order of storedRows(sql, 'orders', 'row')) booked.add(order.clientOrderId, order.filledQuantity)
    for (const [id, order, fills] of booked.differences(filledOf(sql))) {
      const isVenuesOwn = isForced(id) && order.isZero()
      if (!isVenuesOwn) yield differ(`filled of order ${id}`, order, 'its fills make', fills)
    }
  },
}

const signedQuantity = (fill: Fill): Exact => (fill.side === 'BUY' ? fill.quantity : fill.quantity.neg())

const fillsMakePositions: Check = {
  name: 'positions against fills',
  *faults(sql) {
    const held = new Sums()
    for (const { symbol, side, quantity } of storedRows(sql, 'positions', 'row')) {
      held.add(symbol, quantity.times(signOf(side)))
    }
    const filled = new Sums()
    for (const fill of storedRows(sql, 'fills', 'row')) filled.add(fill.symbol, signedQuantity(fill))
    for (const [symbol, position, fills] of held.differences(filled)) {
      yield differ(`position ${symbol}`, position, 'its fills make', fills)
    }
  },
}

const feesMakeLedger: Check = {
  name: 'fills against ledger',
  *faults(sql) {
    const charged = new Sums()
    for (const fill of storedRows(sql, 'fills', 'row')) charged.add(fill.symbol, booked(fill.fee).neg())
    for (const [symbol, found, wanted] of charged.differences(ledgerBySymbol(sql, 'FEE'))) {
      yield differ(`fees of fills in ${symbol}`, found, 'the ledger says', wanted)
    }
  },
}

export const FILL_CHECKS: readonly Check[] = [fillsHaveOrders, fillsMakePositions, feesMakeLedger]
