import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { type Exact, exact, ZERO } from '../../../src/core/model/decimal.ts'
import type { ReducingIntent } from '../../../src/core/model/intent.ts'
import type { GuardContext } from '../../../src/core/risk-guard/context.ts'
import { check } from '../../../src/core/risk-guard/risk-guard.ts'
import {
  accountOf,
  BTC,
  cancelOf,
  closeOf,
  contextOf,
  heldOf,
  NOON,
  policyOf,
  protectOf,
} from '../../fixtures/guard.ts'

const held = (quantity: string, fields: Parameters<typeof heldOf>[0] = {}): GuardContext =>
  contextOf({ positions: [heldOf({ quantity: exact(quantity), ...fields })] })

const sum = (slices: readonly Exact[]) => slices.reduce((total, slice) => total.plus(slice), ZERO)

const emergency = { id: 'e', engagedAt: NOON, by: 'user' as const, reason: 'x' }

/** For each field: everything an entry would be denied for. `calm` holds 0.05 BTC with its stop at 97 000. */
const DENYING: Readonly<Record<string, readonly unknown[]>> = {
  now: [Number.NaN],
  feedNow: [NOON + 1e9],
  isLive: [true],
  policy: [policyOf('DEFENSIVE', { emergency, allowedSymbols: [], blockedStrategies: ['trend_following'] }), {}],
  limits: [{}, contextOf({}, { mode: 'DEFENSIVE', drawdown: 0.5 }).limits],
  entriesOff: ['not reconciled'],
  equityJump: [0.9],
  instrument: [
    { ...BTC, status: 'HALT', minNotional: '1e9' },
    { ...BTC, tickSize: 'x', stepSize: '0', maxMarketQuantity: 'NaN' },
    {},
  ],
  lastPrice: [{ price: Number.NaN, at: 0 }],
  markPrice: [{ price: -1, at: Number.NaN }],
  priceEveryMs: [Number.NaN],
  spread: [Number.NaN],
  funding: [{ rate: Number.NaN, at: 0, intervalHours: 0 }],
  account: [null, accountOf(Number.NaN, { drawdown: 0.9 }), accountOf(-100)],
  dayLossUsd: [1e9],
  positions: [[{ symbol: 'BTCUSDT' }], [null]],
  reservations: [{}],
  unknownOrder: [true],
  entriesFilledToday: [{}],
  recentEntries: [[null]],
  lastEntryOnSymbol: [{ bar: Number.NaN }],
  symbolRejections: [{ inARow: 99, lastAt: NOON }],
  rejectionTimes: [Array.from({ length: 99 }, () => NOON)],
  symbolRestsUntil: [NOON + 1e9],
  correlation: [1],
}

const THROWS = Symbol('throws when read')
const calm = contextOf({ positions: [heldOf({ quantity: exact('0.05'), stopPrice: exact(97_000) })] })

function contextFrom(fields: Readonly<Record<string, unknown>>): GuardContext {
  const context: Record<string, unknown> = { ...fields }
  for (const [field, value] of Object.entries(fields)) {
    if (value !== THROWS) continue
    Object.defineProperty(context, field, {
      get: () => {
        throw new Error(`${field} is gone`)
      },
    })
  }
  return context
}

const anyContext: fc.Arbitrary<GuardContext> = fc
  .record(
    Object.fromEntries(
      Object.entries(DENYING).map(([field, worst]) => {
        const usual = (calm as Record<string, unknown>)[field]
        return [field, fc.constantFrom(usual, undefined, null, THROWS, ...worst)]
      }),
    ),
  )
  .map(contextFrom)

/** Actions that reduce: any close up to the position, any stop not farther than 97 000, any target, any cancel. */
const anyReducing: fc.Arbitrary<ReducingIntent> = fc.oneof(
  fc.constant(cancelOf()),
  fc.integer({ min: 1, max: 50 }).map((lots) => closeOf({ quantity: exact(lots).times('0.001') })),
  fc
    .record({ lots: fc.integer({ min: 1, max: 50 }), trigger: fc.integer({ min: 97_000, max: 99_999 }) })
    .map(({ lots, trigger }) => protectOf({ quantity: exact(lots).times('0.001'), triggerPrice: exact(trigger) })),
  fc
    .integer({ min: 1, max: 200_000 })
    .map((trigger) => protectOf({ type: 'TAKE_PROFIT_MARKET', triggerPrice: exact(trigger) })),
  fc.constant(
    protectOf({
      type: 'TRAILING_STOP_MARKET',
      triggerPrice: null,
      trailing: { activationPrice: null, callback: 0.01 },
    }),
  ),
)

