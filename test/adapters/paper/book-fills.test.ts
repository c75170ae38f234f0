/** Fills on live books, each rule against figures worked out by hand. */
import { beforeEach, describe, expect, it } from 'vitest'

import { PAPER_SETTINGS } from '../../../src/adapters/paper/settings.ts'
import { exact } from '../../../src/core/model/decimal.ts'
import { Story } from '../venue-contract/story.ts'
import { CONTRACT } from '../venue-contract/venue-under-test.ts'
import { MemoryShelf } from './memory-shelf.ts'
import { PaperHarness, START_AT } from './paper-harness.ts'

/** a hundredth of a tick: prices beyond the touch are rounded against us to it */
const GRID = 1e-4

let at: PaperHarness
let day: Story

async function touch(
  bid: number,
  bidQuantity: number | null,
  ask: number,
  askQuantity: number | null,
  last = bid,
): Promise<void> {
  at.nextMinute()
  at.ticker({ last, bid, ask, bidQuantity, askQuantity })
  await at.settle()
}

beforeEach(async () => {
  at = new PaperHarness('books', PAPER_SETTINGS, new MemoryShelf())
  await at.listen()
  const hour = { symbol: CONTRACT.symbol, interval: '1h', openAt: START_AT - 3_600_000, volume: 1 } as const
  // 50 M USDT in 24 h, seen for one hour of it
  at.venue.prime([{ ...hour, open: 100, high: 100, low: 100, close: 100, quoteVolume: 50_000_000 / 24 }])
  await touch(100, 20, 100.02, 10, 100)
  day = new Story(at)
})

describe('taking', () => {
  it('pays the touch for what it shows', async () => {
    await day.send('entry', { quantity: 10 })
    expect(day.fills('entry')).toMatchObject([{ price: exact('100.02'), quantity: exact(10) }])
  })

  it('walks beyond the touch with square-root impact for the rest', async () => {
    await day.send('entry', { quantity: 60 })
    const [first, second] = day.fills('entry')
    expect(first).toMatchObject({ price: exact('100.02'), quantity: exact(10) })
    expect(second?.quantity.toNumber()).toBe(50)
    // 50 × 100.02 of 50 M: 0.03 · √0.00010002
    const price = 100.02 * (1 + 0.03 * Math.sqrt((50 * 100.02) / 50e6))
    expect(Math.abs((second?.price.toNumber() ?? 0) - price)).toBeLessThanOrEqual(GRID)
  })

  it('a seller takes the bid', async () => {
    await day.send('short', { side: 'SELL', quantity: 25 })
    expect(day.fills('short')[0]).toMatchObject({ price: exact(100), quantity: exact(20) })
    expect(day.fills('short')[1]?.price.toNumber()).toBeLessThan(100)
  })

  it('what was taken is gone until the book is told anew', async () => {
    await day.limit('one', 100.02, { quantity: 6, timeInForce: 'IOC' })
    await day.limit('two', 100.02, { quantity: 6, timeInForce: 'IOC' })
    expect([day.filled('one').toNumber(), day.filled('two').toNumber()]).toEqual([6, 4])
    await touch(100, 20, 100.02, 10)
    await day.limit('three', 100.02, { quantity: 6, timeInForce: 'IOC' })
    expect(day.filled('three').toNumber()).toBe(6)
  })

  it('an IOC walks as far as its limit and no further', async () => {
    // 100.05 is 3 bp above the touch: 50 M · (0.0003 ÷ 0.03)² = 5 000 USDT more, 49.98
    await day.limit('ioc', 100.05, { quantity: 90, timeInForce: 'IOC' })
    expect(day.told('ioc')).toBe('accepted filled filled expired')
    expect(day.filled('ioc').toNumber()).toBeCloseTo(10 + 49.98, 1)
    expect(day.fills('ioc')[1]?.price.lte('100.05')).toBe(true)
  })

  it('a FOK counts what lies within its limit', async () => {
    expect(await day.limit('much', 100.05, { quantity: 70, timeInForce: 'FOK' })).toBe('accepted expired')
    expect(await day.limit('fits', 100.05, { quantity: 50, timeInForce: 'FOK' })).toBe('accepted filled filled')
  })

  it('where the source tells no sizes everything has impact', async () => {
    await touch(100, null, 100.02, null)
    await day.send('entry', { quantity: 50 })
    expect(day.fills('entry')[0]?.price.toNumber()).toBeGreaterThan(100.04)
  })
})

