/** Fills on candles, each rule of SPEC §10 against figures worked out by hand. */
import { beforeEach, describe, expect, it } from 'vitest'

import { PAPER_SETTINGS } from '../../../src/adapters/paper/settings.ts'
import { exact } from '../../../src/core/model/decimal.ts'
import type { Candle } from '../../../src/core/model/market.ts'
import { Story } from '../venue-contract/story.ts'
import { CONTRACT } from '../venue-contract/venue-under-test.ts'
import { MemoryShelf } from './memory-shelf.ts'
import { MINUTE_MS, PaperHarness, START_AT } from './paper-harness.ts'

const HOUR_MS = 3_600_000
/** 50 M USDT in 24 h: the spread is 1 bp + 2 bp = 3 bp, half of it 1.5 bp */
const HALF = 0.00015
/** a hundredth of a tick: fill prices are rounded against us to it */
const GRID = 1e-4

let at: PaperHarness
let day: Story

/** A day of 50 M USDT before the story, and minutes that trade a 1440th of it, so that costs stay what they are. */
const past = (): Candle[] =>
  Array.from({ length: 24 }, (_, hour) => ({
    symbol: CONTRACT.symbol,
    interval: '1h',
    openAt: START_AT - (24 - hour) * HOUR_MS,
    open: 100,
    high: 100,
    low: 100,
    close: 100,
    volume: 1,
    quoteVolume: 50_000_000 / 24,
  }))

type Bar = {
  open: number
  high: number
  low: number
  close: number
  volume?: number
  quoteVolume?: number
  next?: number
}

async function bar(fields: Bar): Promise<void> {
  at.nextMinute()
  at.bar({ quoteVolume: 50_000_000 / 1440, ...fields })
  await at.settle()
}

const price = (id: string): number => day.fills(id)[0]?.price.toNumber() ?? Number.NaN

beforeEach(async () => {
  at = new PaperHarness('candles', PAPER_SETTINGS, new MemoryShelf())
  await at.listen()
  at.venue.prime(past())
  await bar({ open: 100, high: 100, low: 100, close: 100 })
  day = new Story(at)
})

describe('taking', () => {
  it('a market order fills at the next open, half the spread and the impact beyond it', async () => {
    await bar({ open: 100, high: 103, low: 99, close: 102, next: 101 })
    await day.send('buy', { quantity: 50 })
    expect(price('buy')).toBeCloseTo(101 * (1 + HALF + 0.03 * Math.sqrt((50 * 101) / 50e6)), 3)
    await day.send('sell', { side: 'SELL', quantity: 100 })
    expect(price('sell')).toBeCloseTo(101 * (1 - HALF - 0.03 * Math.sqrt((100 * 101) / 50e6)), 3)
  })

  it('5 000 USDT of a 50 M market cost 1.5 bp + 0.03 · √0.0001 = 4.5 bp; prices are rounded against us', async () => {
    await day.send('buy', { quantity: 50 })
    expect(price('buy')).toBe(100.045)
    await day.send('odd', { quantity: 37 })
    const odd = 100 * (1 + HALF + 0.03 * Math.sqrt(3700 / 50e6))
    expect(price('odd')).toBeCloseTo(Math.ceil(odd / GRID) * GRID, 9)
    await day.send('sell', { side: 'SELL', quantity: 37 })
    expect(price('sell')).toBeCloseTo(Math.floor((200 - odd) / GRID) * GRID, 9)
  })

  it('an IOC takes as much as its limit bears and expires with the rest', async () => {
    // room 100.03: 3 bp less half the spread leaves 1.5 bp of impact: 50 M · (0.00015 ÷ 0.03)² = 1 250 USDT
    expect(await day.limit('ioc', 100.03, { quantity: 50, timeInForce: 'IOC' })).toBe('accepted filled expired')
    expect(day.filled('ioc').toNumber()).toBeCloseTo(12.5, 2)
    expect(price('ioc')).toBeLessThanOrEqual(100.03)
    expect(price('ioc')).toBeGreaterThan(100.03 - 2 * GRID)
  })

  it('a FOK that its limit does not bear whole does nothing', async () => {
    expect(await day.limit('fok', 100.03, { quantity: 50, timeInForce: 'FOK' })).toBe('accepted expired')
  })

  it('a limit inside the half spread rests; on the touch it takes', async () => {
    expect(await day.limit('inside', 100.01)).toBe('accepted')
    expect(await day.limit('touch', 100.02)).toBe('accepted filled')
  })

  it('no more than a quarter of the last bar’s volume can be taken before the next', async () => {
    await bar({ open: 100, high: 100, low: 100, close: 100, volume: 80 })
    expect(await day.send('first', { quantity: 15 })).toBe('accepted filled')
    expect(await day.send('second', { quantity: 15 })).toBe('accepted filled expired')
    expect(day.filled('second').toNumber()).toBe(5)
    expect(await day.send('third', { quantity: 15 })).toBe('accepted expired')
    await bar({ open: 100, high: 100, low: 100, close: 100, volume: 80 })
    expect(await day.send('fourth', { quantity: 15 })).toBe('accepted filled')
  })
})

