/** Whether trades agree with the ledger and have fills. */
import type Database from 'better-sqlite3'

import type { Position, Trade } from '../../../core/model/position.ts'
import type { Check } from './check.ts'
import { ledgerBySymbol } from './ledger-sums.ts'
import { storedRows } from './stored-rows.ts'
import { differ, Sums } from './sums.ts'

/** Price gains and fees of closed trades and of what is open, per symbol. */
function results(sql: Database.Database): { readonly realised: Sums; readonly fees: Sums } {
  const realised = new Sums()
  const fees = new Sums()
  const add = (row: Position | Trade): void => {
    realised.add(row.symbol, row.realised)
    fees.add(row.symbol, row.fees.neg())
  }
  for (const position of storedRows(sql, 'positions', 'row')) add(position)
  for (const trade of storedRows(sql, 'trades', 'row')) add(trade)
  return { realised, fees }
}

const tradesMakeLedger: Check = {
  name: 'trades against ledger',
  *faults(sql) {
    for (const trade of storedRows(sql, 'trades', 'row')) {
      const profit = trade.realised.minus(trade.fees).plus(trade.funding)
      if (!profit.eq(trade.profit)) yield differ(`profit of trade ${trade.id}`, trade.profit, 'its parts make', profit)
    }
    const { realised, fees } = results(sql)
    for (const [symbol, found, wanted] of realised.differences(ledgerBySymbol(sql, 'REALISED'))) {
      yield differ(`realised of ${symbol}`, found, 'the ledger says', wanted)
    }
    for (const [symbol, found, wanted] of fees.differences(ledgerBySymbol(sql, 'FEE'))) {
      yield differ(`fees of ${symbol}`, found, 'the ledger says', wanted)
    }
  },
}

const tradesHaveFills: Check = {
  name: 'trades against fills',
  *faults(sql) {
    const orphans = sql.prepare<[], string>(
      `SELECT id FROM trades WHERE NOT EXISTS
         (SELECT 1 FROM fills WHERE fills.symbol = trades.symbol AND fills.at BETWEEN trades.opened_at AND trades.closed_at)`,
    )
    for (const id of orphans.pluck().iterate()) yield `trade ${id} has no fill`
  },
}

export const TRADE_CHECKS: readonly Check[] = [tradesMakeLedger, tradesHaveFills]
