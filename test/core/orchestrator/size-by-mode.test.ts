import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { exact, ZERO } from '../../../src/core/model/decimal.ts'
import type { Instrument } from '../../../src/core/model/market.ts'
import type { Side } from '../../../src/core/model/signal.ts'
import { orchestrate } from '../../../src/core/orchestrator/orchestrate.ts'
import { effectiveLimits } from '../../../src/core/policy/effective.ts'
import { CALM_GOVERNOR, type RiskMode } from '../../../src/core/policy/policy.ts'
import { check } from '../../../src/core/risk-guard/risk-guard.ts'
import { accountOf, BTC, contextOf, NOON, policyOf } from '../../fixtures/guard.ts'
import { orchestratorContextOf, signalOf, viewOf } from '../../fixtures/orchestrator.ts'

const between = (min: number, max: number) =>
  fc.integer({ min: 0, max: 10_000 }).map((part) => min + ((max - min) * part) / 10_000)

const anyCase = fc.record({
  side: fc.constantFrom<Side>('LONG', 'SHORT'),
  equity: between(1, 7).map((digits) => 10 ** digits),
  price: between(-3, 5).map((digits) => 10 ** digits),
  /** ticks and steps in powers of ten below the price */
  fineness: fc.integer({ min: 3, max: 6 }),
  minNotional: fc.constantFrom('5', '20', '100'),
  stopDistance: between(0.001, 0.2),
  drift: between(-0.0002, 0.0002),
  halfSpread: between(0, 0.0001),
  drawdown: between(0, 0.07),
  rate: between(-0.0005, 0.0005),
  governor: fc.constantFrom(0.75, 0.85, 1),
  freeShare: between(0, 1),
  trades: fc.integer({ min: 0, max: 200 }),
  winRate: between(0.2, 0.8),
  meanWin: between(0.5, 3),
  volatility: fc.constantFrom('NORMAL' as const, 'HIGH' as const),
  warming: fc.boolean(),
  maxNotional: fc.constantFrom(null, 200, 5000),
})
type Case = typeof anyCase extends fc.Arbitrary<infer Value> ? Value : never

function contractOf({ price, fineness, minNotional }: Case): Instrument {
  const magnitude = Math.floor(Math.log10(price))
  const tick = exact(10)
    .pow(magnitude - fineness)
    .toFixed()
  const step = exact(10)
    .pow(1 - magnitude - fineness)
    .toFixed()
  return { ...BTC, tickSize: tick, stepSize: step, minQuantity: step, maxQuantity: '1e12', minNotional }
}

/** What this mode lets in, whole way: orchestrator, sizing, guard. */
function allowed(mode: RiskMode, each: Case) {
  const { side, equity, price, drift, halfSpread, drawdown, rate, governor, freeShare } = each
  const policy = policyOf(mode, {}, { maxOrderNotionalUsd: each.maxNotional })
  const limits = effectiveLimits(policy, { ...CALM_GOVERNOR, size: governor }, drawdown)
  const last = price * (1 + drift)
  const instrument = contractOf(each)
  const { bid, ask } = { bid: last * (1 - halfSpread), ask: last * (1 + halfSpread) }
  const view = viewOf({
    instrument,
    last,
    bid,
    ask,
    mark: last,
    spread: 2 * halfSpread,
    volatility: each.volatility,
    fundingRate: rate,
  })
  const freeMargin = equity * freeShare
  const wins = Math.round(each.trades * each.winRate)
  const record = { trades: each.trades, wins, meanWin: each.meanWin, meanLoss: 1 }
  const stopPrice = price * (side === 'LONG' ? 1 - each.stopDistance : 1 + each.stopDistance)
  const batch = orchestrate(
    [signalOf({ side, price, stopPrice, confidence: 1 })],
    orchestratorContextOf({
      policy,
      limits,
      equity,
      freeMargin,
      symbols: { get: () => view },
      tradeRecords: new Map([['trend_following', record]]),
      warmingUp: new Set(each.warming ? ['trend_following'] : []),
    }),
  )
  const [intent] = batch.intents
  if (intent === undefined) return ZERO
  const verdict = check(
    intent,
    contextOf({
      policy,
      limits,
      instrument,
      lastPrice: { price: last, at: NOON },
      markPrice: { price: last, at: NOON },
      spread: 2 * halfSpread,
      funding: { rate, at: NOON, intervalHours: 8 },
      account: accountOf(equity, { drawdown, freeMargin }),
    }),
  )
  return verdict.outcome === 'approved' ? verdict.quantity : ZERO
}

test('SPEC §20.5: the size in DEFENSIVE ≤ NORMAL ≤ AGGRESSIVE at any equity, stop and symbol', () => {
  let compared = 0
  fc.assert(
    fc.property(anyCase, (each) => {
      const [defensive, normal, aggressive] = [
        allowed('DEFENSIVE', each),
        allowed('NORMAL', each),
        allowed('AGGRESSIVE', each),
      ]
      if (defensive.gt(0)) compared++
      expect(defensive.lte(normal)).toBe(true)
      expect(normal.lte(aggressive)).toBe(true)
    }),
    { numRuns: 3000, seed: 7 },
  )
  // the property says something: often enough all three trade
  expect(compared).toBeGreaterThan(300)
})

test('SPEC §20.3: a deposit or withdrawal of half the account changes no percentage', () => {
  const risk = (equity: number) => {
    const account = accountOf(equity, { nav: 1.25, navHighToday: 1.28, drawdown: 1 - 1.25 / 1.28 })
    const instrument = { ...BTC, stepSize: '0.00000001', minQuantity: '0.00000001' }
    const limits = effectiveLimits(policyOf(), CALM_GOVERNOR, account.drawdown)
    const view = viewOf({ instrument })
    const batch = orchestrate(
      [signalOf()],
      orchestratorContextOf({ equity, freeMargin: equity, limits, symbols: { get: () => view } }),
    )
    const [intent] = batch.intents
    if (intent === undefined) throw new Error('expected an entry')
    const verdict = check(intent, contextOf({ account, instrument, limits }))
    if (verdict.outcome === 'denied') throw new Error(verdict.sentence)
    const seen = verdict.steps.filter(
      ({ step }) => !['below_minimum', 'exchange_filter', 'position_cap'].includes(step),
    )
    return { fraction: verdict.riskFraction, leverage: verdict.leverage, seen }
  }
  const before = risk(10_000)
  for (const equity of [5000, 15_000]) {
    const after = risk(equity)
    expect(after.fraction).toBeCloseTo(before.fraction, 9)
    expect(after.leverage).toBe(before.leverage)
    after.seen.forEach((step, index) => {
      const same = before.seen[index]
      expect(step.step).toBe(same?.step)
      if (typeof step.actual === 'number') expect(step.actual).toBeCloseTo(Number(same?.actual), 8)
      else expect(step.actual).toBe(same?.actual)
    })
  }
})
