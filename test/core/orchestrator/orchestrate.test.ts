import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import { intentIdOf } from '../../../src/core/model/ids.ts'
import type { Signal } from '../../../src/core/model/signal.ts'
import type { OrchestratorContext, SymbolView } from '../../../src/core/orchestrator/context.ts'
import { orchestrate } from '../../../src/core/orchestrator/orchestrate.ts'
import { NOON, policyOf, type World } from '../../fixtures/guard.ts'
import { orchestratorContextOf, signalOf, viewOf } from '../../fixtures/orchestrator.ts'

const run = (
  signals: readonly Signal[],
  fields: Partial<OrchestratorContext> = {},
  world: World & { view?: SymbolView } = {},
) => orchestrate(signals, orchestratorContextOf(fields, world))

/** The reason the only signal was dropped for; `entry` or `close` when it was not. */
function fate(
  signal: Partial<Signal>,
  view: Partial<SymbolView> = {},
  fields: Partial<OrchestratorContext> = {},
  world: World = {},
): string {
  const { decisions } = run([signalOf(signal)], fields, { ...world, view: viewOf(view) })
  const [decision] = decisions
  if (decision === undefined) throw new Error('every signal is decided')
  return 'reason' in decision.outcome && 'outcome' in decision.outcome
    ? decision.outcome.reason
    : decision.outcome.kind.toLowerCase()
}

const ranked = (oppRankings: Record<string, number>): World => ({ policy: policyOf('NORMAL', { oppRankings }) })
const held = (side: 'LONG' | 'SHORT', strategyId = 'trend_following') => ({
  position: { side, strategyId, quantity: exact('0.02') },
})
const MINUTE_MS = 60_000

test('a sure signal on a calm market becomes a sized intent with its staircase', () => {
  const signal = signalOf({ takeProfitPrice: 104_000 })
  const { intents, exits, dropped, decisions } = run([signal])
  expect([intents.length, exits.length, dropped.length]).toEqual([1, 0, 0])
  const [intent] = intents
  expect(intent).toMatchObject({
    kind: 'ENTRY',
    id: intentIdOf('trend_following', 'BTCUSDT', 'LONG', signal.bar),
    traceId: signal.traceId,
    signalId: signal.id,
    actor: 'strategy:trend_following',
    confidence: 0.9,
    price: exact('99999.9'),
    timeInForce: 'GTC',
    restMs: 2000,
    followUpPrice: exact(100_200),
    stopPrice: exact(98_000),
    takeProfitPrice: exact(104_000),
    leverage: null,
    expectedHoldMs: 16 * 900_000,
    bar: signal.bar,
  })
  // no trades yet: a quarter of 0.75 % of 10 000 USDT, 1 % kept free, over (2200 + 0.2 % of 100 200) lost per unit
  expect(Number(intent?.quantity)).toBeCloseTo((18.75 * 0.99) / (2200 + 200.4), 12)
  expect(decisions[0]?.ranking).toBe(0.5)
  expect(decisions[0]?.steps.map(({ step }) => step)).toEqual([
    'confidence_below_required',
    'strategy_not_allowed',
    'symbol_not_allowed',
    'not_ranked',
    'symbol_busy',
    'cooldown',
    'volatility_extreme',
    'price_ran_away',
    'size_zero',
  ])
})

