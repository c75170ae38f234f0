import { describe, expect, test } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import type { Signal } from '../../../src/core/model/signal.ts'
import type { Quote } from '../../../src/core/orchestrator/context.ts'
import { entryStyle, followUp, worstPrice } from '../../../src/core/orchestrator/entry-style.ts'
import { ORCHESTRATOR_SETTINGS as settings } from '../../../src/core/orchestrator/settings.ts'
import type { RiskMode } from '../../../src/core/policy/policy.ts'
import { entryOf, NOON, policyOf } from '../../fixtures/guard.ts'
import { signalOf } from '../../fixtures/orchestrator.ts'

const { guard: rules } = policyOf().rules
const quote = (fields: Partial<Quote> = {}): Quote => ({
  last: 100,
  bid: 99.99,
  ask: 100.01,
  mark: 100,
  spread: 0.0002,
  ...fields,
})
const signal = (fields: Partial<Signal> = {}) => signalOf({ price: 100, stopPrice: 98, ...fields })
const styleOf = (mode: RiskMode, fields: Partial<Signal> = {}, at: Partial<Quote> = {}, now = NOON) =>
  entryStyle(signal(fields), mode, quote(at), { now, rules, settings })

describe('the worst price', () => {
  const worst = (fields: Partial<Signal>, mark = 100) => worstPrice(signal(fields), mark, rules, settings)

  test('is a tenth of the stop distance, at least 5 bp, beyond the signal’s', () => {
    expect(worst({})).toBeCloseTo(100.2, 12)
    expect(worst({ stopPrice: 99.7 })).toBeCloseTo(100.05, 12)
    expect(worst({ side: 'SHORT', stopPrice: 102 })).toBeCloseTo(99.8, 12)
  })

  test('is never farther from the mark, nor the stop from it, than the guard takes', () => {
    expect(worst({ stopPrice: 88 })).toBeCloseTo(101, 12)
    // 0.1 × 14 would be 101.4; 15 % above 86 is 101.18, but the mark allows 101
    expect(worst({ stopPrice: 86 })).toBeCloseTo(101, 12)
    expect(worst({ stopPrice: 85.2 }, 101)).toBeCloseTo(85.2 / 0.85, 12)
    expect(worst({ side: 'SHORT', stopPrice: 114.8 }, 99)).toBeCloseTo(114.8 / 1.15, 12)
    // a signal whose own stop is too far is left to the guard to deny
    expect(worst({ stopPrice: 80 })).toBe(100)
  })
})

describe('an entry', () => {
  test('in DEFENSIVE rests at the touch until the signal expires', () => {
    const later = styleOf('DEFENSIVE', { ttlMs: 60_000 }, {}, NOON + 10_000)
    expect(later).toMatchObject({ price: 99.99, timeInForce: 'GTC', restMs: 50_000, followUpPrice: null })
    expect(styleOf('DEFENSIVE', { side: 'SHORT', stopPrice: 102 })).toMatchObject({ price: 100.01 })
  })

  test('in NORMAL rests at the touch for 2 s, then goes as IOC at the worst price', () => {
    const style = styleOf('NORMAL')
    expect(style).toMatchObject({ price: 99.99, timeInForce: 'GTC', restMs: 2000 })
    expect('followUpPrice' in style ? style.followUpPrice : null).toBeCloseTo(100.2, 12)
  })

  test('in AGGRESSIVE goes as that IOC at once', () => {
    const style = styleOf('AGGRESSIVE')
    expect(style).toMatchObject({ timeInForce: 'IOC', restMs: 0, followUpPrice: null })
    expect('price' in style ? style.price : null).toBeCloseTo(100.2, 12)
  })

  test('without a book rests half the estimated spread from the last price', () => {
    const style = styleOf('NORMAL', {}, { bid: null, ask: null, last: 100, spread: 0.001 })
    expect('price' in style ? style.price : null).toBeCloseTo(99.95, 12)
    expect(styleOf('NORMAL', {}, { bid: null, ask: null, spread: null })).toMatchObject({ price: 100 })
  })

  test('is dropped when the price ran away', () => {
    expect(styleOf('AGGRESSIVE', {}, { ask: 100.2 })).toMatchObject({ timeInForce: 'IOC' })
    expect(styleOf('AGGRESSIVE', {}, { ask: 100.21 })).toMatchObject({ outcome: 'price_ran_away', actual: 100.21 })
    expect(styleOf('NORMAL', {}, { bid: 100.19, ask: 100.3 })).toMatchObject({ price: 100.19 })
    expect(styleOf('NORMAL', {}, { bid: 100.21, ask: 100.3 })).toMatchObject({ outcome: 'price_ran_away' })
    expect(styleOf('DEFENSIVE', { side: 'SHORT', stopPrice: 102 }, { ask: 99.7 })).toMatchObject({
      outcome: 'price_ran_away',
    })
  })
})

describe('the second step of NORMAL', () => {
  const first = entryOf({
    price: exact('99.99'),
    timeInForce: 'GTC',
    restMs: 2000,
    followUpPrice: exact('100.2'),
    quantity: exact(3),
  })

  test('is the same intent, with what is left, as IOC at the worst price', () => {
    const second = followUp(first, exact('1.5'), quote(), NOON + 2000)
    expect(second).toMatchObject({
      id: first.id,
      timeInForce: 'IOC',
      restMs: 0,
      createdAt: NOON + 2000,
      followUpPrice: null,
    })
    expect(second).toMatchObject({ quantity: exact('1.5'), price: exact('100.2') })
  })

  test('is none when the price ran away, nothing is left, or the style has none', () => {
    expect(followUp(first, exact(1), quote({ ask: 100.21 }), NOON)).toMatchObject({
      outcome: 'price_ran_away',
      limit: 100.2,
      actual: 100.21,
    })
    expect(followUp(first, exact(0), quote(), NOON)).toBeNull()
    expect(followUp({ ...first, followUpPrice: null }, exact(1), quote(), NOON)).toBeNull()
    expect(followUp(entryOf(), exact(1), quote(), NOON)).toBeNull()
  })
})
