/** Every way in which a candle can be insane has its name. */
import { expect, it } from 'vitest'

import { candleFault, type CandleFault } from '../../../src/core/market/candle-check.ts'
import type { Candle } from '../../../src/core/model/market.ts'
import { candleOf, randomWalk } from '../../fixtures/candles.ts'

const sane = candleOf({ openAt: 900_000, open: 10, high: 12, low: 9, close: 11, volume: 5 })

it.each<[string, Partial<Candle>, CandleFault]>([
  ['a close that is not a number', { close: NaN }, 'not_finite'],
  ['a volume without end', { volume: Infinity }, 'not_finite'],
  ['a time that is not a number', { openAt: NaN }, 'not_finite'],
  ['infinities that cancel', { high: Infinity, low: -Infinity }, 'not_finite'],
  ['a price of zero', { open: 0, low: 0 }, 'price_not_positive'],
  ['a negative low', { low: -1 }, 'price_not_positive'],
  ['an open below zero', { open: -1 }, 'low_above_body'],
  ['a high below zero', { high: -1 }, 'high_below_body'],
  ['a high under the open', { open: 12.5 }, 'high_below_body'],
  ['a high under the close', { close: 12.5 }, 'high_below_body'],
  ['a low over the open', { open: 8.5 }, 'low_above_body'],
  ['a low over the close', { close: 8.5 }, 'low_above_body'],
  ['a negative volume', { volume: -1 }, 'volume_negative'],
  ['a negative quote volume', { quoteVolume: -1 }, 'volume_negative'],
  ['a bar that opens between bars', { openAt: 900_001 }, 'misaligned'],
  ['a bar before the epoch', { openAt: -900_000 }, 'misaligned'],
  ['a bar told again', { openAt: 0 }, 'out_of_order'],
])('%s', (_, wrong, fault) => {
  expect(candleFault({ ...sane, ...wrong }, 0)).toBe(fault)
})

it('lets sane candles pass: the first, the next, one after a gap, an outage bar', () => {
  expect(candleFault(sane, null)).toBeNull()
  expect(candleFault(sane, 0)).toBeNull()
  expect(candleFault({ ...sane, openAt: 9_000_000 }, 0)).toBeNull()
  expect(candleFault(candleOf({ close: 3, volume: 0 }), null)).toBeNull()
  let previous: number | null = null
  for (const candle of randomWalk({ count: 500, flatShare: 0.1 })) {
    expect(candleFault(candle, previous)).toBeNull()
    previous = candle.openAt
  }
})
