/** What a trade that was not taken would have made, by hand. */
import { array, assert, integer, property, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'

import { hindsight } from '../../../src/core/analytics/hindsight.ts'
import type { Candle } from '../../../src/core/model/market.ts'

const MINUTE = 60_000
const FEE = 0.0005

type Bar = readonly [open: number, high: number, low: number, close: number]

const candles = (bars: readonly Bar[]): Candle[] =>
  bars.map(([open, high, low, close], place) => ({
    symbol: 'BTCUSDT',
    interval: '1m',
    openAt: place * MINUTE,
    open,
    high,
    low,
    close,
    volume: 1,
    quoteVolume: close,
  }))

const LONG = { side: 'LONG', stopPrice: 98, takeProfitPrice: 104, trailing: null } as const
const SHORT = { side: 'SHORT', stopPrice: 102, takeProfitPrice: 96, trailing: null } as const
const ask = (wish: Parameters<typeof hindsight>[0], bars: readonly Bar[]) => hindsight(wish, candles(bars), FEE, MINUTE)

describe('where it would have ended', () => {
  test('the target: four points less the fees of both sides', () => {
    const told = ask(LONG, [
      [100, 101, 99, 101],
      [101, 105, 100, 104.5],
    ])
    expect(told).toMatchObject({ end: 'TARGET', entryPrice: 100, exitPrice: 104, at: 2 * MINUTE })
    // 4 − 0.0005 × (100 + 104) = 3.898 on 100, with 2 at risk
    expect(told?.share).toBeCloseTo(0.03898, 12)
    expect(told?.multiple).toBeCloseTo(1.949, 12)
  })

  test('the stop of a short', () => {
    const told = ask(SHORT, [[100, 102, 99, 101]])
    expect(told).toMatchObject({ end: 'STOP', exitPrice: 102, at: MINUTE })
    // −2 − 0.0005 × 202 = −2.101
    expect(told?.share).toBeCloseTo(-0.02101, 12)
  })

  test('a gap through the stop fills at the open, a gap through the target as well', () => {
    expect(
      ask(LONG, [
        [100, 101, 99, 100],
        [95, 96, 94, 95],
      ]),
    ).toMatchObject({ end: 'STOP', exitPrice: 95 })
    expect(
      ask(SHORT, [
        [100, 101, 99, 100],
        [94, 95, 93, 94],
      ]),
    ).toMatchObject({ end: 'TARGET', exitPrice: 94 })
  })

  test('stop and target in one candle is the stop', () => {
    expect(ask(LONG, [[100, 105, 97, 104]])).toMatchObject({ end: 'STOP', exitPrice: 98 })
  })

  test('neither: as it stands at the last close', () => {
    expect(ask(LONG, [[100, 101, 99, 100.5]])).toMatchObject({ end: 'OPEN', exitPrice: 100.5 })
  })

  test('no candle yet, no answer; an entry beyond its stop has no R', () => {
    expect(ask(LONG, [])).toBeNull()
    expect(ask(LONG, [[97, 98, 96, 97]])).toMatchObject({ end: 'STOP', exitPrice: 97, multiple: null })
  })
})

describe('a trailing stop', () => {
  const TRAILED = {
    side: 'LONG',
    stopPrice: 98,
    takeProfitPrice: null,
    trailing: { activationPrice: 103, callback: 0.01 },
  } as const

  test('waits for its activation, then follows the best price, and sees the adverse extreme first', () => {
    expect(
      ask(TRAILED, [
        [100, 102, 99, 102],
        // active here; its own low came before its high
        [102, 104, 100.5, 104],
        // 104 less a hundredth
        [104, 104.5, 102.5, 103],
      ]),
    ).toMatchObject({ end: 'STOP', exitPrice: 104 * 0.99 })
  })

  test('never loosens the fixed stop', () => {
    const wide = { ...TRAILED, trailing: { activationPrice: null, callback: 0.1 } }
    expect(
      ask(wide, [
        [100, 101, 98.5, 99],
        [99, 99, 97, 97],
      ]),
    ).toMatchObject({ end: 'STOP', exitPrice: 98 })
  })
})

test('long and short are mirrors: what one makes on a way the other makes on the way turned over', () => {
  const step = tuple(integer({ min: -300, max: 300 }), integer({ min: 0, max: 200 }), integer({ min: 0, max: 200 }))
  assert(
    property(array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      let at = 10_000
      const bars = steps.map(([move, above, below]): Bar => {
        const [open, close] = [at, at + move]
        at = close
        return [open, Math.max(open, close) + above, Math.min(open, close) - below, close]
      })
      const over = bars.map(([open, high, low, close]): Bar => [
        20_000 - open,
        20_000 - low,
        20_000 - high,
        20_000 - close,
      ])
      const long = hindsight(
        { side: 'LONG', stopPrice: 9_700, takeProfitPrice: 10_500, trailing: null },
        candles(bars),
        0,
        MINUTE,
      )
      const short = hindsight(
        { side: 'SHORT', stopPrice: 10_300, takeProfitPrice: 9_500, trailing: null },
        candles(over),
        0,
        MINUTE,
      )
      expect(long?.end).toBe(short?.end)
      expect(long?.share).toBeCloseTo(short?.share ?? Number.NaN, 9)
    }),
  )
})
