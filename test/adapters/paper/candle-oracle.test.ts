/** Fills inside candles against a slow, obvious re-computation in plain arithmetic, over random bars and orders. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { PAPER_SETTINGS } from '../../../src/adapters/paper/settings.ts'
import { Story } from '../venue-contract/story.ts'
import { MemoryShelf } from './memory-shelf.ts'
import { PaperHarness } from './paper-harness.ts'

interface Bar {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly quoteVolume: number
}

interface Hit {
  readonly bar: number
  readonly order: 'stop' | 'trail' | 'target' | 'limit'
  readonly price: number
  readonly quantity: number
}

const TICK = 0.01
/** fill prices are rounded against us to a hundredth of a tick */
const GRID = 1e-4
const cents = (price: number): number => Math.round(price * 100) / 100

/** Bars of one percent or so around 100, with gaps between them and quote volumes over five magnitudes. */
const bars = fc
  .array(
    fc.record({
      gap: fc.constantFrom(0, 0, 0, 0.01, -0.01),
      body: fc.double({ min: -0.015, max: 0.015, noNaN: true }),
      up: fc.double({ min: 0, max: 0.01, noNaN: true }),
      down: fc.double({ min: 0, max: 0.01, noNaN: true }),
      volume: fc.integer({ min: 1, max: 400 }),
      decade: fc.integer({ min: 2, max: 7 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((moves) => {
    let last = 100
    return moves.map(({ gap, body, up, down, volume, decade }): Bar => {
      const open = cents(last * (1 + gap))
      const close = cents(open * (1 + body))
      const high = cents(Math.max(open, close) * (1 + up))
      const low = cents(Math.min(open, close) * (1 - down))
      last = close
      return { open, high, low, close, volume, quoteVolume: 10 ** decade }
    })
  })

/** Half the spread at a price after some bars: 24 h volume is their mean minute times 1440. */
function half(seen: readonly Bar[], price: number): number {
  const volume = dayVolume(seen)
  const spread = Math.min(0.0001 + 0.0002 * Math.sqrt(50_000_000 / volume), 0.002)
  return Math.max(TICK / price, spread) / 2
}

function dayVolume(seen: readonly Bar[]): number {
  let sum = FIRST.quoteVolume
  for (const bar of seen) sum += bar.quoteVolume
  return (sum / (seen.length + 1)) * 1440
}

const slip = (seen: readonly Bar[], notional: number): number => 0.03 * Math.sqrt(notional / dayVolume(seen))

const FIRST: Bar = { open: 100, high: 100, low: 100, close: 100, volume: 1_000_000, quoteVolume: 1_000_000 }

/** Tells the bars one by one, each with the open of the next; answers what was filled in which bar. */
async function play(day: Story, at: PaperHarness, told: readonly Bar[]): Promise<Hit[]> {
  const hits: Hit[] = []
  for (const [index, bar] of told.entries()) {
    const before = day.fills().length
    at.nextMinute()
    at.bar({ ...bar, next: told[index + 1]?.open ?? bar.close })
    await at.settle()
    for (const fill of day.fills().slice(before)) {
      const order = fill.clientOrderId as string as Hit['order']
      hits.push({ bar: index, order, price: fill.price.toNumber(), quantity: fill.quantity.toNumber() })
    }
  }
  return hits
}

async function begin(firstOpen: number): Promise<{ at: PaperHarness; day: Story }> {
  const at = new PaperHarness('candles', { ...PAPER_SETTINGS, barGraceMs: 30_000 }, new MemoryShelf())
  await at.listen()
  at.nextMinute()
  at.bar({ ...FIRST, next: firstOpen })
  await at.settle()
  return { at, day: new Story(at) }
}

function expectSame(found: readonly Hit[], wanted: readonly Hit[]): void {
  expect(found.map(({ bar, order }) => ({ bar, order }))).toEqual(wanted.map(({ bar, order }) => ({ bar, order })))
  for (const [index, hit] of wanted.entries()) {
    expect(found[index]?.quantity).toBeCloseTo(hit.quantity, 9)
    expect(Math.abs((found[index]?.price ?? 0) - hit.price)).toBeLessThanOrEqual(GRID + 1e-9)
  }
}

interface Protection {
  readonly isLong: boolean
  readonly stop: number
  readonly target: number
  readonly callback: number
}

/** The first of stop, trailing stop and target to be hit, worst case first; a short is a long in a mirror. */
function firstHit(told: readonly Bar[], { isLong, stop, target, callback }: Protection): Hit | null {
  const sign = isLong ? 1 : -1
  let best = told[0]?.open ?? 0
  for (const [index, bar] of told.entries()) {
    const seen = told.slice(0, index + 1)
    const worst = isLong ? bar.low : bar.high
    const finest = isLong ? bar.high : bar.low
    const trail = best * (1 - sign * callback)
    const reached = (
      [
        ['stop', stop],
        ['trail', trail],
      ] as const
    ).filter(([, level]) => (isLong ? worst <= level : worst >= level))
    const nearest = reached.sort((one, other) => Math.abs(one[1] - bar.open) - Math.abs(other[1] - bar.open))[0]
    if (nearest !== undefined) {
      const [order, level] = nearest
      const base = isLong ? Math.min(level, bar.open) : Math.max(level, bar.open)
      return { bar: index, order, price: stopped(seen, sign, base, level, worst), quantity: 1 }
    }
    if (isLong ? bar.high > best : bar.low < best) {
      best = finest
      const level = best * (1 - sign * callback)
      if (isLong ? bar.close <= level : bar.close >= level) {
        return { bar: index, order: 'trail', price: stopped(seen, sign, level, level, bar.close), quantity: 1 }
      }
    }
    if (isLong ? bar.high >= target : bar.low <= target) {
      const price = target * (1 - sign * (half(seen, target) + slip(seen, target)))
      return { bar: index, order: 'target', price, quantity: 1 }
    }
  }
  return null
}

/** From `base`: less half the spread, less a quarter of level to extreme, no worse than the extreme less half the spread. */
function stopped(seen: readonly Bar[], sign: number, base: number, level: number, extreme: number): number {
  const spread = 1 - sign * half(seen, base)
  const wanted = base * spread - sign * 0.25 * Math.abs(level - extreme)
  const floor = extreme * spread
  return sign > 0 ? Math.max(wanted, floor) : Math.min(wanted, floor)
}

const protection = fc.record({
  isLong: fc.boolean(),
  away: fc.integer({ min: 20, max: 250 }),
  reward: fc.integer({ min: 20, max: 300 }),
  callback: fc.constantFrom(0.005, 0.01, 0.02, 0.05),
})

describe('fills inside candles equal their obvious re-computation', () => {
  it('stop, trailing stop and target of one position', async () => {
    await fc.assert(
      fc.asyncProperty(bars, protection, async (told, { isLong, away, reward, callback }) => {
        const open = told[0]?.open ?? 100
        const sign = isLong ? 1 : -1
        const stop = cents(open - (sign * away) / 100)
        const target = cents(open + (sign * reward) / 100)
        const { at, day } = await begin(open)
        const side = isLong ? 'SELL' : 'BUY'
        await day.send('entry', { side: isLong ? 'BUY' : 'SELL', leverage: 1 })
        await day.stop('stop', stop, { side })
        await day.target('target', target, { side })
        await day.send('trail', { type: 'TRAILING_STOP_MARKET', side, reduceOnly: true, callback })
        const quiet = told.map((bar) => ({ ...bar, volume: 1_000_000 }))
        const wanted = firstHit(quiet, { isLong, stop, target, callback })
        expectSame(await play(day, at, quiet), wanted === null ? [] : [wanted])
      }),
      { numRuns: 400 },
    )
  })

  it('a resting limit: one tick through, a quarter of each bar’s volume', async () => {
    const orders = fc.record({
      buys: fc.boolean(),
      away: fc.integer({ min: 1, max: 200 }),
      quantity: fc.integer({ min: 1, max: 60 }),
    })
    await fc.assert(
      fc.asyncProperty(bars, orders, async (told, { buys, away, quantity }) => {
        const open = told[0]?.open ?? 100
        const limit = cents(open + ((buys ? -1 : 1) * (away + 20)) / 100)
        const { at, day } = await begin(open)
        await day.limit('limit', limit, { side: buys ? 'BUY' : 'SELL', quantity, leverage: 1 })
        const wanted: Hit[] = []
        let left = quantity
        for (const [bar, { high, low, volume }] of told.entries()) {
          const isThrough = buys ? cents(limit - low) >= TICK : cents(high - limit) >= TICK
          const filled = isThrough ? Math.min(left, volume / 4) : 0
          if (filled > 0) wanted.push({ bar, order: 'limit', price: limit, quantity: filled })
          left -= filled
        }
        expectSame(await play(day, at, told), wanted)
      }),
      { numRuns: 300 },
    )
  })

  it('an IOC at the open: half the spread, impact, its limit and the volume', async () => {
    const orders = fc.record({
      buys: fc.boolean(),
      bp: fc.integer({ min: -5, max: 60 }),
      quantity: fc.integer({ min: 1, max: 90 }),
    })
    await fc.assert(
      fc.asyncProperty(bars, orders, async (told, { buys, bp, quantity }) => {
        const { at, day } = await begin(told[0]?.open ?? 100)
        await play(day, at, told)
        const last = told.at(-1) ?? FIRST
        const sign = buys ? 1 : -1
        const limit = cents(last.close * (1 + (sign * bp) / 10_000))
        await day.limit('limit', limit, { side: buys ? 'BUY' : 'SELL', quantity, leverage: 1, timeInForce: 'IOC' })
        const room = sign * (limit / last.close - 1) - half(told, last.close)
        const bearable = room < 0 ? 0 : (dayVolume(told) * (room / 0.03) ** 2) / last.close
        const wanted = Math.floor(Math.min(quantity, last.volume / 4, bearable) * 1000 + 1e-6) / 1000
        const fill = day.fills('limit')[0]
        expect(Math.abs((fill?.quantity.toNumber() ?? 0) - wanted)).toBeLessThanOrEqual(0.001 + 1e-9)
        if (fill === undefined) return
        const notional = last.close * fill.quantity.toNumber()
        const price = last.close * (1 + sign * (half(told, last.close) + slip(told, notional)))
        expect(Math.abs(fill.price.toNumber() - price)).toBeLessThanOrEqual(GRID + 1e-9)
        expect(sign * (limit - fill.price.toNumber())).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 300 },
    )
  })
})
