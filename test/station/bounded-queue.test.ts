import fc from 'fast-check'
import { expect, test } from 'vitest'

import { BoundedQueue } from '../../src/station/bounded-queue.ts'

const market = (key: string, item: string) => ({ latestKey: key, item })
const money = (item: string) => ({ latestKey: null, item })

test('of market data the latest per key waits, in the place of the older', () => {
  const queue = new BoundedQueue<string>(10)
  queue.put(market('BTC', 'btc 1'))
  queue.put(market('ETH', 'eth 1'))
  queue.put(market('BTC', 'btc 2'))
  expect(queue.take()).toEqual(['btc 2', 'eth 1'])
  expect(queue.replaced).toBe(1)
  expect(queue.take()).toEqual([])
})

test('decisions that find no place make the queue say so instead of losing one quietly', () => {
  const queue = new BoundedQueue<string>(2)
  queue.put(money('a'))
  queue.put(money('b'))
  queue.put(money('c'))
  expect(queue.take()).toBe('overflowed')
  queue.put(money('d'))
  expect(queue.take()).toEqual(['d'])
})

test('property: never more than the bound waits, no decision is lost without a word, market data is the latest', () => {
  const put = fc.oneof(
    fc.record({ latestKey: fc.constantFrom('A', 'B', 'C'), item: fc.nat() }),
    fc.record({ latestKey: fc.constant(null), item: fc.nat() }),
  )
  fc.assert(
    fc.property(fc.array(put, { maxLength: 60 }), fc.integer({ min: 4, max: 20 }), (puts, max) => {
      const queue = new BoundedQueue<{ latestKey: string | null; item: number }>(max)
      for (const each of puts) {
        queue.put({ latestKey: each.latestKey, item: each })
        expect(queue.size).toBeLessThanOrEqual(max)
      }
      const taken = queue.take()
      const decisions = puts.filter((each) => each.latestKey === null)
      if (taken === 'overflowed') {
        expect(decisions.length).toBeGreaterThan(max - 3)
        return
      }
      expect(taken.filter((each) => each.latestKey === null)).toEqual(decisions)
      for (const each of taken.filter((each) => each.latestKey !== null)) {
        expect(each).toBe(puts.findLast((other) => other.latestKey === each.latestKey))
      }
    }),
  )
})
