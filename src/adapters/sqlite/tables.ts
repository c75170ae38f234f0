/** The journal's tables: which field lies in which column, and by which key a row is known. */
import { exact } from '../../core/model/decimal.ts'
import type { EntryPlan } from '../../core/model/order.ts'
import type { JournalTables } from '../../core/ports/journal.ts'
import { columnName, RowCodec, type DocumentForm, type Kinds } from './columns.ts'

interface JournalTableShape<Row> {
  readonly codec: RowCodec<Row>
  readonly key: readonly string[]
  /** columns a second row of the same key replaces; null: the first row stands */
  readonly replaced: readonly string[] | null
}

type StoredPlan = Omit<EntryPlan, 'stopPrice' | 'takeProfitPrice'> & {
  readonly stopPrice: string
  readonly takeProfitPrice: string | null
}

const ENTRY_PLAN: DocumentForm<EntryPlan> = {
  toJson: (plan): StoredPlan => ({
    stopPrice: plan.stopPrice.toFixed(),
    takeProfitPrice: plan.takeProfitPrice?.toFixed() ?? null,
    trailing: plan.trailing,
    restUntil: plan.restUntil,
  }),
  fromJson: (document) => {
    const { stopPrice, takeProfitPrice, trailing, restUntil } = document as StoredPlan
    return {
      stopPrice: exact(stopPrice),
      takeProfitPrice: takeProfitPrice === null ? null : exact(takeProfitPrice),
      trailing,
      restUntil,
    }
  },
}

interface Shape<Row> {
  readonly key: readonly (keyof Row & string)[]
  /** fields that a later row of the same key never changes; absent: the first row stands as a whole */
  readonly fixed?: readonly (keyof Row & string)[]
  readonly kinds: Kinds<Row>
}

function shapeOf<Table extends keyof JournalTables>(
  table: Table,
  { key, fixed, kinds }: Shape<JournalTables[Table]>,
): JournalTableShape<JournalTables[Table]> {
  const codec = new RowCodec<JournalTables[Table]>(table, kinds)
  const kept = new Set<string>([...key, ...(fixed ?? [])].map(columnName))
  const replaced = fixed === undefined ? null : codec.names.filter((name) => !kept.has(name))
  return { codec, key: key.map(columnName), replaced }
}

export type JournalShapes = { readonly [Table in keyof JournalTables]: JournalTableShape<JournalTables[Table]> }