describe('a signal is dropped', () => {
  test('expired: after its time to live, not at it', () => {
    expect(fate({ createdAt: NOON - 900_000 })).toBe('entry')
    expect(fate({ createdAt: NOON - 900_001 })).toBe('expired')
  })

  test('duplicate: its intent was decided before', () => {
    const { bar } = signalOf()
    expect(fate({}, {}, { usedIntents: new Set([intentIdOf('trend_following', 'BTCUSDT', 'LONG', bar)]) })).toBe(
      'duplicate',
    )
    expect(fate({}, {}, { usedIntents: new Set([intentIdOf('trend_following', 'BTCUSDT', 'SHORT', bar)]) })).toBe(
      'entry',
    )
  })

  test('confidence_below_required: 0.65 in NORMAL, 0.68 where spread is wide or fills slip', () => {
    expect(fate({ confidence: 0.65 })).toBe('entry')
    expect(fate({ confidence: 0.6499 })).toBe('confidence_below_required')
    expect(fate({ confidence: 0.65 }, { spread: 0.001 })).toBe('entry')
    expect(fate({ confidence: 0.6799 }, { spread: 0.00101 })).toBe('confidence_below_required')
    expect(fate({ confidence: 0.68 }, { spread: 0.00101 })).toBe('entry')
    expect(fate({ confidence: 0.65 }, { meanSlippage: 0.0008 })).toBe('entry')
    expect(fate({ confidence: 0.6799 }, { meanSlippage: 0.00081 })).toBe('confidence_below_required')
    // both at once cost 0.03 once
    expect(fate({ confidence: 0.68 }, { meanSlippage: 0.002, spread: 0.002 })).toBe('entry')
    expect(fate({ confidence: Number.NaN })).toBe('confidence_below_required')
  })

  test('strategy_not_allowed, symbol_not_allowed', () => {
    const under = (policy: Parameters<typeof policyOf>[1]) => fate({}, {}, {}, { policy: policyOf('NORMAL', policy) })
    expect(under({ allowedStrategies: ['mean_reversion'] })).toBe('strategy_not_allowed')
    expect(under({ blockedStrategies: ['trend_following'] })).toBe('strategy_not_allowed')
    expect(under({ allowedStrategies: ['trend_following'], allowedSymbols: ['BTCUSDT'] })).toBe('entry')
    expect(under({ allowedSymbols: [] })).toBe('symbol_not_allowed')
  })

  test('not_ranked: the ranker filtered the symbol out', () => {
    expect(fate({}, {}, {}, ranked({ BTCUSDT: 0.1 }))).toBe('entry')
    expect(fate({}, {}, {}, ranked({ ETHUSDT: 0.9 }))).toBe('not_ranked')
    expect(fate({ symbol: 'toString' }, {}, {}, ranked({ ETHUSDT: 0.9 }))).toBe('not_ranked')
  })

  test('a ranking that names nobody is one all the same; without any, and with the ranker off, everything counts one half', () => {
    const rankingOf = (isRanked: boolean | undefined, oppRankings: Record<string, number>) => {
      const context = orchestratorContextOf({ ...(isRanked !== undefined && { isRanked }) }, ranked(oppRankings))
      const [decision] = orchestrate([signalOf()], context).decisions
      return (
        decision?.ranking ?? (decision !== undefined && 'reason' in decision.outcome ? decision.outcome.reason : null)
      )
    }
    expect(rankingOf(true, {})).toBe('not_ranked')
    expect(rankingOf(undefined, {})).toBe(0.5)
    expect(rankingOf(false, { ETHUSDT: 0.9 })).toBe(0.5)
    expect(rankingOf(true, { BTCUSDT: 0.9 })).toBe(0.9)
  })

  test('symbol_busy: a position, a resting entry or an UNKNOWN order', () => {
    expect(fate({}, held('LONG'))).toBe('symbol_busy')
    expect(fate({}, { hasRestingEntry: true })).toBe('symbol_busy')
    expect(fate({}, { hasUnknownOrder: true })).toBe('symbol_busy')
  })

  test('opposite_position: another strategy’s position is not ours to turn', () => {
    expect(fate({}, held('SHORT', 'mean_reversion'))).toBe('opposite_position')
  })

  test('no_position: an EXIT without a position of its own strategy and side', () => {
    expect(fate({ kind: 'EXIT' })).toBe('no_position')
    expect(fate({ kind: 'EXIT' }, held('SHORT'))).toBe('no_position')
    expect(fate({ kind: 'EXIT' }, held('LONG', 'mean_reversion'))).toBe('no_position')
  })

  test('cooldown: four bars, at least 30 min, on the side that was stopped out', () => {
    const stopped = (minutesAgo: number) => ({ stoppedOutAt: { LONG: NOON - minutesAgo * MINUTE_MS, SHORT: null } })
    expect(fate({}, stopped(59))).toBe('cooldown')
    expect(fate({}, stopped(60))).toBe('entry')
    expect(fate({ interval: '5m' }, stopped(29))).toBe('cooldown')
    expect(fate({ interval: '5m' }, stopped(30))).toBe('entry')
    expect(fate({ side: 'SHORT' }, stopped(1))).toBe('entry')
  })

  test('volatility_extreme', () => {
    expect(fate({}, { volatility: 'EXTREME' })).toBe('volatility_extreme')
    expect(fate({}, { volatility: 'HIGH' })).toBe('entry')
    expect(fate({}, { volatility: null })).toBe('entry')
  })

  test('data_not_ready: nothing, or no usable price, is known of the symbol', () => {
    expect(run([signalOf()], { symbols: new Map() }).dropped).toMatchObject([{ reason: 'data_not_ready' }])
    expect(fate({}, { last: Number.NaN })).toBe('data_not_ready')
    expect(fate({}, { mark: 0 })).toBe('data_not_ready')
    expect(fate({ stopPrice: Number.NaN })).toBe('data_not_ready')
  })

  test('price_ran_away: even the touch is worse than the worst price', () => {
    expect(fate({}, { last: 100_500, bid: 100_450, ask: 100_451, mark: 100_500 })).toBe('price_ran_away')
  })

  test('size_zero: nothing to size with', () => {
    expect(fate({}, {}, { freeMargin: 0 })).toBe('size_zero')
    expect(fate({}, {}, { equity: 0 })).toBe('size_zero')
    expect(fate({}, {}, { equity: Number.NaN })).toBe('size_zero')
  })

  test('for the first reason alone, with its numbers, version and trace', () => {
    const signal = signalOf({ confidence: 0.1 })
    const { dropped } = run([signal], { policy: policyOf('NORMAL', { version: 214, allowedSymbols: [] }) })
    expect(dropped).toEqual([
      {
        outcome: 'dropped',
        reason: 'confidence_below_required',
        limit: 0.65,
        actual: 0.1,
        policyVersion: 214,
        traceId: signal.traceId,
        signalId: signal.id,
        sentence: 'confidence 0.1, 0.65 required',
      },
    ])
  })
})

