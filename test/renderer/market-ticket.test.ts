/** The ticket: what is typed and the order it means; and other pure parts of the Market screen. */
import { expect, test } from 'vitest'

import { bollinger, donchian, ema } from '../../src/renderer/screens/market/chart/indicators.ts'
import { marksOf } from '../../src/renderer/screens/market/chart/trade-marks.ts'
import { compactNumber } from '../../src/renderer/screens/market/compact-number.ts'
import { EMPTY_DRAFT, meaningOf, readNumber, readPrice } from '../../src/renderer/screens/market/ticket/ticket-draft.ts'

const WORLD = { symbol: 'BTCUSDT', last: 1000, decimals: 1 }

test('numbers may have spaces; anything else is not one', () => {
  expect(readNumber('1 000.5')).toBe(1000.5)
  expect(readNumber('12\u202F000')).toBe(12_000)
  expect([readNumber('1,5'), readNumber('1e5'), readNumber('-3'), readNumber('abc')]).toEqual([NaN, NaN, NaN, NaN])
})

test('percent means away from the entry, on the grid of the contract', () => {
  expect(readPrice('2.55%', 1000, -1, 1)).toBe(974.5)
  expect(readPrice('10%', 0.00000002, 1, 8)).toBe(0.00000002)
  expect(readPrice('950', 1000, -1, 1)).toBe(950)
})

test('an empty ticket asks for a size and a stop and blames nothing', () => {
  expect(meaningOf(EMPTY_DRAFT, WORLD)).toEqual({ order: null, faults: {}, missing: ['size', 'stop'] })
})

test('a long with a stop below and a target above, a short the other way round', () => {
  const draft = { ...EMPTY_DRAFT, size: '250', stop: '2%', target: '4%' }
  expect(meaningOf(draft, WORLD).order).toEqual({
    symbol: 'BTCUSDT',
    side: 'LONG',
    notional_usd: 250,
    stop_price: 980,
    take_profit_price: 1040,
  })
  expect(meaningOf({ ...draft, side: 'SHORT' }, WORLD).order).toMatchObject({
    stop_price: 1020,
    take_profit_price: 960,
  })
})

test('a limit better than the price; stop and target are counted from it; a quantity keeps its digits', () => {
  const draft = {
    ...EMPTY_DRAFT,
    unit: 'quantity' as const,
    kind: 'limit' as const,
    size: '0.0030',
    limit: '10%',
    stop: '10%',
  }
  expect(meaningOf(draft, WORLD).order).toEqual({
    symbol: 'BTCUSDT',
    side: 'LONG',
    quantity: '0.0030',
    limit_price: 900,
    stop_price: 810,
  })
})

test('every bad field is named', () => {
  const { order, faults } = meaningOf({ ...EMPTY_DRAFT, size: 'x', stop: '0', target: '?', leverage: '2.5' }, WORLD)
  expect(order).toBeNull()
  expect(Object.keys(faults)).toEqual(['size', 'stop', 'target', 'leverage'])
})

test('averages and bands are those of the book', () => {
  expect(ema([1, 2, 3, 4], 3)).toEqual([NaN, NaN, 2, 3])
  const { upper, middle, lower } = bollinger([2, 4, 4, 4, 5, 5, 7, 9], 8, 2)
  expect([upper[7], middle[7], lower[7]]).toEqual([9, 5, 1])
  expect(middle[6]).toBeNaN()
  const bars = [3, 1, 2, 9].map((price, at) => ({
    openMs: at,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: 0,
  }))
  expect(donchian(bars, 3)).toEqual({ upper: [NaN, NaN, NaN, 3], lower: [NaN, NaN, NaN, 1] })
})

test('entries and exits stand on the bars they fell into, in the order of time', () => {
  const entered = {
    side: 'SHORT' as const,
    opened_at: '2026-01-01T00:07:00.000Z',
    entry_price: '10',
    quantity: '2',
    strategy_id: 'manual',
    intent_id: 'i',
  }
  const trade = {
    ...entered,
    id: 't',
    side: 'LONG' as const,
    opened_at: '2026-01-01T00:01:00.000Z',
    closed_at: '2026-01-01T00:09:00.000Z',
    exit_price: '11',
    exit_reason: 'STOP_LOSS',
  }
  const marks = marksOf([trade as never], entered, { stepMs: 300_000, decimals: 2 })
  const start = Date.parse('2026-01-01T00:00:00.000Z')
  expect(marks.map(({ kind, openMs }) => [kind, (openMs - start) / 60_000])).toEqual([
    ['entry-long', 0],
    ['exit', 5],
    ['entry-short', 5],
  ])
  expect(marks[1]?.text).toBe('Out at 11.00, stop loss')
})

test('large figures in few digits', () => {
  expect([7.91e9, 128_400, 54.27, 0.42, 0, NaN].map(compactNumber)).toEqual(['7.91B', '128K', '54.3', '0.42', '0', '–'])
})
