/** The life of an order: every sentence of SPEC §9 on states, and no way to an impossible one. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import { ORDER_STATES, type Order, type OrderState } from '../../../src/core/model/order.ts'
import { afterReport, type OrderReport, type OrderStanding } from '../../../src/core/order/order-life.ts'
import { TRANSITIONS, canMove, isWorking, move, type OrderIn } from '../../../src/core/order/transitions.ts'
import { orderOf } from '../../fixtures/orders.ts'

const fill = (quantity: number, price = 100): OrderReport => ({
  kind: 'filled',
  fill: { price: exact(price), quantity: exact(quantity) },
  at: 2,
})
const accepted: OrderReport = { kind: 'accepted', venueOrderId: 'v1', at: 1 }
const cancelled: OrderReport = { kind: 'cancelled', reason: 'asked', at: 3 }
const unanswered: OrderReport = { kind: 'unanswered', at: 3 }
const rejected = (code: string): OrderReport => ({ kind: 'rejected', code, message: 'no', at: 1 })
const undelivered = (outcome: 'failed' | 'unknown'): OrderReport => ({
  kind: 'undelivered',
  outcome,
  message: 'x',
  at: 1,
})
const status = (state: OrderStanding['state'], filled: number): OrderReport => ({
  kind: 'status',
  order: { venueOrderId: 'v1', state, filledQuantity: exact(filled) },
  at: 4,
})
const absent: OrderReport = { kind: 'status', order: null, at: 4 }

/** Walks the reports; refusals and duplicates leave the order as it was. */
function after(order: Order, ...reports: readonly OrderReport[]): Order {
  return reports.reduce((now, report) => {
    const result = afterReport(now, report)
    return result.outcome === 'changed' ? result.order : now
  }, order)
}