describe('resting limits', () => {
  it('need a bar that trades one tick through them', async () => {
    await day.limit('rest', 99)
    await bar({ open: 100, high: 100, low: 99, close: 99.5 })
    expect(day.told('rest')).toBe('accepted')
    await bar({ open: 99.5, high: 100, low: 98.99, close: 99.5 })
    expect(day.fills('rest')[0]).toMatchObject({ price: exact(99), liquidity: 'MAKER' })
  })

  it('fill at their own price when the bar opens beyond them', async () => {
    await day.limit('rest', 99)
    await bar({ open: 98, high: 98.5, low: 97, close: 98 })
    expect(price('rest')).toBe(99)
  })

  it('that came late into a bar wait for the next', async () => {
    at.clock.advanceTo(at.now() + 10_000)
    await day.limit('late', 99)
    await bar({ open: 100, high: 100, low: 98, close: 100 })
    expect(day.told('late')).toBe('accepted')
    await bar({ open: 100, high: 100, low: 98, close: 100 })
    expect(day.told('late')).toBe('accepted filled')
  })
})

describe('a candle told late', () => {
  it('does not touch orders that came after its close', async () => {
    await day.send('entry', { quantity: 50, leverage: 2 })
    at.nextMinute()
    const late = at.now()
    at.clock.advanceTo(late + 200)
    await day.stop('stop', 98, { quantity: 50 })
    await day.limit('rest', 98)
    const candle = { symbol: CONTRACT.symbol, interval: '1m', openAt: late - MINUTE_MS, volume: 1e6 } as const
    const prices = { open: 100, high: 100, low: 97, close: 100, quoteVolume: 34_722 }
    at.tell({ kind: 'candle', candle: { ...candle, ...prices } })
    await at.settle()
    expect([day.told('stop'), day.told('rest')]).toEqual(['accepted', 'accepted'])
  })
})

describe('the volume of a bar', () => {
  it('is the resting orders’ first, and the next bar’s takers have their own', async () => {
    await day.limit('rest', 99, { quantity: 30 })
    await bar({ open: 100, high: 100, low: 98, close: 100, volume: 80 })
    expect(day.filled('rest').toNumber()).toBe(20)
    await day.send('entry', { quantity: 30 })
    expect(day.filled('entry').toNumber()).toBe(20)
  })

  it('told again it is not counted again', async () => {
    await bar({ open: 100, high: 100, low: 100, close: 100, quoteVolume: 50_000_000 })
    const before = [...at.told]
    await day.send('once', { quantity: 50 })
    for (let again = 0; again < 20; again++) for (const event of before.slice(-2)) at.venue.onMarket(event)
    await day.send('again', { quantity: 50 })
    expect(price('again')).toBe(price('once'))
  })
})

