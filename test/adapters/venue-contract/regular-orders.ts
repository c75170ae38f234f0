/** Market and limit orders: what takes, what rests, what expires. */
import { describe, expect, it } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import type { Story } from './story.ts'

export function regularOrders(story: () => Story): void {
  describe('regular orders', () => {
    it('a market order fills whole at about the price and pays the taker fee', async () => {
      const day = story()
      expect(await day.send('entry')).toBe('accepted filled')
      const [fill] = day.fills('entry')
      expect(fill?.liquidity).toBe('TAKER')
      expect(fill?.price.toNumber()).toBeGreaterThanOrEqual(100)
      expect(fill?.price.toNumber()).toBeLessThanOrEqual(100 * (1 + day.at.takingCost))
      expect(fill?.fee).toEqual(fill?.price.times('0.0005').toDecimalPlaces(8))
      expect(day.at.reports.findLast((report) => report.kind === 'filled')?.done).toBe(true)
    })

    it('a limit rests, is shown, and fills at its own price as maker once the market goes through it', async () => {
      const day = story()
      expect(await day.limit('rest', 99)).toBe('accepted')
      expect(await day.openIds()).toEqual(['rest'])
      await day.at.moveTo(99.5)
      expect(day.filled('rest').toNumber()).toBe(0)
      await day.at.moveTo(98.5)
      expect(day.told('rest')).toBe('accepted filled')
      const [fill] = day.fills('rest')
      expect(fill).toMatchObject({ liquidity: 'MAKER', price: exact(99), quantity: exact(1), fee: exact('0.0198') })
      expect(await day.openIds()).toEqual([])
    })

    it('a sell limit is the mirror image', async () => {
      const day = story()
      await day.limit('rest', 101, { side: 'SELL' })
      await day.at.moveTo(101.5)
      expect(day.fills('rest')[0]).toMatchObject({ liquidity: 'MAKER', price: exact(101) })
    })

    it('a resting limit fills in parts as the market gives them', async () => {
      const day = story()
      await day.limit('rest', 99, { quantity: 10 })
      await day.at.tradeAt(99, 4)
      expect(day.filled('rest').toNumber()).toBe(4)
      expect(await day.ask('rest')).toMatchObject({ state: 'PARTIALLY_FILLED', filledQuantity: exact(4) })
      await day.at.tradeAt(99, 2.5)
      expect(day.filled('rest').toNumber()).toBe(6.5)
      await day.at.moveTo(98)
      expect(day.filled('rest').toNumber()).toBe(10)
      expect(await day.ask('rest')).toMatchObject({ state: 'FILLED', averagePrice: exact(99) })
    })

    it('a limit beyond the market takes at once, never worse than its price', async () => {
      const day = story()
      expect(await day.limit('entry', 101)).toBe('accepted filled')
      expect(day.fills('entry')[0]?.liquidity).toBe('TAKER')
      expect(day.fills('entry')[0]?.price.toNumber()).toBeLessThanOrEqual(100 * (1 + day.at.takingCost))
    })

    it('an IOC fills what its limit allows and expires with the rest', async () => {
      const day = story()
      expect(await day.limit('near', 101, { timeInForce: 'IOC' })).toBe('accepted filled')
      expect(await day.limit('far', 99, { timeInForce: 'IOC' })).toBe('accepted expired')
      expect(await day.openIds()).toEqual([])
      expect(await day.ask('far')).toMatchObject({ state: 'EXPIRED', filledQuantity: exact(0) })
    })

    it('a FOK fills whole or not at all', async () => {
      const day = story()
      expect(await day.limit('near', 101, { timeInForce: 'FOK' })).toBe('accepted filled')
      expect(await day.limit('far', 99, { timeInForce: 'FOK' })).toMatch(/^(accepted )?expired$/u)
    })

    it('a GTX rests, and is refused when it would take', async () => {
      const day = story()
      expect(await day.limit('taker', 101, { timeInForce: 'GTX' })).toBe('rejected:POST_ONLY')
      expect(await day.limit('maker', 99, { timeInForce: 'GTX' })).toBe('accepted')
      expect(await day.openIds()).toEqual(['maker'])
    })

    it('a cancelled order is gone; cancelling what is not there is refused', async () => {
      const day = story()
      await day.limit('rest', 99)
      expect(await day.cancel('rest')).toBe('accepted cancelled')
      expect(await day.cancel('rest')).toBe('accepted cancelled cancelRefused')
      expect(await day.cancel('never')).toBe('cancelRefused')
      await day.send('entry')
      expect(await day.cancel('entry')).toBe('accepted filled cancelRefused')
      await day.at.moveTo(98)
      expect(day.filled('rest').toNumber()).toBe(0)
    })

    it('a partly filled order keeps what it has when it is cancelled', async () => {
      const day = story()
      await day.limit('rest', 99, { quantity: 10 })
      await day.at.tradeAt(99, 4)
      expect(await day.cancel('rest')).toBe('accepted filled cancelled')
      expect(await day.ask('rest')).toMatchObject({ state: 'CANCELLED', filledQuantity: exact(4) })
      expect((await day.position())?.quantity.toNumber()).toBe(4)
    })

    it('asked about an order, it answers; of one it never had, null', async () => {
      const day = story()
      await day.limit('rest', 99)
      expect(await day.ask('rest')).toMatchObject({ state: 'OPEN', filledQuantity: exact(0) })
      expect(await day.ask('never')).toBeNull()
    })
  })
}
