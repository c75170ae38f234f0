/** What trades, funding and liquidation do to position and wallet. */
import { describe, expect, it } from 'vitest'

import { exact, ZERO, type Exact } from '../../../src/core/model/decimal.ts'
import { LIQUIDATION_PREFIX } from '../../../src/core/ports/venue.ts'
import type { Story } from './story.ts'

const fees = (day: Story): Exact => day.fills().reduce((sum, fill) => sum.plus(fill.fee), ZERO)

export function positionsAndMoney(story: () => Story): void {
  describe('positions and money', () => {
    it('starts with 10 000 USDT, deposited', async () => {
      const { balance, availableBalance, positions, income } = await story().snapshot()
      expect([balance, availableBalance]).toEqual([exact(10_000), exact(10_000)])
      expect(positions).toEqual([])
      expect(income).toMatchObject([{ kind: 'DEPOSIT', amount: exact(10_000) }])
    })

    it('a position has the average of its entries, its isolated margin and its liquidation price', async () => {
      const day = story()
      await day.limit('one', 99, { quantity: 2, leverage: 5 })
      await day.limit('two', 98, { quantity: 6 })
      await day.at.moveTo(97.5)
      const position = await day.position()
      expect(position).toMatchObject({ side: 'LONG', quantity: exact(8), leverage: 5, markPrice: exact('97.5') })
      expect(position?.entryPrice.toNumber()).toBe((2 * 99 + 6 * 98) / 8)
      expect(position?.isolatedMargin.toNumber()).toBeCloseTo((2 * 99 + 6 * 98) / 5, 8)
      const cost = 2 * 99 + 6 * 98
      expect(position?.liquidationPrice?.toNumber()).toBeCloseTo((cost - cost / 5) / (8 * (1 - 0.01)), 8)
      const { availableBalance, balance } = await day.snapshot()
      expect(availableBalance).toEqual(balance.minus(position?.isolatedMargin ?? 0))
    })

    it('a large position needs the maintenance of its bracket', async () => {
      const day = story()
      await day.limit('large', 99, { quantity: 600, leverage: 10 })
      await day.at.moveTo(98.5)
      // bracket 2: 2 % less 500; (59 400 − 5 940 − 500) ÷ (600 · 0.98)
      const { liquidationPrice } = (await day.position()) ?? {}
      expect(liquidationPrice?.toNumber()).toBeCloseTo(52_960 / 588, 8)
    })

    it('closing in parts books the gain of each part and leaves the entry price', async () => {
      const day = story()
      await day.limit('entry', 99, { quantity: 3, leverage: 20 })
      await day.at.moveTo(98.5)
      await day.at.moveTo(103)
      await day.limit('part', 104, { side: 'SELL', reduceOnly: true, quantity: 1 })
      await day.limit('rest', 105, { side: 'SELL', reduceOnly: true, quantity: 2 })
      await day.at.moveTo(104.5)
      expect(await day.position()).toMatchObject({ quantity: exact(2), entryPrice: exact(99) })
      expect((await day.position())?.isolatedMargin.toNumber()).toBeCloseTo((2 * 99) / 20, 8)
      expect(await day.balance()).toEqual(exact(10_005).minus(fees(day)))
      await day.at.moveTo(105.5)
      expect(await day.balance()).toEqual(exact(10_005 + 12).minus(fees(day)))
      expect(await day.position()).toBeNull()
    })

    it('an order larger than the position closes it and opens the other side', async () => {
      const day = story()
      await day.limit('long', 99, { quantity: 2 })
      await day.at.moveTo(98.5)
      await day.limit('turn', 101, { side: 'SELL', quantity: 5 })
      await day.at.moveTo(101.5)
      expect(await day.position()).toMatchObject({ side: 'SHORT', quantity: exact(3), entryPrice: exact(101) })
      expect(await day.balance()).toEqual(exact(10_004).minus(fees(day)))
    })

    it('a round trip at an unchanged price costs the fees and the spread, nothing else', async () => {
      const day = story()
      await day.send('in', { quantity: 10 })
      await day.send('out', { side: 'SELL', reduceOnly: true, quantity: 10 })
      const spread = day.fills('in').reduce((sum, fill) => sum.plus(fill.price.minus(100).times(fill.quantity)), ZERO)
      const other = day
        .fills('out')
        .reduce((sum, fill) => sum.plus(exact(100).minus(fill.price).times(fill.quantity)), ZERO)
      expect(spread.gt(0) && other.gt(0)).toBe(true)
      expect(await day.balance()).toEqual(exact(10_000).minus(fees(day)).minus(spread).minus(other))
    })

    it('funding is paid by longs and received by shorts, once per settlement', async () => {
      const day = story()
      await day.limit('long', 99, { quantity: 2 })
      await day.at.moveTo(98)
      const before = await day.balance()
      const margin = (await day.position())?.isolatedMargin
      const at = await day.at.settleFunding(0.0001)
      expect((await day.position())?.isolatedMargin).toEqual(margin?.minus('0.0196'))
      expect(await day.balance()).toEqual(before.minus('0.0196'))
      await day.at.settleFunding(0.0001, at)
      expect(await day.balance()).toEqual(before.minus('0.0196'))
      expect(day.at.reports.filter((report) => report.kind === 'income')).toMatchObject([
        { income: { kind: 'FUNDING', symbol: 'TESTUSDT', amount: exact('-0.0196') } },
      ])
      await day.send('turn', { side: 'SELL', quantity: 4 })
      const short = await day.balance()
      await day.at.settleFunding(0.0001)
      expect(await day.balance()).toEqual(short.plus('0.0196'))
    })

    it('without a position no funding moves', async () => {
      const day = story()
      await day.at.settleFunding(0.01)
      expect(await day.balance()).toEqual(exact(10_000))
    })

    it('a position whose margin is used up is liquidated; the loss ends at its margin', async () => {
      const day = story()
      await day.send('entry', { quantity: 100, leverage: 20 })
      await day.limit('resting', 90, { quantity: 1 })
      const margin = (await day.position())?.isolatedMargin ?? ZERO
      const before = await day.balance()
      await day.stop('stop', 80, { quantity: 100 })
      await day.at.moveTo(96.1)
      expect(day.at.reports.some((report) => report.kind === 'liquidated')).toBe(false)
      await day.at.moveTo(95)
      const liquidated = day.at.reports.find((report) => report.kind === 'liquidated')
      expect(liquidated).toMatchObject({ symbol: 'TESTUSDT' })
      const forced = day.fills().filter((fill) => fill.clientOrderId.startsWith(LIQUIDATION_PREFIX))
      expect(forced.reduce((sum, fill) => sum.plus(fill.quantity), ZERO)).toEqual(exact(100))
      expect(await day.position()).toBeNull()
      const lost = before.minus(await day.balance())
      expect(lost.gt(0) && lost.lte(margin)).toBe(true)
      expect(day.told('resting')).toBe('accepted cancelled')
      expect(await day.openIds()).toEqual(['stop'])
    })

    it('a short is liquidated on the way up', async () => {
      const day = story()
      await day.send('entry', { side: 'SELL', quantity: 100, leverage: 20 })
      await day.at.moveTo(103)
      await day.at.moveTo(106)
      expect(day.at.reports.some((report) => report.kind === 'liquidated')).toBe(true)
      expect(await day.position()).toBeNull()
    })

    it('a stop nearer than the liquidation price comes first', async () => {
      const day = story()
      await day.send('entry', { quantity: 100, leverage: 20 })
      await day.stop('stop', 98, { quantity: 100 })
      await day.at.moveTo(97.5)
      expect(day.told('stop')).toBe('accepted triggered filled')
      expect(day.at.reports.some((report) => report.kind === 'liquidated')).toBe(false)
    })
  })
}
