/** Whether the books agree with each other: ledger, equity, orders, fills, positions and trades. */
import type Database from 'better-sqlite3'

import { booked, ZERO, type Exact } from '../../../core/model/decimal.ts'
import type { Fill } from '../../../core/model/order.ts'
import type { AccountState, LedgerEntry, LedgerKind, Position, Trade } from '../../../core/model/position.ts'
import { signOf } from '../../../core/model/signal.ts'
import { LIQUIDATION_PREFIX } from '../../../core/ports/venue.ts'
import type { Check } from './check.ts'
import { storedRows } from './stored-rows.ts'

const differ = (what: string, found: Exact, from: string, wanted: Exact): string =>
  `${what} is ${found.toFixed()}, ${from} ${wanted.toFixed()}`

/** A sum per name. */
class Sums {
  readonly #sums = new Map<string, Exact>()

  add(name: string, amount: Exact): void {
    this.#sums.set(name, this.of(name).plus(amount))
  }

  of(name: string): Exact {
    return this.#sums.get(name) ?? ZERO
  }

  *differences(other: Sums): Generator<readonly [name: string, mine: Exact, theirs: Exact]> {
    for (const name of new Set([...this.#sums.keys(), ...other.#sums.keys()])) {
      if (!this.of(name).eq(other.of(name))) yield [name, this.of(name), other.of(name)]
    }
  }
}

/** The balance after each ledger entry of one instant, the one before them included. */
function balancesAt(entries: Iterator<LedgerEntry>, balance: Exact, at: number, waiting: LedgerEntry | null) {
  const balances: Exact[] = []
  let entry = waiting
  let sum = balance
  for (; entry !== null && entry.at <= at; entry = next(entries)) {
    if (entry.at === at) balances.push(sum)
    sum = sum.plus(entry.amount)
  }
  return { balances: [...balances, sum], balance: sum, waiting: entry }
}

const next = (entries: Iterator<LedgerEntry>): LedgerEntry | null => {
  const step = entries.next()
  return step.done === true ? null : step.value
}

function* equityFaults(accounts: Iterable<AccountState>, entries: Iterator<LedgerEntry>): Generator<string> {
  let balance: Exact = ZERO
  let waiting = next(entries)
  for (const account of accounts) {
    const found = balancesAt(entries, balance, account.at, waiting)
    ;({ balance, waiting } = found)
    if (!found.balances.some((sum) => sum.eq(account.balance))) {
      yield differ(`balance at ${account.at}`, account.balance, 'the ledger says', balance)
    }
    const equity = account.balance.plus(account.unrealised)
    if (!equity.eq(account.equity)) {
      yield differ(`equity at ${account.at}`, account.equity, 'balance and unrealised make', equity)
    }
  }
}

const equityFollowsLedger: Check = {
  name: 'equity against ledger',
  *faults(sql) {
    const entries = storedRows(sql, 'ledger', 'at, row')
    try {
      yield* equityFaults(storedRows(sql, 'equity', 'at'), entries)
    } finally {
      // an iteration left open would keep the connection busy
      entries.return(undefined)
    }
  },
}

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
      const isVenuesOwn = id.startsWith(LIQUIDATION_PREFIX) && order.isZero()
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

function ledgerBySymbol(sql: Database.Database, kind: LedgerKind): Sums {
  const sums = new Sums()
  for (const entry of storedRows(sql, 'ledger', 'row')) {
    if (entry.kind === kind) sums.add(entry.symbol ?? '', entry.amount)
  }
  return sums
}

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

export const BOOK_CHECKS: readonly Check[] = [
  equityFollowsLedger,
  fillsHaveOrders,
  fillsMakePositions,
  feesMakeLedger,
  tradesMakeLedger,
  tradesHaveFills,
]
