import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import type { IntentId } from '../../../src/core/model/ids.ts'
import type { EntryIntent } from '../../../src/core/model/intent.ts'
import type { Side } from '../../../src/core/model/signal.ts'
import { CALM_GOVERNOR, RISK_MODES } from '../../../src/core/policy/policy.ts'
import type { GuardContext } from '../../../src/core/risk-guard/context.ts'
import { Reservations } from '../../../src/core/risk-guard/reservations.ts'
import { check } from '../../../src/core/risk-guard/risk-guard.ts'
import { accountOf, BTC, contextOf, entryOf, heldOf, NOON } from '../../fixtures/guard.ts'

/** Evenly spread, unlike doubles, which fast-check draws mostly from the ends. */
const between = (min: number, max: number) =>
  fc.integer({ min: 0, max: 10_000 }).map((part) => min + ((max - min) * part) / 10_000)
const side = fc.constantFrom<Side>('LONG', 'SHORT')

const anyScene = fc.record({
  mode: fc.constantFrom(...RISK_MODES),
  equity: between(2, 6).map((digits) => 10 ** digits),
  drawdown: between(0, 0.04),
  size: fc.constantFrom(0.5, 0.75, 1),
  side,
  /** of equity */
  notional: between(0, 0.35),
  stopDistance: between(0.002, 0.06),
  drift: between(-0.011, 0.011),
  rate: between(-0.002, 0.002),
  others: fc.array(fc.record({ side, notional: between(0, 0.7), loss: between(0, 0.01) }), { maxLength: 6 }),
  resting: fc.array(fc.record({ side, notional: between(0, 0.3), loss: between(0, 0.01), margin: between(0, 0.1) }), {
    maxLength: 3,
  }),
})
type Scene = typeof anyScene extends fc.Arbitrary<infer Value> ? Value : never

function staged(scene: Scene): { readonly intent: EntryIntent; readonly context: GuardContext } {
  const { equity, drawdown, notional, stopDistance, drift, rate, size } = scene
  const price = 100_000 * (1 + drift)
  const stop = price * (scene.side === 'LONG' ? 1 - stopDistance : 1 + stopDistance)
  const reservations = new Reservations()
  scene.resting.forEach((each, index) => {
    const symbol = `R${index}USDT`
    reservations.restore({
      intentId: symbol as IntentId,
      symbol,
      side: each.side,
      quantity: 1,
      notional: each.notional * equity,
      lossAtStop: each.loss * equity,
      margin: each.margin * equity,
    })
  })
  const positions = scene.others.map((each, index) =>
    heldOf({
      symbol: `P${index}USDT`,
      side: each.side,
      notional: each.notional * equity,
      lossAtStop: each.loss * equity,
    }),
  )
  const world = { mode: scene.mode, drawdown, equity, governor: { ...CALM_GOVERNOR, size } }
  return {
    intent: entryOf({
      side: scene.side,
      confidence: 1,
      price: exact(price),
      stopPrice: exact(stop),
      quantity: exact((notional * equity) / price),
    }),
    context: contextOf(
      {
        reservations,
        positions,
        account: accountOf(equity, { drawdown, freeMargin: 0.4 * equity }),
        funding: { rate, at: NOON, intervalHours: 8 },
      },
      world,
    ),
  }
}

