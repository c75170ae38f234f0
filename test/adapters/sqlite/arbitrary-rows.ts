/** Any row of any table of the journal, for properties. */
import * as fc from 'fast-check'

import { exact, type Exact } from '../../../src/core/model/decimal.ts'
import type { IntentId, TraceId } from '../../../src/core/model/ids.ts'
import { INTERVALS, type Interval } from '../../../src/core/model/interval.ts'
import { ORDER_STATES } from '../../../src/core/model/order.ts'
import type { JournalTable, JournalTables } from '../../../src/core/ports/journal.ts'

const branded = <Brand extends string>(): fc.Arbitrary<Brand> => fc.string({ minLength: 1 }) as fc.Arbitrary<Brand>
const text = fc.string()
const symbol = fc.constantFrom('BTCUSDT', 'ETHUSDT', '币安USDT', 'A-B')
const time = fc.integer({ min: 0, max: 4_102_444_800_000 })
const whole = fc.integer({ min: 0, max: 1_000_000 })
/** SQLite keeps no sign on a zero. */
const real = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const side = fc.constantFrom('LONG' as const, 'SHORT' as const)
const orderSide = fc.constantFrom('BUY' as const, 'SELL' as const)
const interval = fc.constantFrom(...(Object.keys(INTERVALS) as Interval[]))
const nullable = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { nil: null })

/** Decimals of up to 40 digits, from dust to fortunes. */
export const money: fc.Arbitrary<Exact> = fc
  .tuple(fc.bigInt({ min: -(10n ** 40n) + 1n, max: 10n ** 40n - 1n }), fc.integer({ min: 0, max: 38 }))
  .map(([digits, places]) => exact(`${digits}e-${places}`))

const trailing = nullable(fc.record({ activationPrice: nullable(fc.integer()), callback: fc.constant(0.01) }))
const scalar = nullable(fc.oneof(real, text))
const trace = branded<TraceId>()
const intent = branded<IntentId>()

type Rows = { readonly [Table in JournalTable]: fc.Arbitrary<JournalTables[Table]> }

