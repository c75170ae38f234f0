/** Intents and approvals for executor stories. */
import { exact, type Exact } from '../../../src/core/model/decimal.ts'
import { intentIdOf, traceIdOf, type IntentId } from '../../../src/core/model/ids.ts'
import type { CloseIntent, EntryIntent } from '../../../src/core/model/intent.ts'
import type { Instrument } from '../../../src/core/model/market.ts'
import type { Approved } from '../../../src/core/risk-guard/risk-guard.ts'
import { TEST_CONTRACT } from '../../fixtures/test-contract.ts'

export const { symbol: SYMBOL } = TEST_CONTRACT

export const INSTRUMENT: Instrument = {
  ...TEST_CONTRACT,
  minQuantity: '0.001',
  maxQuantity: '100000',
  maxMarketQuantity: '12',
  brackets: [{ notionalFloor: 0, notionalCap: 1e9, maintenanceRate: 0.005, cum: 0, maxLeverage: 20 }],
}

export function entryIntent(fields: Partial<EntryIntent> = {}): EntryIntent {
  const side = fields.side ?? 'LONG'
  const symbol = fields.symbol ?? SYMBOL
  const bar = fields.bar ?? 0
  return {
    kind: 'ENTRY',
    id: intentIdOf('test', symbol, side, bar),
    traceId: traceIdOf(symbol, bar),
    strategyId: 'test',
    symbol,
    side,
    actor: 'strategy:test',
    createdAt: 0,
    signalId: null,
    confidence: 0.8,
    quantity: exact(10),
    price: exact(100),
    timeInForce: 'GTC',
    restMs: 60_000,
    stopPrice: exact(side === 'LONG' ? 95 : 105),
    takeProfitPrice: exact(side === 'LONG' ? 110 : 90),
    trailing: null,
    leverage: null,
    expectedHoldMs: 3_600_000,
    bar,
    ...fields,
  }
}

/** As the guard would approve it; the guard itself has its own tests, and only it can mint the brand. */
export function approvedEntry(intent: EntryIntent, quantity: Exact = intent.quantity): Approved<EntryIntent> {
  const { id: intentId, symbol, side, price } = intent
  const notional = quantity.times(price).toNumber()
  const claim = { intentId, symbol, side, quantity: quantity.toNumber(), notional, lossAtStop: 0.06 * notional }
  const approved = {
    outcome: 'approved',
    intent,
    quantity,
    slices: [quantity],
    price,
    triggerPrice: null,
    leverage: 3,
    policyVersion: 7,
    steps: [],
    riskFraction: 0.01,
    claim: { ...claim, margin: notional / 3 },
  }
  return approved as unknown as Approved<EntryIntent>
}

export function closeIntent(quantity: Exact, fields: Partial<CloseIntent> = {}): CloseIntent {
  return {
    kind: 'CLOSE',
    id: 'close-intent' as IntentId,
    traceId: traceIdOf('close'),
    strategyId: 'test',
    symbol: SYMBOL,
    side: 'LONG',
    actor: 'user',
    createdAt: 0,
    quantity,
    reason: 'MANUAL',
    ...fields,
  }
}