describe('resting limits', () => {
  it('fill by what the crossing touch shows', async () => {
    await day.limit('rest', 99.9, { quantity: 10 })
    await touch(99.88, 5, 99.9, 4, 100)
    expect(day.fills('rest')).toMatchObject([{ price: exact('99.9'), quantity: exact(4), liquidity: 'MAKER' }])
  })

  it('share what the touch shows, the older first', async () => {
    await day.limit('older', 99.9, { quantity: 3 })
    await day.limit('younger', 99.9, { quantity: 3 })
    await touch(99.88, 5, 99.9, 4, 100)
    expect([day.filled('older').toNumber(), day.filled('younger').toNumber()]).toEqual([3, 1])
  })

  it('fill whole where the source tells no sizes', async () => {
    await day.limit('rest', 99.9, { quantity: 10 })
    await touch(99.88, null, 99.9, null, 100)
    expect(day.filled('rest').toNumber()).toBe(10)
  })

  it('two books in one millisecond, told again after a restart, fill nothing twice', async () => {
    await day.limit('rest', 99.9, { quantity: 10 })
    at.nextMinute()
    at.ticker({ last: 100, bid: 99.88, ask: 99.9, bidQuantity: 5, askQuantity: 4 })
    at.ticker({ last: 100, bid: 99.87, ask: 99.9, bidQuantity: 5, askQuantity: 3 })
    const before = [...at.told]
    await at.restart()
    for (const event of before) at.venue.onMarket(event)
    const { fills } = await day.snapshot()
    expect(fills.map((fill) => fill.quantity.toNumber())).toEqual([4, 3])
  })

  it('fill whole once the market trades through them', async () => {
    await day.limit('rest', 99.9, { quantity: 10 })
    await touch(99.91, 5, 99.93, 4, 99.89)
    expect(day.filled('rest').toNumber()).toBe(10)
  })

  it('an old last price is no trade', async () => {
    await touch(101, 5, 101.02, 5, 100)
    await day.limit('rest', 100.5)
    await touch(101, 6, 101.02, 6, 100)
    expect(day.told('rest')).toBe('accepted')
  })

  it('a candle of the same symbol fills nothing where the book is seen', async () => {
    await day.limit('rest', 99.9)
    at.nextMinute()
    const openAt = at.now() - 60_000
    const candle = {
      symbol: CONTRACT.symbol,
      interval: '1m',
      openAt,
      open: 100,
      high: 100,
      low: 90,
      close: 100,
    } as const
    at.tell({ kind: 'candle', candle: { ...candle, volume: 1000, quoteVolume: 100_000 } })
    await at.settle()
    expect(day.told('rest')).toBe('accepted')
  })
})

describe('stops', () => {
  it('trigger on the last price and take the book', async () => {
    await day.send('entry', { quantity: 10 })
    await day.stop('stop', 99, { quantity: 10 })
    await touch(98.9, 50, 98.92, 50, 99.01)
    expect(day.told('stop')).toBe('accepted')
    await touch(98.8, 4, 98.9, 50, 98.95)
    expect(day.told('stop')).toBe('accepted triggered filled filled')
    expect(day.fills('stop')[0]).toMatchObject({ price: exact('98.8'), quantity: exact(4) })
    expect(day.fills('stop')[1]?.price.lt('98.8')).toBe(true)
  })

  it('a trailing stop follows tick by tick', async () => {
    await day.send('entry', { quantity: 10 })
    const trailing = {
      type: 'TRAILING_STOP_MARKET',
      side: 'SELL',
      reduceOnly: true,
      callback: 0.01,
      quantity: 10,
    } as const
    await day.send('trail', trailing)
    for (const last of [101, 102, 101.5, 101]) await touch(last, 50, last + 0.02, 50)
    expect(day.told('trail')).toBe('accepted')
    await touch(100.98, 50, 101, 50)
    expect(day.told('trail')).toBe('accepted triggered filled')
  })
})

describe('a source that loses its book', () => {
  it('is matched on candles from then on', async () => {
    await day.limit('rest', 99.9)
    at.nextMinute()
    at.ticker({ last: 100 })
    at.nextMinute()
    at.bar({ open: 100, high: 100, low: 99.8, close: 100 })
    await at.settle()
    expect(day.told('rest')).toBe('accepted filled')
  })
})
