/** Answers and streams overlap: whatever the order of their arrival, each thing is told once, and nothing is left out. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { OrderTales } from '../../../src/adapters/binance/order-tales.ts'
import { exact } from '../../../src/core/model/decimal.ts'
import type { ClientOrderId, FillId } from '../../../src/core/model/ids.ts'
import type { Fill } from '../../../src/core/model/order.ts'
import type { VenueReport } from '../../../src/core/ports/venue.ts'
import { requestOf } from '../venue-contract/venue-under-test.ts'

const ID = 'order' as ClientOrderId

function staged(most = 100): { tales: OrderTales; words: () => string[]; told: VenueReport[] } {
  const told: VenueReport[] = []
  const tales = new OrderTales({ tell: (report) => told.push(report), now: () => 1, most })
  return { tales, told, words: () => told.map((report) => report.kind) }
}

const fillOf = (trade: number, quantity = 1): Fill => ({
  id: `TESTUSDT:${trade}` as FillId,
  clientOrderId: ID,
  symbol: 'TESTUSDT',
  side: 'BUY',
  price: exact(100),
  quantity: exact(quantity),
  fee: exact('0.05'),
  liquidity: 'TAKER',
  at: 1,
})

describe('what was told of an order', () => {
  it('an answer and its event are one acceptance', () => {
    const { tales, words } = staged()
    tales.begin(requestOf(ID))
    tales.accepted(ID, 'TESTUSDT', '17')
    tales.accepted(ID, 'TESTUSDT', '17')
    expect(words()).toEqual(['accepted'])
    expect(tales.idOf('17')).toBe(ID)
  })

  it('works from the moment it leaves until its end, or until nobody knows whether it arrived', () => {
    const { tales } = staged()
    const isWorking = (): boolean => tales.working().length > 0
    tales.begin(requestOf(ID))
    expect(isWorking()).toBe(true)
    tales.undelivered(ID, 'unknown', 'nobody answered')
    expect(isWorking()).toBe(false)
    tales.accepted(ID, 'TESTUSDT', '17')
    expect(isWorking()).toBe(true)
    tales.ended(ID, 'cancelled', '')
    expect(isWorking()).toBe(false)
  })

  it('a fill before the answer is told, and what it filled adds up', () => {
    const { tales, words } = staged()
    tales.begin(requestOf(ID))
    tales.accepted(ID, 'TESTUSDT', '17')
    tales.filledBy(fillOf(1, 2), false)
    tales.filledBy(fillOf(1, 2), false)
    tales.filledBy(fillOf(2, 3), true)
    expect(words()).toEqual(['accepted', 'filled', 'filled'])
    expect(tales.filled(ID)).toEqual(exact(5))
  })

  it('the same in any order and any number of times: each fill once, one acceptance, one end', () => {
    const events = ['accepted', 'fill 1', 'fill 2', 'fill 3', 'cancelled'] as const
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { minLength: 1, maxLength: 40 }), (sequence) => {
        const { tales, words, told } = staged()
        tales.begin(requestOf(ID))
        for (const event of sequence) {
          if (event === 'accepted') tales.accepted(ID, 'TESTUSDT', '17')
          else if (event === 'cancelled') tales.ended(ID, 'cancelled', 'on request')
          else tales.filledBy(fillOf(Number(event.slice(5))), false)
        }
        const distinct = new Set(sequence)
        expect(new Set(words()).size).toBe(new Set([...distinct].map((event) => event.split(' ')[0])).size)
        expect(told.length).toBe(distinct.size)
      }),
    )
  })

  it('an ended id may be used again, that of a working order is not forgotten', () => {
    const { tales, words } = staged()
    tales.begin(requestOf(ID))
    tales.accepted(ID, 'TESTUSDT', '17')
    tales.begin(requestOf(ID))
    tales.rejected(ID, 'DUPLICATE_CLIENT_ID', 'taken')
    tales.ended(ID, 'cancelled', 'on request')
    tales.begin(requestOf(ID))
    tales.accepted(ID, 'TESTUSDT', '18')
    expect(words()).toEqual(['accepted', 'rejected', 'cancelled', 'accepted'])
  })

  it('only so many are remembered, and none that works is forgotten', () => {
    const { tales, words } = staged(3)
    const id = (name: string): ClientOrderId => name as ClientOrderId
    tales.begin(requestOf('works'))
    tales.accepted(id('works'), 'TESTUSDT', '1')
    for (const name of ['a', 'b', 'c', 'd']) {
      tales.begin(requestOf(name))
      tales.accepted(id(name), 'TESTUSDT', `number of ${name}`)
      tales.ended(id(name), 'cancelled', 'on request')
    }
    expect(tales.isConditional(id('a'))).toBeNull()
    expect(tales.isConditional(id('d'))).toBe(false)
    expect(tales.isConditional(id('works'))).toBe(false)
    tales.ended(id('works'), 'expired', 'its time was over')
    expect(words().at(-1)).toBe('expired')
    expect(tales.idOf('1')).toBeNull()
    expect(tales.idOf('number of d')).toBe('d')
  })

  it('orders that never arrived fill no memory', () => {
    const { tales } = staged(3)
    for (let index = 0; index < 100; index++) {
      tales.begin(requestOf(`lost ${index}`))
      tales.undelivered(`lost ${index}` as ClientOrderId, 'failed', 'no line')
    }
    const kept = Array.from({ length: 100 }, (_order, index) => `lost ${index}` as ClientOrderId)
    expect(kept.filter((id) => tales.isConditional(id) !== null)).toHaveLength(3)
  })
})
