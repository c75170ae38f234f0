/** The venue's own no: filters, reduce-only, margin, leverage, ids. */
import { describe, expect, it } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import type { Story } from './story.ts'

export function rejections(story: () => Story): void {
  describe('rejections', () => {
    it.each([
      ['a price off the tick', { price: '99.005' }],
      ['a trigger off the tick', { type: 'STOP_MARKET', triggerPrice: '102.005' }],
      ['a quantity off the step', { quantity: '1.0005' }],
      ['a quantity under the minimum', { quantity: '0.001', price: 99 }],
      ['a limit quantity over the maximum', { quantity: 5001, price: 99 }],
      ['a market quantity over the market maximum', { quantity: 2001 }],
      ['a conditional quantity over the market maximum', { type: 'STOP_MARKET', triggerPrice: 102, quantity: 2001 }],
      ['a notional under the minimum', { quantity: '0.049' }],
      ['a buy too far above the mark', { price: '105.01' }],
      ['a sell too far below the mark', { side: 'SELL', price: '94.99' }],
    ] as const)('%s fails a filter', async (_what, fields) => {
      expect(await story().send('odd', fields)).toBe('rejected:FILTER')
    })

    it('a buy far below the mark may rest', async () => {
      expect(await story().limit('low', 60)).toBe('accepted')
    })

    it('reduce-only orders may be under the minimum notional', async () => {
      const day = story()
      await day.send('entry')
      expect(await day.send('part', { side: 'SELL', reduceOnly: true, quantity: '0.01' })).toBe('accepted filled')
      expect(await day.stop('stop', 97, { quantity: '0.01' })).toBe('accepted')
    })

    it.each([
      ['no quantity', { quantity: 0 }],
      ['a limit without price', { type: 'LIMIT', timeInForce: 'GTC' }],
      ['a stop without trigger', { type: 'STOP_MARKET' }],
      ['a trailing stop without callback', { type: 'TRAILING_STOP_MARKET' }],
    ] as const)('%s is no order', async (_what, fields) => {
      expect(await story().send('odd', fields)).toMatch(/^rejected/u)
    })

    it('an unknown symbol takes no orders', async () => {
      expect(await story().send('odd', { symbol: 'NOSUCHUSDT' })).toBe('rejected:SYMBOL_CLOSED')
    })

    it('reduce-only with nothing to reduce, or on the wrong side, is refused', async () => {
      const day = story()
      expect(await day.send('none', { side: 'SELL', reduceOnly: true })).toBe('rejected:REDUCE_ONLY')
      await day.send('entry')
      expect(await day.send('more', { side: 'BUY', reduceOnly: true })).toBe('rejected:REDUCE_ONLY')
      expect(await day.limit('rest', 101, { side: 'SELL', reduceOnly: true, quantity: 2 })).toBe('rejected:REDUCE_ONLY')
    })

    it('reduce-only shrinks to the position and never turns it', async () => {
      const day = story()
      await day.send('entry')
      expect(await day.send('exit', { side: 'SELL', reduceOnly: true, quantity: 5 })).toBe('accepted filled expired')
      expect(day.filled('exit').toNumber()).toBe(1)
      expect(await day.position()).toBeNull()
    })

    it('a resting reduce-only limit is knocked out when the position becomes smaller than it', async () => {
      const day = story()
      await day.send('entry', { quantity: 3 })
      await day.limit('target', 105, { side: 'SELL', reduceOnly: true, quantity: 3 })
      await day.send('part', { side: 'SELL', reduceOnly: true })
      expect(day.told('target')).toBe('accepted expired')
    })

    it('of two resting reduce-only limits that together exceed the position the second is knocked out', async () => {
      const day = story()
      await day.send('entry', { quantity: 5 })
      await day.limit('one', 102, { side: 'SELL', reduceOnly: true, quantity: 3 })
      await day.limit('two', 102, { side: 'SELL', reduceOnly: true, quantity: 3 })
      await day.at.moveTo(103)
      expect(day.told('one')).toBe('accepted filled')
      expect(day.told('two')).toBe('accepted expired')
      expect(await day.position()).toMatchObject({ side: 'LONG', quantity: exact(2) })
    })

    it('a resting reduce-only limit does not survive the turn of its position', async () => {
      const day = story()
      await day.send('entry')
      await day.limit('target', 102, { side: 'SELL', reduceOnly: true })
      await day.send('turn', { side: 'SELL', quantity: 3 })
      expect(day.told('target')).toBe('accepted expired')
    })

    it('the client id of an open order is taken, that of an ended one is free again', async () => {
      const day = story()
      await day.limit('id', 99)
      day.at.venue.submit(day.request('id', { price: 98 }))
      await day.at.settle()
      expect(day.told('id')).toBe('accepted rejected:DUPLICATE_CLIENT_ID')
      expect((await day.snapshot()).openOrders).toMatchObject([{ request: { price: exact(99) } }])
      await day.cancel('id')
      await day.limit('id', 97)
      expect(await day.ask('id')).toMatchObject({ state: 'OPEN', request: { price: exact(97) } })
    })

    it('what the free margin does not cover is refused, for resting orders too', async () => {
      const day = story()
      expect(await day.send('large', { quantity: 301, leverage: 3 })).toBe('rejected:INSUFFICIENT_MARGIN')
      expect(await day.limit('first', 99, { quantity: 200, leverage: 3 })).toBe('accepted')
      expect((await day.snapshot()).availableBalance.toNumber()).toBeCloseTo(10_000 - (200 * 99) / 3, 6)
      expect(await day.limit('second', 99, { quantity: 200 })).toBe('rejected:INSUFFICIENT_MARGIN')
      await day.cancel('first')
      expect(await day.limit('third', 99, { quantity: 200 })).toBe('accepted')
    })

    it('the loss that an order would open with must be covered too', async () => {
      const day = story()
      // 960 × 104 ÷ 10 = 9 984 of margin, and 960 × 4 lost to the mark at once
      expect(await day.limit('above', 104, { quantity: 960, leverage: 10, timeInForce: 'IOC' })).toBe(
        'rejected:INSUFFICIENT_MARGIN',
      )
      expect(await day.limit('below', 99, { quantity: 960, leverage: 10 })).toBe('accepted')
    })

    it('an order that only makes a position smaller needs no margin', async () => {
      const day = story()
      await day.send('entry', { quantity: 299, leverage: 3 })
      expect(await day.send('exit', { side: 'SELL', quantity: 299 })).toBe('accepted filled')
    })

    it('leverage is whole, within the bracket, and not lowered under a position', async () => {
      const day = story()
      expect(await day.send('half', { leverage: 2.5 })).toBe('rejected:LEVERAGE')
      expect(await day.send('much', { leverage: 51 })).toBe('rejected:LEVERAGE')
      expect(await day.send('large', { leverage: 20, quantity: 600 })).toBe('rejected:LEVERAGE')
      expect(await day.send('entry', { leverage: 5 })).toBe('accepted filled')
      expect(await day.position()).toMatchObject({ leverage: 5 })
      expect(await day.send('lower', { leverage: 4 })).toBe('rejected:LEVERAGE')
      expect(await day.send('higher', { leverage: 7 })).toBe('accepted filled')
      expect(await day.position()).toMatchObject({ leverage: 7, quantity: exact(2) })
    })
  })
}