describe('a position is closed', () => {
  test('by an EXIT of its own strategy, whatever would stop an entry', () => {
    const blocked = policyOf('NORMAL', {
      blockedStrategies: ['trend_following'],
      allowedSymbols: [],
      oppRankings: { ETHUSDT: 1 },
    })
    const view = viewOf({ ...held('LONG'), volatility: 'EXTREME', hasUnknownOrder: true, last: Number.NaN })
    const { exits } = run([signalOf({ kind: 'EXIT', confidence: 0 })], { policy: blocked }, { view })
    expect(exits).toMatchObject([
      { kind: 'CLOSE', symbol: 'BTCUSDT', side: 'LONG', quantity: exact('0.02'), reason: 'SIGNAL' },
    ])
  })

  test('by an opposite entry of its own strategy, which never reverses in one order', () => {
    const { exits, intents } = run(
      [signalOf({ side: 'SHORT', stopPrice: 102_000 })],
      {},
      { view: viewOf(held('LONG')) },
    )
    expect(exits).toMatchObject([{ kind: 'CLOSE', side: 'LONG' }])
    expect(intents).toEqual([])
    expect(fate({ side: 'SHORT', stopPrice: 102_000, confidence: 0.1 }, held('LONG'))).toBe('confidence_below_required')
  })

  test('once in a batch', () => {
    const both = [signalOf({ kind: 'EXIT' }), signalOf({ side: 'SHORT', stopPrice: 102_000 })]
    const { exits, dropped } = run(both, {}, { view: viewOf(held('LONG')) })
    expect(exits.length).toBe(1)
    expect(dropped).toMatchObject([{ reason: 'no_position' }])
  })
})

