/** A person's own alerts at work: raised when their bound is passed, cleared when it is not, there again after a restart. */
import { describe, expect, it } from 'vitest'

import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import type { OwnAlert } from '../../src/core/health/own-alerts.ts'
import type { EventRow } from '../../src/core/ports/journal.ts'
import { AlertDesk } from '../../src/station/alert-desk.ts'
import { OwnAlerts } from '../../src/station/own-alerts.ts'
import { MemoryJournal } from '../fixtures/memory-journal.ts'

const NOON = Date.UTC(2025, 5, 2, 12)
const HIGH: OwnAlert = { name: 'BTC high', kind: 'price_above', symbol: 'BTCUSDT', bound: 100, severity: 'critical' }
const LOSS: OwnAlert = { name: 'a bad day', kind: 'day_loss_above', symbol: null, bound: 50, severity: 'warning' }

function stage(events: EventRow[] = []) {
  const clock = new VirtualClock({ startAt: NOON })
  const market = { price: 90, loss: 0 }
  const announcer = { publish: () => undefined, touch: () => undefined }
  const desk = new AlertDesk({ journal: new MemoryJournal(), announcer, clock, log: { warn: () => undefined } })
  const own = new OwnAlerts({
    clock,
    alerts: desk,
    announcer: {
      publish: (type, traceId, data) =>
        void events.push({ seq: events.length + 1, at: clock.now(), type, traceId, data }),
    },
    records: { events: () => ({ items: events.slice(-1), next: null }) },
    figures: () => ({ priceOf: () => market.price, drawdown: 0, dayLossUsd: market.loss }),
    isListed: (symbol) => symbol === 'BTCUSDT',
    settle: () => undefined,
  })
  own.load()
  own.start()
  const pass = (ms: number): void => clock.advanceTo(clock.now() + ms)
  return { own, market, pass, events, standing: () => desk.standing.map(({ about }) => about) }
}

describe('own alerts', () => {
  it('are raised within ten seconds of their bound being passed, and cleared when it is not any more', () => {
    const { own, market, pass, standing } = stage()
    expect(own.set([HIGH, LOSS], 'user')).toMatchObject({ outcome: 'set' })
    expect(standing()).toEqual([])
    market.price = 101
    pass(10_000)
    expect(standing()).toEqual(['BTC high'])
    market.loss = 51
    pass(10_000)
    expect(standing()).toEqual(['BTC high', 'a bad day'])
    market.price = 100
    pass(10_000)
    expect(standing()).toEqual(['a bad day'])
  })

  it('look at once when they are set, and what is taken back is cleared', () => {
    const { own, market, standing } = stage()
    market.price = 200
    own.set([HIGH], 'user')
    expect(standing()).toEqual(['BTC high'])
    own.set([], 'user')
    expect(standing()).toEqual([])
  })

  it('are there again after a restart', () => {
    const { own, events } = stage()
    own.set([HIGH], 'api:phone')
    const again = stage(events)
    expect(again.own.rules).toEqual([HIGH])
    again.market.price = 101
    again.pass(10_000)
    expect(again.standing()).toEqual(['BTC high'])
  })

  it.each([
    ['of one name', [HIGH, { ...LOSS, name: HIGH.name }], 'two alerts are named "BTC high"'],
    ['on a symbol that is not there', [{ ...HIGH, symbol: 'NOSUCHUSDT' }], 'was NOSUCHUSDT'],
    ['on a price of nothing', [{ ...HIGH, symbol: null }], 'was none'],
    ['on the account of a symbol', [{ ...LOSS, symbol: 'BTCUSDT' }], 'takes no symbol'],
  ] as const)('%s are refused, and nothing changes', (_what, rules, reason) => {
    const { own } = stage()
    own.set([LOSS], 'user')
    const result = own.set(rules, 'user')
    expect(result.outcome === 'refused' ? result.reason : '').toContain(reason)
    expect(own.rules).toEqual([LOSS])
  })
})
