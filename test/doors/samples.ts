/** One valid input of every procedure of the contract, for suites that go through all of them. */
import { isContractProcedure, type AnyContractProcedure } from '@orpc/contract'

import { contract } from '../../src/contract/index.ts'
import type { ProcedureMeta } from '../../src/contract/procedure.ts'

const SAMPLES: Readonly<Record<string, unknown>> = {
  'policy.get': undefined,
  'policy.effective': undefined,
  'policy.change': { max_positions: 7, reason: 'a sample' },
  'policy.preview': { risk_mode: 'DEFENSIVE' },
  'policy.reset': { reason: 'a sample' },
  'policy.status': undefined,
  'policy.riskMode': undefined,
  'policy.setRiskMode': { mode: 'DEFENSIVE' },
  'policy.allowedSymbols': undefined,
  'policy.modelVersions': undefined,
  'policy.pin': { until: null, reason: 'a sample' },
  'policy.unpin': {},
  'policy.releaseHold': { field: 'max_positions' },
  'policy.rules': undefined,
  'policy.changeRules': { rules: { guard: { max_heat: 0.05 } } },
  'policy.previewRules': { rules: { guard: { max_heat: 0.05 } } },
  'policy.modeRules': undefined,
  'policy.history': { limit: 10 },
  'policy.version': { version: 1 },
  'policy.diff': { from: 1, to: 1 },
  'policy.rollback': { version: 1 },
  'policy.undo': { version: 1 },
  'policy.riskProfile': undefined,
  'policy.riskModes': undefined,
  'policy.switchRiskMode': { mode: 'NORMAL' },
  'account.get': undefined,
  'account.usage': undefined,
  'account.equity': { points: 10 },
  'account.ledger': { limit: 10 },
  'account.deposit': { amount: '100.5' },
  'market.instruments': undefined,
  'market.quotes': undefined,
  'market.candles': { symbol: 'BTCUSDT', interval: '15m', limit: 5 },
  'market.symbols': undefined,
  'market.state': undefined,
  'market.strategies': undefined,
  'market.models': undefined,
  'orders.place': { symbol: 'BTCUSDT', side: 'LONG', quantity: '0.01', stop_price: 98_000, dry_run: true },
  'orders.preview': { symbol: 'BTCUSDT', side: 'LONG', quantity: '0.01', stop_price: 98_000 },
  'orders.list': { limit: 10, state: 'FILLED' },
  'orders.working': undefined,
  'orders.cancel': { client_order_id: 'sb-nothing' },
  'orders.cancelForeign': { symbol: 'BTCUSDT', client_order_id: 'web-1' },
  'orders.replace': { client_order_id: 'sb-nothing', limit_price: 99_000 },
  'orders.fills': { limit: 10 },
  'positions.list': undefined,
  'positions.close': { symbol: 'NOTHELDUSDT' },
  'positions.flatten': { reason: 'a sample' },
  'positions.lastFlatten': undefined,
  'positions.drill': {},
  'positions.adopt': { symbol: 'SOLUSDT', stop_price: 140, take_profit_price: 170 },
  'positions.closeForeign': { symbol: 'SOLUSDT' },
  'positions.frozen': undefined,
  'positions.unfreeze': { symbol: 'XRPUSDT' },
  'positions.trades': { limit: 10 },
  'msc.status': undefined,
  'msc.history': { limit: 10 },
  'msc.evaluate': {},
  'msc.health': undefined,
  'msc.strategies': undefined,
  'msc.rebase': { reason: 'a sample' },
  'records.signals': { limit: 10 },
  'records.decisions': { limit: 10, outcome: 'denied' },
  'records.decision': { id: 'no-such-decision' },
  'records.hindsight': { id: 'no-such-decision' },
  'records.events': { limit: 10, type: 'policy.updated' },
  'records.alerts': { limit: 10 },
  'records.counts': undefined,
  'analytics.summary': { from: '2025-01-01T00:00:00Z' },
  'analytics.by': { group: 'strategy' },
  'analytics.report': { date: '2025-01-06' },
  'analytics.export': { table: 'trades', format: 'csv' },
  'opportunities.list': { limit: 5 },
  'opportunities.ranking': undefined,
  'opportunities.rank': {},
  'opportunities.preview': { min_score: 0.4 },
  'opportunities.history': { symbol: 'BTCUSDT', points: 10 },
  'opportunities.sparklines': { bars: 24 },
  'health.report': undefined,
  'health.acknowledgeAlert': { id: 'no-such-alert' },
  'health.acknowledgeStreak': {},
  'health.ownAlerts': undefined,
  'health.setOwnAlerts': {
    items: [{ name: 'BTC high', kind: 'price_above', symbol: 'BTCUSDT', bound: 150_000, severity: 'warning' }],
  },
  'connections.get': undefined,
  'connections.reconcile': {},
  'keys.list': undefined,
  'keys.add': { place: 'demo', api_key: 'a-key-of-a-sample', secret: 'a-secret-of-a-sample' },
  'keys.check': { place: 'simulated' },
  'keys.fix': { place: 'simulated' },
  'keys.remove': { place: 'live' },
  'places.get': undefined,
  'places.go': { place: 'paper', reason: 'a sample' },
  'emergency.engage': { reason: 'a sample' },
  'emergency.release': { id: 'no-such-emergency', confirm: 'RELEASE' },
  'station.health': undefined,
  'station.status': undefined,
  'station.watch': { topics: ['policy'] },
  'station.components': undefined,
  'station.configuration': undefined,
  'station.setSpeed': { speed: 10 },
  'station.setPaused': { paused: false },
}

/** An undefined sample of an input with required fields would be a mistake here. */
export interface ProcedureCase {
  /** `policy.change` */
  readonly name: string
  readonly path: readonly [area: string, procedure: string]
  readonly procedure: AnyContractProcedure
  readonly scope: NonNullable<ProcedureMeta['scope']>
  readonly sample: unknown
}

/** Every procedure of the contract; throws when one has no sample. */
export function allProcedures(): ProcedureCase[] {
  return Object.entries(contract).flatMap(([area, procedures]) =>
    Object.entries(procedures).map(([procedure, definition]): ProcedureCase => {
      const name = `${area}.${procedure}`
      if (!isContractProcedure(definition)) throw new Error(`${name} is not a procedure`)
      if (!Object.hasOwn(SAMPLES, name)) throw new Error(`${name} has no sample in test/doors/samples.ts`)
      const { scope = 'read' } = definition['~orpc'].meta as ProcedureMeta
      return { name, path: [area, procedure], procedure: definition, scope, sample: SAMPLES[name] }
    }),
  )
}