test('whatever is approved keeps every limit, recomputed the long way round', () => {
  let approvals = 0
  fc.assert(
    fc.property(anyScene, (scene) => {
      const { intent, context } = staged(scene)
      const verdict = check(intent, context)
      if (verdict.outcome === 'denied') return
      approvals++
      const { limits, policy } = context
      if (limits === undefined || policy === undefined || verdict.price === null || verdict.leverage === null)
        throw new Error('figures')
      const { equity, drawdown } = scene
      const quantity = Number(verdict.quantity)
      const price = Number(verdict.price)
      const stop = Number(intent.stopPrice)
      const isLong = scene.side === 'LONG'
      const funding = Math.max(0, isLong ? scene.rate : -scene.rate)
      const loss = quantity * ((isLong ? price - stop : stop - price) + price * (0.0005 + 0.0005 + 0.001 + funding))
      const notional = quantity * (isLong ? price : Math.max(price, 100_000))
      const slack = 1 + 1e-8
      const profile = policy.rules.profiles[scene.mode]
      const target = policy.rules.msc.targets[scene.mode]

      // rounded down, to whole steps and ticks, never to a worse price
      expect(verdict.quantity.lte(intent.quantity)).toBe(true)
      expect(verdict.quantity.mod('0.001').isZero() && verdict.price.mod('0.1').isZero()).toBe(true)
      expect(isLong ? verdict.price.lte(intent.price) : verdict.price.gte(intent.price)).toBe(true)
      // risk
      expect(verdict.riskFraction).toBeCloseTo(loss / equity, 10)
      expect(loss / equity).toBeLessThanOrEqual(
        Math.min(profile.maxRiskPerTrade, target.maxRiskPerTrade) * scene.size * slack,
      )
      expect(loss / equity).toBeLessThanOrEqual(((profile.maxDailyDrawdown - drawdown) / 4) * slack)
      // stop
      expect((isLong ? price - stop : stop - price) / price).toBeGreaterThanOrEqual(0.003 / slack)
      expect((isLong ? price - stop : stop - price) / price).toBeLessThanOrEqual(0.15 * slack)
      // size
      expect(notional).toBeLessThanOrEqual(profile.positionSizeCapFraction * scene.size * equity * slack)
      if (equity <= 1000) expect(notional).toBeLessThanOrEqual(profile.positionSizeCapUsd * scene.size * slack)
      expect(verdict.quantity.times(verdict.price).gte(100)).toBe(true)
      // leverage, and margin free of what is reserved
      expect(
        Number.isInteger(verdict.leverage) && verdict.leverage >= 1 && verdict.leverage <= profile.maxLeverage,
      ).toBe(true)
      const reservedMargin = scene.resting.reduce((total, { margin }) => total + margin * equity, 0)
      expect(notional / verdict.leverage + notional * 0.0005).toBeLessThanOrEqual(
        (0.4 * equity - reservedMargin) * slack,
      )
      // slots, exposure, heat
      const book = [...scene.others, ...scene.resting]
      expect(book.length + 1).toBeLessThanOrEqual(Math.min(profile.maxOpenPositions, target.maxPositions))
      expect(book.reduce((total, each) => total + each.notional, notional / equity)).toBeLessThanOrEqual(3 * slack)
      const heatLimit = Math.min(0.06, profile.maxDailyDrawdown - drawdown)
      expect(book.reduce((total, each) => total + each.loss, loss / equity)).toBeLessThanOrEqual(heatLimit * slack)
      const sameWay = book.filter((each) => each.side === scene.side)
      expect(sameWay.reduce((total, each) => total + each.loss, loss / equity)).toBeLessThanOrEqual(
        0.7 * heatLimit * slack,
      )
    }),
    { numRuns: 3000, seed: 42 },
  )
  // the property says something: enough scenes were approved
  expect(approvals).toBeGreaterThan(100)
})

test('the same intent and context give the same verdict, and neither is changed', () => {
  fc.assert(
    fc.property(anyScene, (scene) => {
      const { intent, context } = staged(scene)
      const before = JSON.stringify([intent, context])
      expect(JSON.stringify(check(intent, context))).toBe(JSON.stringify(check(intent, context)))
      expect(JSON.stringify([intent, context])).toBe(before)
    }),
    { numRuns: 100 },
  )
})

test('the contract’s own fixture is what these figures assume', () => {
  expect([BTC.takerFee, BTC.minNotional, BTC.tickSize, BTC.stepSize]).toEqual([0.0005, '100', '0.1', '0.001'])
})
