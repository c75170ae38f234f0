import { expect, test } from 'vitest'

import { kellyFraction, kellyRisk, NO_TRADES, tradeRecord } from '../../../src/core/orchestrator/kelly.ts'
import { ORCHESTRATOR_SETTINGS as SETTINGS } from '../../../src/core/orchestrator/settings.ts'

const repeat = (value: number, times: number) => Array.from({ length: times }, () => value)

test('a record counts the last 200 trades; break-even is a loss', () => {
  const record = tradeRecord([...repeat(-5, 100), ...repeat(2, 100), ...repeat(-1, 80), ...repeat(0, 20)], SETTINGS)
  expect(record).toEqual({ trades: 200, wins: 100, meanWin: 2, meanLoss: 0.8 })
  expect(tradeRecord([], SETTINGS)).toEqual(NO_TRADES)
})

test('f* = p − (1 − p) ÷ b, shrunk by 50 trades of a break-even system', () => {
  // p 0.5, b 2: f* = 0.25, × 200 ÷ 250
  const record = tradeRecord([...repeat(2, 100), ...repeat(-1, 100)], SETTINGS)
  expect(kellyFraction(record, SETTINGS)).toBeCloseTo(0.2, 12)
  // the long way round: 50 more trades of which 1 ÷ (1 + b) win leave p = (100 + 50 ÷ 3) ÷ 250
  const winRate = (100 + 50 / 3) / 250
  expect(kellyFraction(record, SETTINGS)).toBeCloseTo(winRate - (1 - winRate) / 2, 12)
})

test('few trades say little, a losing record says no', () => {
  expect(kellyFraction(NO_TRADES, SETTINGS)).toBe(0)
  expect(kellyFraction(tradeRecord([3], SETTINGS), SETTINGS)).toBeCloseTo(1 / 51, 12)
  expect(kellyFraction(tradeRecord(repeat(-1, 10), SETTINGS), SETTINGS)).toBeLessThan(0)
  expect(kellyFraction(tradeRecord([...repeat(1, 40), ...repeat(-1, 60)], SETTINGS), SETTINGS)).toBeLessThan(0)
})

test('a quarter of it may be risked, never less than a quarter of the effective risk', () => {
  const good = tradeRecord([...repeat(2, 100), ...repeat(-1, 100)], SETTINGS)
  expect(kellyRisk(good, 0.0075, SETTINGS)).toBeCloseTo(0.05, 12)
  expect(kellyRisk(NO_TRADES, 0.0075, SETTINGS)).toBeCloseTo(0.001875, 12)
  const fair = { trades: 200, wins: 103, meanWin: 1, meanLoss: 1 }
  // p 0.515: f* = 0.03, × 0.8, ÷ 4
  expect(kellyRisk(fair, 0.0075, SETTINGS)).toBeCloseTo(0.006, 12)
})