describe('stops inside a bar', () => {
  beforeEach(async () => {
    await day.send('entry', { quantity: 50, leverage: 2 })
    await day.stop('stop', 98, { quantity: 50 })
  })

  it('fill at the stop, less half the spread, less a quarter of the way to the extreme', async () => {
    await bar({ open: 100, high: 101, low: 96, close: 97 })
    expect(price('stop')).toBeCloseTo(98 * (1 - HALF) - 0.25 * (98 - 96), 3)
  })

  it('fill from the open when the bar opens below them', async () => {
    await bar({ open: 97, high: 97.5, low: 96, close: 97.2 })
    expect(price('stop')).toBeCloseTo(97 * (1 - HALF) - 0.25 * (98 - 96), 3)
  })

  it('fill no worse than the extreme less half the spread', async () => {
    await bar({ open: 96, high: 96, low: 96, close: 96 })
    expect(price('stop')).toBeCloseTo(96 * (1 - HALF), 3)
  })

  it('come before a target in the same bar', async () => {
    await day.target('target', 102, { quantity: 50 })
    await bar({ open: 101.9, high: 103, low: 97, close: 103 })
    expect(day.told('stop')).toBe('accepted triggered filled')
    expect(day.told('target')).toBe('accepted triggered expired')
  })

  it('go on in the next bar where volume was short', async () => {
    await bar({ open: 100, high: 100, low: 97, close: 97, volume: 80 })
    expect(day.told('stop')).toBe('accepted triggered filled')
    expect(day.filled('stop').toNumber()).toBe(20)
    expect(await day.ask('stop')).toMatchObject({ state: 'PARTIALLY_FILLED' })
    await bar({ open: 97, high: 97, low: 95, close: 95.5 })
    expect(day.filled('stop').toNumber()).toBe(50)
    const second = day.fills('stop')[1]?.price.toNumber()
    expect(second).toBeCloseTo(95.5 * (1 - HALF - 0.03 * Math.sqrt((30 * 95.5) / 50e6)), 3)
  })

  it('wait while the exchange trades nothing at all', async () => {
    await bar({ open: 97, high: 97, low: 97, close: 97, volume: 0 })
    expect(day.told('stop')).toBe('accepted triggered')
    await bar({ open: 96, high: 96, low: 96, close: 96 })
    expect(day.filled('stop').toNumber()).toBe(50)
  })
})

describe('targets inside a bar', () => {
  it('fill at the trigger less half the spread and impact, even when the bar opens above', async () => {
    await day.send('entry', { quantity: 50, leverage: 2 })
    await day.target('target', 102, { quantity: 50 })
    await bar({ open: 100, high: 101.99, low: 100, close: 101.9 })
    expect(day.told('target')).toBe('accepted')
    await bar({ open: 104, high: 105, low: 103, close: 105 })
    expect(price('target')).toBeCloseTo(102 * (1 - HALF - 0.03 * Math.sqrt((50 * 102) / 50e6)), 3)
  })
})

