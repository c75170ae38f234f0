/** A person's own alerts: each kind at its bound, and what is not known says nothing. */
import { describe, expect, it } from 'vitest'

import { lookAt, type OwnAlert, type OwnAlertFigures } from '../../../src/core/health/own-alerts.ts'

const figures = (fields: Partial<OwnAlertFigures> = {}): OwnAlertFigures => ({
  priceOf: (symbol) => (symbol === 'BTCUSDT' ? 100_000 : null),
  drawdown: 0.02,
  dayLossUsd: 150,
  ...fields,
})

const rule = (fields: Partial<OwnAlert>): OwnAlert => ({
  name: 'mine',
  kind: 'price_above',
  symbol: 'BTCUSDT',
  bound: 1,
  severity: 'warning',
  ...fields,
})

describe('an alert that a person asked for', () => {
  it.each([
    ['price_above', 'BTCUSDT', 99_999, true],
    ['price_above', 'BTCUSDT', 100_000, false],
    ['price_below', 'BTCUSDT', 100_001, true],
    ['price_below', 'BTCUSDT', 100_000, false],
    ['drawdown_above', null, 0.0199, true],
    ['drawdown_above', null, 0.02, false],
    ['day_loss_above', null, 149.99, true],
    ['day_loss_above', null, 150, false],
  ] as const)('%s of %s with bound %d: %s', (kind, symbol, bound, isPassed) => {
    expect(lookAt(rule({ kind, symbol, bound }), figures())?.isPassed).toBe(isPassed)
  })

  it('says what it saw, with the numbers', () => {
    expect(lookAt(rule({ bound: 99_000 }), figures())?.message).toBe('mine: BTCUSDT at 100000, above 99000')
    expect(lookAt(rule({ kind: 'drawdown_above', symbol: null, bound: 0.01 }), figures())?.message).toBe(
      'mine: down 2.00 % from the day’s high, more than 1.00 %',
    )
    expect(lookAt(rule({ kind: 'day_loss_above', symbol: null, bound: 100 }), figures())?.message).toBe(
      'mine: 150.00 USDT lost today, more than 100.00',
    )
  })

  it('says nothing of what is not known', () => {
    expect(lookAt(rule({ symbol: 'NEWUSDT' }), figures())).toBeNull()
    expect(lookAt(rule({ kind: 'drawdown_above', symbol: null }), figures({ drawdown: null }))).toBeNull()
    expect(lookAt(rule({ kind: 'day_loss_above', symbol: null }), figures({ dayLossUsd: null }))).toBeNull()
  })
})
