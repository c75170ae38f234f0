/** A small, consistent history: deposit, an entry filled twice, its close, and one position still open. */
import type { SqliteStore } from '../../../src/adapters/sqlite/store.ts'
import { exact } from '../../../src/core/model/decimal.ts'
import type { ClientOrderId, FillId } from '../../../src/core/model/ids.ts'
import { account, candle, decision, event, fill, ledgerEntry, order, policyVersion, position, trade } from './rows.ts'

const order1 = { clientOrderId: 'sb-1' as ClientOrderId }
const order2 = { clientOrderId: 'sb-2' as ClientOrderId, side: 'SELL', purpose: 'CLOSE', reduceOnly: true } as const
const order3 = { clientOrderId: 'sb-3' as ClientOrderId, symbol: 'ETHUSDT' }
const half = exact('0.25')

/** Each write is one batch of its own when `flushEach`. */
export function writeBooks({ journal, policies }: SqliteStore, flushEach = false): void {
  const flush = (at: number) => flushEach && journal.flush(at)
  policies.commit(policyVersion(1))
  journal.write('ledger', ledgerEntry())
  journal.write('equity', account({ at: 0 }))
  flush(1)
  journal.write('decisions', decision({ outcome: 'approved', gate: null, code: null, limit: null, actual: null }))
  journal.write(
    'orders',
    order({ ...order1, state: 'FILLED', filledQuantity: exact('0.5'), averagePrice: exact('60000.1') }),
  )
  flush(2)
  for (const part of [1, 2]) {
    journal.write('fills', fill({ id: `fill-${part}` as FillId, quantity: half, fee: exact('3') }))
    journal.write(
      'ledger',
      ledgerEntry({ id: `fee:${part}`, kind: 'FEE', amount: exact('-3'), symbol: 'BTCUSDT', at: 2_000 }),
    )
    flush(3)
  }
  journal.write('equity', account({ at: 2_000, balance: exact('9994'), unrealised: exact('5'), equity: exact('9999') }))
  journal.write(
    'orders',
    order({ ...order2, state: 'FILLED', filledQuantity: exact('0.5'), entryPlan: null, createdAt: 3_000 }),
  )
  journal.write(
    'fills',
    fill({ ...order2, id: 'fill-3' as FillId, price: exact('60500.1'), fee: exact('6'), at: 3_000 }),
  )
  const closed = { symbol: 'BTCUSDT', at: 3_000 }
  journal.write('ledger', ledgerEntry({ id: 'realised:3', kind: 'REALISED', amount: exact('250'), ...closed }))
  journal.write('ledger', ledgerEntry({ id: 'fee:3', kind: 'FEE', amount: exact('-6'), ...closed }))
  journal.write('trades', trade({ fees: exact('12'), profit: exact('238') }))
  journal.write('events', event({ at: 3_000, type: 'trade.executed', data: { profit: '238' } }))
  flush(4)
  journal.write('orders', order({ ...order3, state: 'FILLED', filledQuantity: exact('2'), createdAt: 4_000 }))
  journal.write(
    'fills',
    fill({ ...order3, id: 'fill-4' as FillId, quantity: exact('2'), fee: exact('1.5'), at: 4_000 }),
  )
  journal.write(
    'ledger',
    ledgerEntry({ id: 'fee:4', kind: 'FEE', amount: exact('-1.5'), symbol: 'ETHUSDT', at: 4_000 }),
  )
  journal.write('positions', position({ symbol: 'ETHUSDT', quantity: exact('2'), fees: exact('1.5') }))
  journal.write('equity', account({ at: 4_000, balance: exact('10236.5'), equity: exact('10236.5') }))
  journal.write('candles', candle())
  journal.flush(5)
}