describe('SPEC §20.1: every risk-reducing action passes', () => {
  test('under every combination of denial states, missing, broken and throwing input included', () => {
    fc.assert(
      fc.property(anyReducing, anyContext, (intent, context) => {
        const verdict = check(intent, context)
        expect(verdict.outcome).toBe('approved')
        if (verdict.outcome === 'denied' || intent.kind === 'CANCEL') return
        expect(verdict.quantity.eq(intent.quantity)).toBe(true)
        expect(sum(verdict.slices).eq(verdict.quantity)).toBe(true)
        expect(verdict.riskFraction).toBe(0)
      }),
      { numRuns: 2000 },
    )
  })

  test('with no context at all', () => {
    for (const intent of [cancelOf(), closeOf(), protectOf()]) {
      expect(check(intent, {}).outcome).toBe('approved')
      expect(check(intent, undefined as unknown as GuardContext).outcome).toBe('approved')
    }
  })

  test('with everything against it at once', () => {
    const worst = Object.fromEntries(Object.entries(DENYING).map(([field, values]) => [field, values[0]]))
    for (const intent of [cancelOf(), closeOf(), protectOf()]) {
      expect(check(intent, contextFrom({ ...worst, positions: calm.positions })).outcome).toBe('approved')
    }
  })
})

describe('a reducing action', () => {
  test('is cut to the exchange’s position', () => {
    expect(check(closeOf({ quantity: exact('0.5') }), held('0.05'))).toMatchObject({ quantity: exact('0.05') })
    expect(check(protectOf({ quantity: exact('0.5') }), held('0.05'))).toMatchObject({ quantity: exact('0.05') })
  })

  test('needs something to reduce', () => {
    expect(check(closeOf(), contextOf())).toMatchObject({ outcome: 'denied', check: 15, code: 'not_reducing' })
    expect(check(closeOf({ side: 'SHORT' }), held('0.05'))).toMatchObject({ outcome: 'denied', code: 'not_reducing' })
    expect(check(protectOf(), contextOf())).toMatchObject({ outcome: 'denied', code: 'not_reducing' })
  })

  test('is rounded down to the step and exempt from the minimum notional', () => {
    expect(check(closeOf({ quantity: exact('0.0019') }), held('0.05'))).toMatchObject({ quantity: exact('0.001') })
    expect(check(closeOf({ quantity: exact('0.0009') }), held('0.05'))).toMatchObject({
      outcome: 'denied',
      code: 'exchange_filter',
    })
    expect(check(closeOf({ quantity: exact(0) }), {})).toMatchObject({ outcome: 'denied', code: 'exchange_filter' })
  })

  test('is sliced above the market-lot maximum, which need not be a multiple of the step', () => {
    const context = { ...held('10'), instrument: { ...BTC, maxMarketQuantity: '3.0005' } }
    const verdict = check(closeOf({ quantity: exact(10) }), context)
    if (verdict.outcome === 'denied') throw new Error(verdict.sentence)
    expect(verdict.slices.map(String)).toEqual(['3', '3', '3', '1'])
    expect(check(closeOf({ quantity: exact(3) }), context)).toMatchObject({ slices: [exact(3)] })
  })

  test('may move a stop closer, or leave it, but not away', () => {
    const long = held('0.05', { stopPrice: exact(98_000) })
    expect(check(protectOf({ triggerPrice: exact(98_500) }), long).outcome).toBe('approved')
    expect(check(protectOf({ triggerPrice: exact(98_000) }), long).outcome).toBe('approved')
    expect(check(protectOf({ triggerPrice: exact('97999.9') }), long)).toMatchObject({
      code: 'not_reducing',
      sentence: 'a stop of BTCUSDT may only move closer: from 98000, asked 97999.9',
    })
    const short = held('0.05', { side: 'SHORT', stopPrice: exact(102_000) })
    expect(check(protectOf({ side: 'SHORT', triggerPrice: exact(101_000) }), short).outcome).toBe('approved')
    expect(check(protectOf({ side: 'SHORT', triggerPrice: exact('102000.1') }), short)).toMatchObject({
      code: 'not_reducing',
    })
  })

  test('has its trigger rounded towards the market: a stop is never farther, a target never harder to reach', () => {
    const trigger = (intent: ReducingIntent) => {
      const verdict = check(intent, contextOf({ positions: [heldOf({ side: intent.side, stopPrice: null })] }))
      return verdict.outcome === 'approved' ? verdict.triggerPrice?.toFixed() : verdict.sentence
    }
    const triggerPrice = exact('98000.04')
    expect(trigger(protectOf({ triggerPrice }))).toBe('98000.1')
    expect(trigger(protectOf({ side: 'SHORT', triggerPrice }))).toBe('98000')
    expect(trigger(protectOf({ type: 'TAKE_PROFIT_MARKET', triggerPrice }))).toBe('98000')
    expect(trigger(protectOf({ type: 'TAKE_PROFIT_MARKET', side: 'SHORT', triggerPrice }))).toBe('98000.1')
  })

  test('that is a stop has a trigger', () => {
    expect(check(protectOf({ triggerPrice: null }), held('0.05'))).toMatchObject({
      outcome: 'denied',
      code: 'exchange_filter',
    })
    expect(check(protectOf({ triggerPrice: exact(0) }), {})).toMatchObject({
      outcome: 'denied',
      code: 'exchange_filter',
    })
  })
})