export const JOURNAL_SHAPES: JournalShapes = {
  signals: shapeOf('signals', {
    key: ['id'],
    kinds: {
      id: 'text',
      kind: 'text',
      strategyId: 'text',
      symbol: 'text',
      side: 'text',
      confidence: 'real',
      price: 'real',
      stopPrice: 'real',
      takeProfitPrice: 'real?',
      trailing: 'json?',
      ttlMs: 'integer',
      features: 'json',
      modelVersion: 'text?',
      interval: 'text',
      bar: 'integer',
      createdAt: 'integer',
      traceId: 'text',
    },
  }),
  decisions: shapeOf('decisions', {
    key: ['id'],
    kinds: {
      id: 'text',
      at: 'integer',
      traceId: 'text',
      signalId: 'text?',
      intentId: 'text?',
      strategyId: 'text',
      symbol: 'text',
      side: 'text',
      kind: 'text',
      bar: 'integer?',
      outcome: 'text',
      gate: 'text?',
      code: 'text?',
      limit: 'scalar?',
      actual: 'scalar?',
      source: 'text?',
      policyVersion: 'integer',
      confidence: 'real?',
      ranking: 'real?',
      sentence: 'text',
      steps: 'json',
    },
  }),
  orders: shapeOf('orders', {
    key: ['clientOrderId'],
    fixed: ['symbol', 'side', 'type', 'intentId', 'traceId', 'strategyId', 'purpose', 'positionSide', 'createdAt'],
    kinds: {
      clientOrderId: 'text',
      symbol: 'text',
      side: 'text',
      type: 'text',
      timeInForce: 'text?',
      quantity: 'exact',
      price: 'exact?',
      triggerPrice: 'exact?',
      activationPrice: 'exact?',
      callback: 'real?',
      reduceOnly: 'flag',
      leverage: 'integer?',
      intentId: 'text',
      traceId: 'text',
      strategyId: 'text',
      purpose: 'text',
      positionSide: 'text',
      state: 'text',
      filledQuantity: 'exact',
      averagePrice: 'exact',
      venueOrderId: 'text?',
      reason: 'text?',
      entryPlan: ENTRY_PLAN,
      exitReason: 'text?',
      policyVersion: 'integer',
      createdAt: 'integer',
      updatedAt: 'integer',
    },
  }),
  fills: shapeOf('fills', {
    key: ['id'],
    kinds: {
      id: 'text',
      clientOrderId: 'text',
      symbol: 'text',
      side: 'text',
      price: 'exact',
      quantity: 'exact',
      fee: 'exact',
      liquidity: 'text',
      at: 'integer',
      intentId: 'text',
      traceId: 'text',
      strategyId: 'text',
    },
  }),
  ledger: shapeOf('ledger', {
    key: ['id'],
    kinds: { id: 'text', kind: 'text', amount: 'exact', symbol: 'text?', at: 'integer', traceId: 'text?' },
  }),
  positions: shapeOf('positions', {
    key: ['symbol'],
    fixed: [],
    kinds: {
      symbol: 'text',
      side: 'text',
      quantity: 'exact',
      entryPrice: 'exact',
      leverage: 'integer',
      strategyId: 'text',
      intentId: 'text',
      traceId: 'text',
      policyVersion: 'integer',
      openedAt: 'integer',
      enteredQuantity: 'exact',
      enteredCost: 'exact',
      initialStopPrice: 'exact',
      stopPrice: 'exact',
      takeProfitPrice: 'exact?',
      trailing: 'json?',
      realised: 'exact',
      fees: 'exact',
      funding: 'exact',
    },
  }),
  trades: shapeOf('trades', {
    key: ['id'],
    kinds: {
      id: 'text',
      intentId: 'text',
      traceId: 'text',
      symbol: 'text',
      side: 'text',
      strategyId: 'text',
      policyVersion: 'integer',
      riskMode: 'text',
      quantity: 'exact',
      entryPrice: 'exact',
      exitPrice: 'exact',
      openedAt: 'integer',
      closedAt: 'integer',
      realised: 'exact',
      fees: 'exact',
      funding: 'exact',
      profit: 'exact',
      rMultiple: 'real',
      exitReason: 'text',
    },
  }),
  equity: shapeOf('equity', {
    key: ['at'],
    fixed: [],
    kinds: {
      at: 'integer',
      balance: 'exact',
      unrealised: 'exact',
      equity: 'exact',
      units: 'exact',
      nav: 'real',
      navHighToday: 'real',
      navHigh24h: 'real',
      navHighEver: 'real',
      drawdown: 'real',
      freeMargin: 'real',
    },
  }),
  events: shapeOf('events', {
    key: ['seq'],
    kinds: { seq: 'integer', at: 'integer', type: 'text', traceId: 'text?', data: 'json' },
  }),
  alerts: shapeOf('alerts', {
    key: ['id'],
    fixed: ['raisedAt'],
    kinds: {
      id: 'text',
      severity: 'text',
      code: 'text',
      message: 'text',
      raisedAt: 'integer',
      clearedAt: 'integer?',
      acknowledgedAt: 'integer?',
      about: 'text',
      ends: 'text',
    },
  }),
  candles: shapeOf('candles', {
    key: ['symbol', 'interval', 'openAt'],
    fixed: [],
    kinds: {
      symbol: 'text',
      interval: 'text',
      openAt: 'integer',
      open: 'real',
      high: 'real',
      low: 'real',
      close: 'real',
      volume: 'real',
      quoteVolume: 'real',
    },
  }),
  msc_policies: shapeOf('msc_policies', {
    key: ['traceId'],
    kinds: {
      traceId: 'text',
      riskMode: 'text',
      maxRiskPerTrade: 'real',
      maxPositions: 'integer',
      minConfidence: 'real',
      maxDailyTrades: 'integer',
      allowedStrategies: 'json?',
      systemDrawdown: 'real?',
      systemWinrate: 'real?',
      votes: 'json',
      createdAt: 'integer',
    },
  }),
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ')

/** Stores a row; a row of the same key is replaced or stands, as its table says. */
export function insertSql(table: keyof JournalTables): string {
  const { codec, key, replaced } = JOURNAL_SHAPES[table]
  const places = codec.names.map(() => '?').join(', ')
  const updates = replaced?.map((name) => `"${name}" = excluded."${name}"`).join(', ')
  const then = updates === undefined ? 'NOTHING' : `UPDATE SET ${updates}`
  return `INSERT INTO ${table} (${quoted(codec.names)}) VALUES (${places}) ON CONFLICT (${quoted(key)}) DO ${then}`
}