describe('trailing stops inside a bar', () => {
  const trailing = {
    type: 'TRAILING_STOP_MARKET',
    side: 'SELL',
    reduceOnly: true,
    callback: 0.02,
    quantity: 50,
  } as const

  beforeEach(async () => {
    await day.send('entry', { quantity: 50, leverage: 2 })
  })

  it('see the adverse extreme before the bar’s better price', async () => {
    await day.send('trail', trailing)
    // 98 was reached before 110, in the worst case: the old best of 100 counts
    await bar({ open: 100, high: 110, low: 98, close: 109 })
    expect(price('trail')).toBeCloseTo(98 * (1 - HALF), 3)
  })

  it('follow the better price and trigger when the bar closes back from it', async () => {
    await day.send('trail', trailing)
    await bar({ open: 100, high: 110, low: 99, close: 109 })
    expect(day.told('trail')).toBe('accepted')
    await bar({ open: 109, high: 112, low: 109, close: 109.5 })
    // 112 · 0.98 = 109.76, and the close lies 0.26 beyond
    expect(price('trail')).toBeCloseTo(109.76 * (1 - HALF) - 0.25 * 0.26, 3)
  })

  it('that came late into a bar gain nothing from its better price', async () => {
    at.clock.advanceTo(at.now() + 10_000)
    await day.send('trail', trailing)
    await bar({ open: 100, high: 110, low: 99, close: 100 })
    expect(day.told('trail')).toBe('accepted')
    await bar({ open: 100, high: 100, low: 98.5, close: 98.5 })
    expect(day.told('trail')).toBe('accepted')
  })

  it('sleep before their activation while another follows', async () => {
    await day.send('awake', { ...trailing, callback: 0.05 })
    await day.send('asleep', { ...trailing, callback: 0.01, activationPrice: 102 })
    await bar({ open: 100, high: 101, low: 99.5, close: 99.5 })
    expect(day.told('asleep')).toBe('accepted')
  })

  it('remember the best price over a restart', async () => {
    await day.send('trail', trailing)
    await bar({ open: 100, high: 110, low: 99, close: 109 })
    await at.restart()
    await bar({ open: 109, high: 109, low: 107, close: 107 })
    expect(day.told('trail')).toBe('accepted triggered filled')
  })
})

describe('entry and stop in one bar', () => {
  it('a stop placed after a resting entry filled is tested against the entry’s own bar', async () => {
    await day.limit('entry', 99, { quantity: 50, leverage: 2 })
    await bar({ open: 100, high: 100, low: 97, close: 99.8 })
    expect(day.told('entry')).toBe('accepted filled')
    expect(await day.stop('stop', 98, { quantity: 50 })).toBe('accepted triggered filled')
    expect(price('stop')).toBeCloseTo(98 * (1 - HALF) - 0.25 * (98 - 97), 3)
    expect(await day.position()).toBeNull()
  })

  it('one that the entry’s bar did not reach stands', async () => {
    await day.limit('entry', 99, { quantity: 50, leverage: 2 })
    await bar({ open: 100, high: 100, low: 98.5, close: 99.8 })
    expect(await day.stop('stop', 98, { quantity: 50 })).toBe('accepted')
  })

  it('later bars owe it nothing', async () => {
    await day.limit('entry', 99, { quantity: 50, leverage: 2 })
    await bar({ open: 100, high: 100, low: 97, close: 99.8 })
    await bar({ open: 99.8, high: 100, low: 99.5, close: 99.8 })
    expect(await day.stop('stop', 98, { quantity: 50 })).toBe('accepted')
  })

  it('nor do they after a restart', async () => {
    await day.limit('entry', 99, { quantity: 50, leverage: 2 })
    await bar({ open: 100, high: 100, low: 97, close: 99.8 })
    await bar({ open: 99.8, high: 100, low: 99.5, close: 99.8 })
    await at.restart()
    expect(await day.stop('stop', 98, { quantity: 50 })).toBe('accepted')
  })

  it('the bar of the entry is remembered over a restart', async () => {
    await day.limit('entry', 99, { quantity: 50, leverage: 2 })
    await bar({ open: 100, high: 100, low: 97, close: 99.8 })
    await at.restart()
    expect(await day.stop('stop', 98, { quantity: 50 })).toBe('accepted triggered filled')
  })
})

