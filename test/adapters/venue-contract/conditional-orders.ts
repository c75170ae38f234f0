/** Stops, targets and trailing stops. */
import { describe, expect, it } from 'vitest'

import type { Story } from './story.ts'

export function conditionalOrders(story: () => Story): void {
  describe('conditional orders', () => {
    it('a stop waits, triggers when the price falls to it, and closes the position', async () => {
      const day = story()
      await day.send('entry')
      expect(await day.stop('stop', 97)).toBe('accepted')
      await day.at.moveTo(97.5)
      expect(day.told('stop')).toBe('accepted')
      await day.at.moveTo(96.5)
      expect(day.told('stop')).toBe('accepted triggered filled')
      const price = day.fills('stop')[0]?.price.toNumber() ?? 0
      expect(price).toBeLessThanOrEqual(97)
      expect(price).toBeGreaterThanOrEqual(96.5 * (1 - day.at.takingCost))
      expect(await day.position()).toBeNull()
    })

    it('the stop of a short triggers when the price rises to it', async () => {
      const day = story()
      await day.send('entry', { side: 'SELL' })
      expect(await day.stop('stop', 103, { side: 'BUY' })).toBe('accepted')
      await day.at.moveTo(103.5)
      expect(day.told('stop')).toBe('accepted triggered filled')
      expect(day.fills('stop')[0]?.price.toNumber()).toBeGreaterThanOrEqual(103)
      expect(await day.position()).toBeNull()
    })

    it('a target triggers on the way up, a short’s on the way down', async () => {
      const day = story()
      await day.send('entry')
      expect(await day.target('target', 103)).toBe('accepted')
      await day.at.moveTo(103.5)
      expect(day.told('target')).toBe('accepted triggered filled')
      expect(day.fills('target')[0]?.price.toNumber()).toBeGreaterThanOrEqual(103 * (1 - day.at.takingCost))
      await day.send('short', { side: 'SELL' })
      await day.target('short-target', 101, { side: 'BUY' })
      await day.at.moveTo(100.5)
      expect(day.told('short-target')).toBe('accepted triggered filled')
    })

    it('a trigger that is reached already is refused', async () => {
      const day = story()
      await day.send('entry')
      expect(await day.stop('stop', 101)).toBe('rejected:WOULD_TRIGGER')
      expect(await day.stop('at-last', 100)).toBe('rejected:WOULD_TRIGGER')
      expect(await day.target('target', 99)).toBe('rejected:WOULD_TRIGGER')
      expect(await day.stop('buy', 99, { side: 'BUY' })).toBe('rejected:WOULD_TRIGGER')
      expect(await day.target('buy-target', 101, { side: 'BUY' })).toBe('rejected:WOULD_TRIGGER')
    })

    it('a trailing stop follows the best price and triggers on the way back', async () => {
      const day = story()
      await day.send('entry')
      const trailing = { type: 'TRAILING_STOP_MARKET', side: 'SELL', reduceOnly: true, callback: 0.02 } as const
      expect(await day.send('trail', trailing)).toBe('accepted')
      await day.at.moveTo(104)
      await day.at.moveTo(103)
      expect(day.told('trail')).toBe('accepted')
      await day.at.moveTo(101.5)
      expect(day.told('trail')).toBe('accepted triggered filled')
      const price = day.fills('trail')[0]?.price.toNumber() ?? 0
      expect(price).toBeLessThanOrEqual(104 * 0.98)
      expect(price).toBeGreaterThanOrEqual(101.5 * (1 - day.at.takingCost))
    })

    it('a trailing stop sleeps until its activation', async () => {
      const day = story()
      await day.send('entry')
      const trailing = { type: 'TRAILING_STOP_MARKET', side: 'SELL', reduceOnly: true, callback: 0.01 } as const
      await day.send('trail', { ...trailing, activationPrice: 102 })
      await day.at.moveTo(98)
      expect(day.told('trail')).toBe('accepted')
      await day.at.moveTo(103)
      await day.at.moveTo(101)
      expect(day.told('trail')).toBe('accepted triggered filled')
    })

    it('a trailing stop whose activation lies behind the price begins at once', async () => {
      const day = story()
      await day.send('entry')
      const trailing = { type: 'TRAILING_STOP_MARKET', side: 'SELL', reduceOnly: true, callback: 0.01 } as const
      await day.send('trail', { ...trailing, activationPrice: 99 })
      await day.at.moveTo(99.5)
      await day.at.moveTo(98.9)
      expect(day.told('trail')).toBe('accepted triggered filled')
    })

    it('is accepted without position and margin, stays, and is refused at its trigger', async () => {
      const day = story()
      expect(await day.stop('orphan', 97)).toBe('accepted')
      expect(await day.openIds()).toEqual(['orphan'])
      await day.at.moveTo(96)
      expect(day.told('orphan')).toBe('accepted triggered expired')
      expect(await day.position()).toBeNull()
    })

    it('outlives its position until somebody cancels it', async () => {
      const day = story()
      await day.send('entry')
      await day.stop('stop', 97)
      await day.send('exit', { side: 'SELL', reduceOnly: true })
      expect(await day.openIds()).toEqual(['stop'])
      expect(await day.cancel('stop')).toBe('accepted cancelled')
    })

    it('closes no more than the position', async () => {
      const day = story()
      await day.send('entry')
      await day.stop('stop', 97, { quantity: 3 })
      await day.at.moveTo(96)
      expect(day.told('stop')).toBe('accepted triggered filled expired')
      expect(day.filled('stop').toNumber()).toBe(1)
      expect(await day.position()).toBeNull()
    })

    it('is moved by placing the new before cancelling the old', async () => {
      const day = story()
      await day.send('entry')
      await day.stop('old', 97)
      expect(await day.stop('new', 98)).toBe('accepted')
      expect(await day.cancel('old')).toBe('accepted cancelled')
      await day.at.moveTo(97.5)
      expect(day.told('new')).toBe('accepted triggered filled')
    })

    it('may open a position where it is not reduce-only', async () => {
      const day = story()
      expect(await day.stop('breakout', 102, { side: 'BUY', reduceOnly: false })).toBe('accepted')
      await day.at.moveTo(102.5)
      expect(day.told('breakout')).toBe('accepted triggered filled')
      expect(await day.position()).toMatchObject({ side: 'LONG' })
    })
  })
}
