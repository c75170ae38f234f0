/** How long 500 symbols take from signals to verdicts, and what one verdict costs. */
import { intentIdOf } from '../../src/core/model/ids.ts'
import type { Signal } from '../../src/core/model/signal.ts'
import type { SymbolView } from '../../src/core/orchestrator/context.ts'
import { orchestrate } from '../../src/core/orchestrator/orchestrate.ts'
import type { GlobalPolicy } from '../../src/core/policy/policy.ts'
import type { GuardContext } from '../../src/core/risk-guard/context.ts'
import { Reservations } from '../../src/core/risk-guard/reservations.ts'
import { check } from '../../src/core/risk-guard/risk-guard.ts'
import { BTC, contextOf, entryOf, heldOf, NOON, policyOf } from '../fixtures/guard.ts'
import { orchestratorContextOf, signalOf, viewOf } from '../fixtures/orchestrator.ts'
import { type BenchRow, median, printRows } from './bench-row.ts'

const SYMBOLS = Array.from({ length: 500 }, (_, index) => `S${index}USDT`)
const STRATEGIES = ['trend_following', 'breakout_hunter', 'momentum_scalping', 'mean_reversion']
const VIEWS: ReadonlyMap<string, SymbolView> = new Map(
  SYMBOLS.map((symbol) => [symbol, viewOf({ instrument: { ...BTC, symbol } })]),
)
const WARM_UP = 100
const BLOCKS = 7
const CANDLES = 200
const LIMIT_MS = 5

/** Evenly spread over 0.5…1. */
const spread = (row: number, column: number): number => 0.5 + (((row * 37 + column * 101) % 500) / 500) * 0.5

/** Each symbol × strategy speaks. */
const signalsOfAll = (strategies: readonly string[], confidence: typeof spread): readonly Signal[] =>
  SYMBOLS.flatMap((symbol, row) =>
    strategies.map((strategyId, column) => signalOf({ symbol, strategyId, confidence: confidence(row, column) })),
  )

interface Load {
  readonly signals: readonly Signal[]
  readonly policy: GlobalPolicy
  /** what is held already */
  readonly occupied: number
}

/** One candle of every symbol: the batch through the orchestrator, each intent through the guard, approvals reserved. */
function candle({ signals, policy, occupied }: Load): number {
  const positions = Array.from({ length: occupied }, (_, index) => heldOf({ symbol: `P${index}USDT`, lossAtStop: 1 }))
  const reservations = new Reservations()
  const base = contextOf({ positions, reservations }, { policy })
  const batch = orchestrate(signals, orchestratorContextOf({ policy, symbols: VIEWS, occupiedSlots: occupied }))
  let verdicts = 0
  for (const intent of batch.intents) {
    const context: GuardContext = { ...base, instrument: VIEWS.get(intent.symbol)?.instrument }
    const verdict = check(intent, context)
    if (verdict.outcome === 'approved') reservations.hold(verdict)
    verdicts++
  }
  return batch.dropped.length + verdicts
}

function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN
}

/** Milliseconds of each of so many candles. */
function timed(load: Load, candles: number): readonly number[] {
  return Array.from({ length: candles }, () => {
    const start = performance.now()
    const decided = candle(load)
    if (decided !== load.signals.length) throw new Error('a signal was lost')
    return performance.now() - start
  })
}

/** The median of several blocks, so that one block in which another process had the processor does not decide. */
function batchRows(name: string, load: Load): BenchRow[] {
  timed(load, WARM_UP)
  const blocks = Array.from({ length: BLOCKS }, () => timed(load, CANDLES))
  return [0.5, 0.99].map((share) => {
    const measured = median(blocks.map((times) => percentile(times, share)))
    const limit = `≤ ${LIMIT_MS} ms`
    const ok = measured <= LIMIT_MS
    return {
      name: `${name}, p${share * 100}`,
      measured,
      unit: 'ms',
      against: LIMIT_MS,
      ratio: measured / LIMIT_MS,
      limit,
      ok,
    }
  })
}

const VERDICTS = 20_000

function verdictRow(name: string, context: GuardContext, limitUs: number): BenchRow {
  const intents = SYMBOLS.map((symbol) => entryOf({ symbol, id: intentIdOf('trend_following', symbol, 'LONG', NOON) }))
  const runs: number[] = []
  for (let round = 0; round < 7; round++) {
    const start = performance.now()
    let seen = 0
    for (let index = 0; index < VERDICTS; index++) {
      const intent = intents[index % intents.length]
      if (intent !== undefined) seen += check(intent, context).steps.length
    }
    if (seen === 0) throw new Error('nothing was checked')
    runs.push(((performance.now() - start) * 1000) / VERDICTS)
  }
  const measured = median(runs)
  return {
    name,
    measured,
    unit: 'µs',
    against: limitUs,
    ratio: measured / limitUs,
    limit: `≤ ${limitUs} µs`,
    ok: measured <= limitUs,
  }
}

export function run(): Promise<BenchRow[]> {
  const emergency = { id: 'e', engagedAt: NOON, by: 'user' as const, reason: 'bench' }
  const wide = policyOf('NORMAL', { maxPositions: 100 })
  const roomy = {
    ...wide,
    rules: {
      ...wide.rules,
      profiles: { ...wide.rules.profiles, NORMAL: { ...wide.rules.profiles.NORMAL, maxOpenPositions: 100 } },
    },
  }
  return Promise.resolve([
    ...batchRows('500 symbols × 4 strategies, 10 slots', {
      signals: signalsOfAll(STRATEGIES, spread),
      policy: policyOf(),
      occupied: 3,
    }),
    // 100 is the most positions a policy may allow
    ...batchRows('500 sure entries, 100 slots, 30 taken', {
      signals: signalsOfAll(['trend_following'], () => 1),
      policy: roomy,
      occupied: 30,
    }),
    verdictRow('denied by the first check', contextOf({}, { policy: policyOf('NORMAL', { emergency }) }), 2),
    verdictRow('denied by the last check', contextOf({ instrument: { ...BTC, minNotional: '1000000' } }), 25),
    verdictRow('approved', contextOf(), 25),
  ])
}

if (import.meta.main) process.exitCode = printRows(await run()) ? 0 : 1