describe('the table', () => {
  it('is the one of SPEC §9, word for word', () => {
    expect(TRANSITIONS.INTENT).toEqual(['DENIED', 'SUBMITTED'])
    expect([...TRANSITIONS.SUBMITTED].sort()).toEqual(
      ['OPEN', 'PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'REJECTED', 'EXPIRED', 'UNKNOWN'].sort(),
    )
    expect([...TRANSITIONS.OPEN].sort()).toEqual(
      ['PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'EXPIRED', 'UNKNOWN'].sort(),
    )
    expect(TRANSITIONS.PARTIALLY_FILLED).toEqual(TRANSITIONS.OPEN)
    expect(new Set(TRANSITIONS.UNKNOWN)).toEqual(
      new Set([...TRANSITIONS.SUBMITTED, ...TRANSITIONS.OPEN, 'FAILED'].filter((state) => state !== 'UNKNOWN')),
    )
    expect(TRANSITIONS.DENIED).toEqual([])
    expect(TRANSITIONS.REJECTED).toEqual([])
    expect(TRANSITIONS.FAILED).toEqual([])
  })

  it('refuses every other move at run time', () => {
    for (const from of ORDER_STATES) {
      for (const to of ORDER_STATES) {
        const walk = (): Order => move(orderOf({ state: from }) as OrderIn<'UNKNOWN'>, to as 'OPEN', 1)
        if (canMove(from, to)) expect(walk().state).toBe(to)
        else expect(walk).toThrow(`${from} cannot become ${to}`)
      }
    }
  })

  it('refuses them by type where the state is known', () => {
    const filled = orderOf({ state: 'FILLED' }) as OrderIn<'FILLED'>
    // @ts-expect-error a filled order cannot open again
    expect(() => move(filled, 'OPEN', 1)).toThrow(RangeError)
  })
})

describe('a plain life', () => {
  it('is accepted, filled in parts at an average price, and done', () => {
    const open = after(orderOf(), accepted)
    expect(open).toMatchObject({ state: 'OPEN', venueOrderId: 'v1' })
    const part = after(open, fill(4, 100))
    expect(part.state).toBe('PARTIALLY_FILLED')
    const done = after(part, fill(6, 105))
    expect(done.state).toBe('FILLED')
    expect(done.averagePrice.toString()).toBe('103')
  })

  it('is rejected, and stays so', () => {
    const order = after(orderOf(), rejected('FILTER'))
    expect(order).toMatchObject({ state: 'REJECTED', reason: 'FILTER: no' })
    expect(afterReport(order, accepted)).toEqual({ outcome: 'refused', refusal: 'alive_after_end' })
    expect(afterReport(order, rejected('FILTER'))).toEqual({ outcome: 'same' })
  })

  it('an order that was held cannot be rejected: the venue let it expire', () => {
    expect(after(orderOf(), accepted, rejected('INSUFFICIENT_MARGIN'))).toMatchObject({
      state: 'EXPIRED',
      reason: 'INSUFFICIENT_MARGIN: no',
    })
  })
})

describe('late and reordered reports', () => {
  it('a fill before its acknowledgement is booked, the acknowledgement changes nothing', () => {
    const part = after(orderOf(), fill(3))
    expect(part.state).toBe('PARTIALLY_FILLED')
    expect(afterReport(part, accepted)).toEqual({ outcome: 'same' })
  })

  it('a late fill corrects CANCELLED', () => {
    const order = after(orderOf(), accepted, cancelled)
    const result = afterReport(order, fill(4))
    expect(result).toMatchObject({ outcome: 'changed', corrected: true, order: { state: 'CANCELLED' } })
    expect(after(order, fill(4), fill(6)).state).toBe('FILLED')
  })

  it('a late fill corrects EXPIRED', () => {
    const order = after(orderOf(), { kind: 'expired', reason: 'IOC', at: 2 })
    expect(after(order, fill(10)).state).toBe('FILLED')
    expect(after(order, fill(1)).state).toBe('EXPIRED')
  })

  it('a cancel that lost the race changes nothing', () => {
    expect(afterReport(after(orderOf(), fill(10)), cancelled)).toEqual({ outcome: 'same' })
  })

  it('a fill beyond the order, or of a dead one, is refused by name', () => {
    expect(afterReport(after(orderOf(), fill(10)), fill(1))).toEqual({ outcome: 'refused', refusal: 'overfill' })
    expect(afterReport(orderOf({ state: 'FAILED' }), fill(1))).toEqual({
      outcome: 'refused',
      refusal: 'fill_of_dead_order',
    })
  })
})

describe('ambiguity is a state', () => {
  it('no answer: UNKNOWN, and whatever the venue then says', () => {
    const unknown = after(orderOf(), unanswered)
    expect(unknown.state).toBe('UNKNOWN')
    expect(after(unknown, status('OPEN', 0)).state).toBe('OPEN')
    expect(after(unknown, status('CANCELLED', 0)).state).toBe('CANCELLED')
    expect(after(unknown, status('EXPIRED', 0)).state).toBe('EXPIRED')
    expect(after(unknown, status('REJECTED', 0)).state).toBe('REJECTED')
    expect(after(unknown, fill(10)).state).toBe('FILLED')
    expect(after(unknown, absent)).toMatchObject({ state: 'FAILED', reason: 'the venue never had it' })
  })

  it('delivery that is not known is UNKNOWN, delivery that failed for certain is FAILED', () => {
    expect(after(orderOf(), undelivered('unknown')).state).toBe('UNKNOWN')
    expect(after(orderOf(), undelivered('failed')).state).toBe('FAILED')
  })

  it('a lost cancel or question never fails an order that is held or asked for', () => {
    expect(after(orderOf(), accepted, undelivered('failed')).state).toBe('OPEN')
    expect(after(orderOf(), unanswered, undelivered('failed')).state).toBe('UNKNOWN')
  })

  it('a client id the venue knows already is asked for, never taken as rejected', () => {
    expect(after(orderOf(), rejected('DUPLICATE_CLIENT_ID')).state).toBe('UNKNOWN')
  })

  it('an answer with more fills than were told waits for the fills', () => {
    const result = afterReport(after(orderOf(), accepted), status('CANCELLED', 4))
    expect(result).toMatchObject({ outcome: 'incomplete', missing: exact(4) })
  })

  it('an order the venue held and no longer has is EXPIRED, not FAILED', () => {
    expect(after(orderOf(), accepted, absent).state).toBe('EXPIRED')
  })

  it('a reduce-only order cut short by the venue has ended with what it filled', () => {
    const cut = after(orderOf({ reduceOnly: true }), fill(6), status('FILLED', 6))
    expect(cut.state).toBe('EXPIRED')
    expect(cut.filledQuantity.toString()).toBe('6')
  })

  it('an order our books have as failed but that lives is refused by name', () => {
    expect(afterReport(orderOf({ state: 'FAILED' }), status('OPEN', 0))).toEqual({
      outcome: 'refused',
      refusal: 'alive_after_end',
    })
  })
})

const anyReport = fc.oneof(
  fc.constantFrom(accepted, cancelled, unanswered, absent, undelivered('failed'), undelivered('unknown')),
  fc.constantFrom(rejected('FILTER'), rejected('DUPLICATE_CLIENT_ID')),
  fc.integer({ min: 1, max: 6 }).map((quantity) => fill(quantity)),
  fc
    .tuple(
      fc.constantFrom('OPEN', 'CANCELLED', 'EXPIRED', 'FILLED', 'REJECTED' as const),
      fc.integer({ min: 0, max: 10 }),
    )
    .map(([state, filled]) => status(state, filled)),
)

describe('any reports in any order', () => {
  it('never leave the table, never lose a fill, and end only once', () => {
    fc.assert(
      fc.property(fc.array(anyReport, { maxLength: 20 }), (reports) => {
        let order = orderOf()
        let filled = 0
        for (const report of reports) {
          const result = afterReport(order, report)
          if (result.outcome !== 'changed') continue
          const isDirect = canMove(order.state, result.order.state)
          const isOverUnknown = canMove(order.state, 'UNKNOWN') && canMove('UNKNOWN', result.order.state)
          expect(isDirect || isOverUnknown).toBe(true)
          if (!isWorking(order.state)) expect(result.corrected).toBe(true)
          if (report.kind === 'filled') filled += report.fill.quantity.toNumber()
          expect(result.order.filledQuantity.toNumber()).toBe(filled)
          expect(result.order.state === 'FILLED').toBe(filled >= 10)
          order = result.order
        }
      }),
      { numRuns: 500 },
    )
  })

  it('the same report twice is the same as once, fills aside (they are known by id)', () => {
    const notFill = anyReport.filter((report) => report.kind !== 'filled')
    const states: OrderState[] = ['SUBMITTED', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN', 'CANCELLED', 'REJECTED', 'FAILED']
    fc.assert(
      fc.property(notFill, fc.constantFrom(...states), (report, state) => {
        const once = after(orderOf({ state }), report)
        expect(after(once, report)).toEqual(once)
      }),
      { numRuns: 300 },
    )
  })
})
