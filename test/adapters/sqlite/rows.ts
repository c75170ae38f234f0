/** Plain rows with sensible fields, for stories. */
import { exact, ZERO } from '../../../src/core/model/decimal.ts'
import type { ClientOrderId, FillId, IntentId, SignalId, TradeId, TraceId } from '../../../src/core/model/ids.ts'
import { DEFAULT_RULES } from '../../../src/core/policy/default-rules.ts'
import type { GlobalPolicy } from '../../../src/core/policy/policy.ts'
import type { JournalTables } from '../../../src/core/ports/journal.ts'
import type { PolicyVersion } from '../../../src/core/ports/policy-shelf.ts'

type Fields<Table extends keyof JournalTables> = Partial<JournalTables[Table]>

const TRACE = 'trace-1' as TraceId
const INTENT = 'intent-1' as IntentId

export const decision = (fields: Fields<'decisions'> = {}): JournalTables['decisions'] => ({
  id: 'decision-1',
  at: 1_000,
  traceId: TRACE,
  signalId: 'signal-1' as SignalId,
  intentId: INTENT,
  strategyId: 'trend_following',
  symbol: 'BTCUSDT',
  side: 'LONG',
  kind: 'ENTRY',
  bar: 0,
  outcome: 'denied',
  gate: 'guard',
  code: 'heat',
  limit: 0.06,
  actual: 0.071,
  source: 'config default v1',
  policyVersion: 1,
  confidence: 0.8,
  ranking: 0.5,
  sentence: 'heat would be 7.1 %, at most 6 % is allowed',
  steps: [{ step: 'heat', passed: false, actual: 0.071, limit: 0.06, source: 'config' }],
  ...fields,
})

export const order = (fields: Fields<'orders'> = {}): JournalTables['orders'] => ({
  clientOrderId: 'sb-1' as ClientOrderId,
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: exact('0.5'),
  price: exact('60000.1'),
  triggerPrice: null,
  activationPrice: null,
  callback: null,
  reduceOnly: false,
  leverage: 3,
  intentId: INTENT,
  traceId: TRACE,
  strategyId: 'trend_following',
  purpose: 'ENTRY',
  positionSide: 'LONG',
  state: 'OPEN',
  filledQuantity: ZERO,
  averagePrice: ZERO,
  venueOrderId: 'paper-1',
  reason: null,
  entryPlan: { stopPrice: exact('59000'), takeProfitPrice: null, trailing: null, restUntil: null },
  exitReason: null,
  policyVersion: 1,
  createdAt: 1_000,
  updatedAt: 1_000,
  ...fields,
})

export const fill = (fields: Fields<'fills'> = {}): JournalTables['fills'] => ({
  id: 'fill-1' as FillId,
  clientOrderId: 'sb-1' as ClientOrderId,
  symbol: 'BTCUSDT',
  side: 'BUY',
  price: exact('60000.1'),
  quantity: exact('0.5'),
  fee: exact('6.00001'),
  liquidity: 'MAKER',
  at: 2_000,
  intentId: INTENT,
  traceId: TRACE,
  strategyId: 'trend_following',
  ...fields,
})

export const ledgerEntry = (fields: Fields<'ledger'> = {}): JournalTables['ledger'] => ({
  id: 'ledger-1',
  kind: 'DEPOSIT',
  amount: exact('10000'),
  symbol: null,
  at: 0,
  traceId: null,
  ...fields,
})

export const position = (fields: Fields<'positions'> = {}): JournalTables['positions'] => ({
  symbol: 'BTCUSDT',
  side: 'LONG',
  quantity: exact('0.5'),
  entryPrice: exact('60000.1'),
  leverage: 3,
  strategyId: 'trend_following',
  intentId: INTENT,
  traceId: TRACE,
  policyVersion: 1,
  openedAt: 2_000,
  enteredQuantity: exact('0.5'),
  enteredCost: exact('30000.05'),
  initialStopPrice: exact('59000'),
  stopPrice: exact('59000'),
  takeProfitPrice: null,
  trailing: null,
  realised: ZERO,
  fees: exact('6.00001'),
  funding: ZERO,
  ...fields,
})

export const trade = (fields: Fields<'trades'> = {}): JournalTables['trades'] => ({
  id: 'trade-1' as TradeId,
  intentId: INTENT,
  traceId: TRACE,
  symbol: 'BTCUSDT',
  side: 'LONG',
  strategyId: 'trend_following',
  policyVersion: 1,
  riskMode: 'NORMAL',
  quantity: exact('0.5'),
  entryPrice: exact('60000.1'),
  exitPrice: exact('60500.1'),
  openedAt: 2_000,
  closedAt: 3_000,
  realised: exact('250'),
  fees: exact('12.05002'),
  funding: ZERO,
  profit: exact('237.94998'),
  rMultiple: 0.47,
  exitReason: 'SIGNAL',
  ...fields,
})

export const account = (fields: Fields<'equity'> = {}): JournalTables['equity'] => ({
  at: 1_000,
  balance: exact('10000'),
  unrealised: ZERO,
  equity: exact('10000'),
  units: exact('10000'),
  nav: 1,
  navHighToday: 1,
  navHigh24h: 1,
  navHighEver: 1,
  drawdown: 0,
  freeMargin: 10_000,
  ...fields,
})

export const event = (fields: Fields<'events'> = {}): JournalTables['events'] => ({
  seq: 1,
  at: 1_000,
  type: 'order.changed',
  traceId: TRACE,
  data: { state: 'OPEN' },
  ...fields,
})

export const candle = (fields: Fields<'candles'> = {}): JournalTables['candles'] => ({
  symbol: 'BTCUSDT',
  interval: '1m',
  openAt: 0,
  open: 100,
  high: 101.5,
  low: 99.25,
  close: 100.1,
  volume: 12.5,
  quoteVolume: 1_253.4,
  ...fields,
})

/** What the shelf keeps is not what it understands: a policy of few fields is as good as a whole one. */
export function policyVersion(version: number, fields: Partial<GlobalPolicy> = {}, rankingOnly = false): PolicyVersion {
  const policy = {
    version,
    updatedAt: version * 1_000,
    updatedBy: 'user',
    reason: `the ${version}. reason`,
    riskMode: 'NORMAL',
    pin: null,
    emergency: null,
    maxPositions: 30,
    rules: DEFAULT_RULES,
    ...fields,
  } as GlobalPolicy
  const changes = [{ path: 'maxPositions', from: 29, to: 30 }]
  return { policy, changes, traceId: `trace-${version}`, rankingOnly }
}