describe('liquidation inside a bar', () => {
  it('happens at the adverse extreme where no mark is told, before a stop that lies behind it', async () => {
    await day.send('entry', { quantity: 90, leverage: 20 })
    await day.stop('stop', 94, { quantity: 90 })
    await bar({ open: 100, high: 100, low: 90, close: 99 })
    expect(at.reports.some((report) => report.kind === 'liquidated')).toBe(true)
    expect(day.told('stop')).toBe('accepted triggered expired')
  })

  it.each(['BUY', 'SELL'] as const)('needs no stop to happen (%s)', async (side) => {
    await day.send('entry', { side, quantity: 90, leverage: 20 })
    await bar({ open: 100, high: 107, low: 93, close: 100 })
    expect(at.reports.some((report) => report.kind === 'liquidated')).toBe(true)
    // at the liquidation price, less costs: (90·100 − 450) ÷ (90·0.99) for the long
    const threshold = side === 'BUY' ? (0.95 * price('entry')) / 0.99 : (1.05 * price('entry')) / 1.01
    const forced = day.fills().find((fill) => fill.clientOrderId.startsWith('autoclose-'))
    expect(Math.abs((forced?.price.toNumber() ?? 0) / threshold - 1)).toBeLessThan(0.001)
  })

  it('does not happen for a wick that the mark does not follow', async () => {
    await day.send('entry', { quantity: 90, leverage: 20 })
    at.nextMinute()
    at.tell({ kind: 'mark', mark: { symbol: CONTRACT.symbol, at: at.now(), mark: 99.5 } })
    at.bar({ open: 100, high: 100, low: 90, close: 99 })
    await at.settle()
    expect(at.reports.some((report) => report.kind === 'liquidated')).toBe(false)
  })

  it('a stop whose fill would lie beyond the liquidation price is a liquidation', async () => {
    await day.send('entry', { quantity: 90, leverage: 20 })
    await day.stop('stop', 96.5, { quantity: 90 })
    await bar({ open: 100, high: 100, low: 85, close: 99 })
    expect(day.told('stop')).toBe('accepted triggered expired')
    expect(at.reports.some((report) => report.kind === 'liquidated')).toBe(true)
  })

  it('books the loss to the margin and no further: fill, fee, liquidation fee', async () => {
    await day.send('entry', { quantity: 90, leverage: 20 })
    const entry = price('entry')
    const margin = (90 * entry) / 20
    const before = await day.balance()
    await bar({ open: 80, high: 80, low: 79, close: 80 })
    const lost = before.minus(await day.balance()).toNumber()
    // opened 20 % below: taken over at the bankruptcy price, nothing left for fees
    expect(lost).toBeGreaterThan(margin - 90 * GRID)
    expect(lost).toBeLessThanOrEqual(margin + 1e-8)
    expect(at.reports.some((report) => report.kind === 'income')).toBe(false)
  })
})

describe('time', () => {
  it('a request arrives after the latency and is answered then', async () => {
    const sentAt = at.now()
    await day.send('entry')
    expect(day.reportsOf('entry').map((report) => report.at)).toEqual([sentAt + 50, sentAt + 50])
  })

  it('an order under way is filled at the price of its arrival, not of its sending', async () => {
    at.venue.submit(day.request('entry'))
    at.ticker({ last: 105 })
    await at.settle()
    expect(price('entry')).toBeCloseTo(105 * (1 + HALF), 1)
  })

  it('a jitter spreads arrivals, the same for the same seed', async () => {
    const arrivals = async (): Promise<number[]> => {
      const jittery = await PaperHarness.started('candles', { ...PAPER_SETTINGS, latencyJitterMs: 40 })
      const sentAt = jittery.now()
      const story = new Story(jittery)
      for (const id of ['a', 'b', 'c']) jittery.venue.submit(story.request(id))
      jittery.clock.advanceTo(sentAt + MINUTE_MS / 2)
      return jittery.reports.filter((report) => report.kind === 'accepted').map((report) => report.at - sentAt)
    }
    const first = await arrivals()
    expect(new Set(first).size).toBe(3)
    expect(Math.min(...first)).toBeGreaterThanOrEqual(50)
    expect(Math.max(...first)).toBeLessThan(90)
    expect(await arrivals()).toEqual(first)
  })
})