export const ARBITRARY_ROWS: Rows = {
  signals: fc.record({
    id: branded(),
    kind: fc.constantFrom('ENTRY', 'EXIT'),
    strategyId: text,
    symbol,
    side,
    confidence: real,
    price: real,
    stopPrice: real,
    takeProfitPrice: nullable(real),
    trailing,
    ttlMs: whole,
    features: fc.dictionary(
      text.filter((name) => name !== '__proto__'),
      fc.integer(),
    ),
    modelVersion: nullable(text),
    interval,
    bar: time,
    createdAt: time,
    traceId: trace,
  }),
  decisions: fc.record({
    id: branded(),
    at: time,
    traceId: trace,
    signalId: nullable(branded()),
    intentId: nullable(intent),
    strategyId: text,
    symbol,
    side: text,
    kind: fc.constantFrom('ENTRY', 'EXIT', 'MANUAL', 'PROTECT', 'FLATTEN'),
    bar: nullable(time),
    outcome: fc.constantFrom('approved', 'dropped', 'denied'),
    gate: fc.constantFrom('orchestrator', 'guard', null),
    code: nullable(text),
    limit: scalar,
    actual: scalar,
    source: nullable(text),
    policyVersion: whole,
    confidence: nullable(real),
    ranking: nullable(real),
    sentence: text,
    steps: fc.array(
      fc.record({ step: text, passed: fc.boolean(), actual: fc.constant(1.5), limit: text, source: nullable(text) }),
      { maxLength: 3 },
    ),
  }),
  orders: fc.record({
    clientOrderId: branded(),
    symbol,
    side: orderSide,
    type: fc.constantFrom('LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'),
    timeInForce: fc.constantFrom('GTC', 'IOC', 'FOK', 'GTX', null),
    quantity: money,
    price: nullable(money),
    triggerPrice: nullable(money),
    activationPrice: nullable(money),
    callback: nullable(real),
    reduceOnly: fc.boolean(),
    leverage: nullable(whole),
    intentId: intent,
    traceId: trace,
    strategyId: text,
    purpose: fc.constantFrom('ENTRY', 'STOP', 'TAKE_PROFIT', 'TRAILING', 'CLOSE'),
    positionSide: side,
    state: fc.constantFrom(...ORDER_STATES),
    filledQuantity: money,
    averagePrice: money,
    venueOrderId: nullable(text),
    reason: nullable(text),
    entryPlan: nullable(
      fc.record({ stopPrice: money, takeProfitPrice: nullable(money), trailing, restUntil: nullable(time) }),
    ),
    exitReason: fc.constantFrom('STOP', 'MANUAL', null),
    policyVersion: whole,
    createdAt: time,
    updatedAt: time,
  }),
  fills: fc.record({
    id: branded(),
    clientOrderId: branded(),
    symbol,
    side: orderSide,
    price: money,
    quantity: money,
    fee: money,
    liquidity: fc.constantFrom('MAKER', 'TAKER'),
    at: time,
    intentId: intent,
    traceId: trace,
    strategyId: text,
  }),
  ledger: fc.record({
    id: branded(),
    kind: fc.constantFrom('DEPOSIT', 'WITHDRAWAL', 'REALISED', 'FEE', 'FUNDING', 'LIQUIDATION_FEE', 'ADJUSTMENT'),
    amount: money,
    symbol: nullable(symbol),
    at: time,
    traceId: nullable(trace),
  }),
  positions: fc.record({
    symbol,
    side,
    quantity: money,
    entryPrice: money,
    leverage: whole,
    strategyId: text,
    intentId: intent,
    traceId: trace,
    policyVersion: whole,
    openedAt: time,
    enteredQuantity: money,
    enteredCost: money,
    initialStopPrice: money,
    stopPrice: money,
    takeProfitPrice: nullable(money),
    trailing,
    realised: money,
    fees: money,
    funding: money,
  }),
  trades: fc.record({
    id: branded(),
    intentId: intent,
    traceId: trace,
    symbol,
    side,
    strategyId: text,
    policyVersion: whole,
    riskMode: text,
    quantity: money,
    entryPrice: money,
    exitPrice: money,
    openedAt: time,
    closedAt: time,
    realised: money,
    fees: money,
    funding: money,
    profit: money,
    rMultiple: real,
    exitReason: fc.constantFrom('STOP', 'TAKE_PROFIT', 'SIGNAL', 'LIQUIDATION'),
  }),
  equity: fc.record({
    at: time,
    balance: money,
    unrealised: money,
    equity: money,
    units: money,
    nav: real,
    navHighToday: real,
    navHigh24h: real,
    navHighEver: real,
    drawdown: real,
    freeMargin: real,
  }),
  events: fc.record({
    seq: whole,
    at: time,
    type: text,
    traceId: nullable(trace),
    data: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
  }),
  alerts: fc.record({
    id: branded(),
    severity: fc.constantFrom('info', 'warning', 'critical'),
    code: text,
    message: text,
    raisedAt: time,
    clearedAt: nullable(time),
    acknowledgedAt: nullable(time),
    about: text,
    ends: fc.constantFrom('cause', 'acknowledged'),
  }),
  candles: fc.record({
    symbol,
    interval,
    openAt: time,
    open: real,
    high: real,
    low: real,
    close: real,
    volume: real,
    quoteVolume: real,
  }),
  msc_policies: fc.record({
    traceId: trace,
    riskMode: text,
    maxRiskPerTrade: real,
    maxPositions: whole,
    minConfidence: real,
    maxDailyTrades: whole,
    allowedStrategies: nullable(fc.array(text)),
    systemDrawdown: nullable(real),
    systemWinrate: nullable(real),
    votes: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
    createdAt: time,
  }),
}

export const JOURNAL_TABLES = Object.keys(ARBITRARY_ROWS) as JournalTable[]