describe('signals of one batch compete', () => {
  const long = (fields: Partial<Signal> = {}) => signalOf(fields)
  const short = (fields: Partial<Signal> = {}) =>
    signalOf({ strategyId: 'mean_reversion', side: 'SHORT', stopPrice: 102_000, ...fields })

  test('opposite ones on a symbol: the higher confidence × ranking wins', () => {
    const { intents, dropped } = run([long({ confidence: 0.8 }), short({ confidence: 0.81 })])
    expect(intents).toMatchObject([{ side: 'SHORT' }])
    expect(dropped).toMatchObject([{ reason: 'conflicting_signals', limit: 0.405, actual: 0.4 }])
  })

  test('equal ones: neither', () => {
    const { intents, dropped } = run([long({ confidence: 0.8 }), short({ confidence: 0.8 })])
    expect(intents).toEqual([])
    expect(dropped.map(({ reason }) => reason)).toEqual(['conflicting_signals', 'conflicting_signals'])
  })

  test('the same way on a symbol: the better one has it', () => {
    const { intents, dropped } = run([
      long({ confidence: 0.8 }),
      long({ strategyId: 'breakout_hunter', confidence: 0.9 }),
    ])
    expect(intents).toMatchObject([{ strategyId: 'breakout_hunter' }])
    expect(dropped).toMatchObject([{ reason: 'symbol_busy' }])
  })

  test('for the free slots: best confidence × ranking first', () => {
    const oppRankings = { AUSDT: 0.5, BUSDT: 0.9, CUSDT: 0.7 }
    const policy = policyOf('NORMAL', { oppRankings, maxPositions: 5 })
    const signals = Object.keys(oppRankings).map((symbol) => long({ symbol, confidence: 0.8 }))
    const { intents, dropped } = run(signals, { occupiedSlots: 3 }, { policy })
    expect(intents.map(({ symbol }) => symbol)).toEqual(['BUSDT', 'CUSDT'])
    expect(dropped).toMatchObject([{ reason: 'no_free_slot' }])
    expect(run(signals, { occupiedSlots: 5 }, { policy }).intents).toEqual([])
    expect(run(signals, { occupiedSlots: 9 }, { policy }).intents).toEqual([])
  })

  test('for margin: the better one takes it first', () => {
    const policy = policyOf('NORMAL', { oppRankings: { AUSDT: 0.5, BUSDT: 0.9 } })
    const record = { trades: 200, wins: 140, meanWin: 2, meanLoss: 1 }
    const signals = ['AUSDT', 'BUSDT'].map((symbol) => long({ symbol }))
    const { intents } = run(
      signals,
      { freeMargin: 300, tradeRecords: new Map([['trend_following', record]]) },
      { policy },
    )
    expect(intents.map(({ symbol }) => symbol)).toEqual(['BUSDT', 'AUSDT'])
    const margins = intents.map(({ quantity, price }) => Number(quantity.times(price)) * (1 / 5 + 0.0005))
    expect(margins[0]).toBeGreaterThan(200)
    expect((margins[0] ?? 0) + (margins[1] ?? 0)).toBeLessThan(300)
  })

  test('a slot that could not be used is free for the next one', () => {
    const policy = policyOf('NORMAL', { oppRankings: { AUSDT: 0.9, BUSDT: 0.5 }, maxPositions: 1 })
    const symbols = { get: (symbol: string) => viewOf(symbol === 'AUSDT' ? { last: Number.NaN } : {}) }
    const { intents, dropped } = run([long({ symbol: 'AUSDT' }), long({ symbol: 'BUSDT' })], { symbols }, { policy })
    expect(intents).toMatchObject([{ symbol: 'BUSDT' }])
    expect(dropped).toMatchObject([{ reason: 'data_not_ready' }])
  })
})

const anySignal = fc
  .record({
    symbol: fc.constantFrom('AUSDT', 'BUSDT', 'CUSDT', 'DUSDT'),
    strategyId: fc.constantFrom('trend_following', 'mean_reversion', 'breakout_hunter'),
    side: fc.constantFrom('LONG' as const, 'SHORT' as const),
    kind: fc.constantFrom('ENTRY' as const, 'ENTRY' as const, 'EXIT' as const),
    confidence: fc.constantFrom(0.5, 0.7, 0.8, 0.9),
    bar: fc.constantFrom(NOON - 900_000, NOON - 1_800_000),
  })
  .map((fields) => signalOf(fields))
const symbols = new Map<string, SymbolView>([
  ['AUSDT', viewOf()],
  ['BUSDT', viewOf(held('LONG'))],
  ['CUSDT', viewOf({ hasRestingEntry: true })],
  ['DUSDT', viewOf(held('SHORT', 'mean_reversion'))],
])

test('every signal gets exactly one decision; at most one intent per symbol; the order of the batch does not matter', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anySignal, { selector: ({ id }) => id, maxLength: 16 }), (signals) => {
      const batch = run(signals, { symbols })
      expect(batch.decisions.map(({ signal }) => signal.id).sort()).toEqual(signals.map(({ id }) => id).sort())
      expect(batch.intents.length + batch.exits.length + batch.dropped.length).toBe(signals.length)
      const entered = batch.intents.map(({ symbol }) => symbol)
      expect(new Set(entered).size).toBe(entered.length)
      expect(run([...signals].reverse(), { symbols }).intents).toEqual(batch.intents)
    }),
    { numRuns: 300 },
  )
})

test('the same batch twice: the second time every signal is a duplicate', () => {
  fc.assert(
    fc.property(fc.array(anySignal, { minLength: 1, maxLength: 16 }), (signals) => {
      const first = run(signals, { symbols })
      const usedIntents = new Set<string>(first.decisions.map(({ intentId }) => intentId))
      const second = run(signals, { symbols, usedIntents })
      expect(second.intents).toEqual([])
      expect(second.exits).toEqual([])
      expect(new Set(second.dropped.map(({ reason }) => reason))).toEqual(new Set(['duplicate']))
      const twice = run([...signals, ...signals], { symbols })
      expect(twice.intents).toEqual(first.intents)
      expect(twice.dropped.length).toBe(first.dropped.length + signals.length)
    }),
    { numRuns: 200 },
  )
})
