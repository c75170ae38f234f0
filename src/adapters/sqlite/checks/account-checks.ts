/** Whether the equity curve follows the ledger. */
import { ZERO, type Exact } from '../../../core/model/decimal.ts'
import type { AccountState, LedgerEntry } from '../../../core/model/position.ts'
import type { Check } from './check.ts'
import { storedRows } from './stored-rows.ts'
import { differ } from './sums.ts'

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

export const ACCOUNT_CHECKS: readonly Check[] = [equityFollowsLedger]
