/** What is not ours on the account: shown, counted, alarmed, and left alone until a person decides (SPEC §9). */
import { describe, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import type { ClientOrderId, FillId } from '../../src/core/model/ids.ts'
import type { CancelIntent, ProtectIntent } from '../../src/core/model/intent.ts'
import type { OrderRequest } from '../../src/core/model/order.ts'
import type { Position } from '../../src/core/model/position.ts'
import type { VenueOrder, VenueSnapshot } from '../../src/core/ports/venue.ts'
import { guardPosition } from '../../src/core/risk-guard/guard-position.ts'
import { check } from '../../src/core/risk-guard/risk-guard.ts'
import { FOREIGN } from '../../src/station/books.ts'
import { foreignFront } from '../../src/station/foreign-front.ts'
import type { Rooms } from '../../src/station/rooms.ts'
import { INSTRUMENT } from './stage/intents.ts'
import { Stage, SYMBOL } from './stage/stage.ts'

const THEIRS = { symbol: SYMBOL, side: 'SHORT', quantity: exact(3), entryPrice: exact(101), leverage: 5 } as Position

function order(id: string, fields: Partial<OrderRequest> = {}): VenueOrder {
  const clientOrderId = id as ClientOrderId
  const request: OrderRequest = {
    clientOrderId,
    symbol: SYMBOL,
    side: 'BUY',
    type: 'LIMIT',
    timeInForce: 'GTC',
    quantity: exact(2),
    price: exact(90),
    triggerPrice: null,
    activationPrice: null,
    callback: null,
    reduceOnly: false,
    leverage: null,
    ...fields,
  }
  const filled = { filledQuantity: exact(0), averagePrice: exact(0) }
  return { clientOrderId, venueOrderId: `v-${id}`, request, state: 'OPEN', ...filled, updatedAt: 0 }
}

const stopOf = (id: string, quantity: number, trigger: number): VenueOrder =>
  order(id, {
    type: 'STOP_MARKET',
    timeInForce: null,
    price: null,
    quantity: exact(quantity),
    triggerPrice: exact(trigger),
    reduceOnly: true,
  })

/** Two looks in a row, as a correction of positions needs. */
function look(stage: Stage, fields: Partial<VenueSnapshot>): void {
  stage.wait(60_000)
  stage.snapshot(fields)
  stage.wait(1_000)
  if (stage.executor.reconciler.isRunning) stage.snapshot(fields)
}

function withTheirs(openOrders: readonly VenueOrder[] = []): Stage {
  const stage = new Stage().ready()
  look(stage, { positions: [stage.venuePosition(THEIRS)], openOrders })
  return stage
}

const held = (stage: Stage): Position => {
  const position = stage.books.positions.get(SYMBOL)
  if (position === undefined) throw new Error('nothing is held')
  return position
}

/** The facade's part over the stage: the guard's word, journaled, then carried out, as the pipeline does it. */
function front(stage: Stage) {
  const submitted: { readonly intent: ProtectIntent | CancelIntent; readonly asked: unknown }[] = []
  const positions = () =>
    [...stage.books.positions.values()].map((each) =>
      guardPosition(each, { mark: 100, takerFee: 0.0005, slippage: 0.001, fundingRate: 0 }),
    )
  const pipeline = {
    submit(intent: ProtectIntent | CancelIntent, { steps }: { steps: readonly { actual: unknown }[] }) {
      const verdict = check(intent, { instrument: INSTRUMENT, positions: positions() })
      submitted.push({ intent, asked: steps[0]?.actual })
      if (verdict.outcome === 'approved') stage.executor.execute(verdict)
      return verdict
    },
  }
  const published: string[] = []
  const cleared: string[] = []
  const rooms = {
    pipeline,
    books: stage.books,
    clock: stage.clock,
    executor: stage.executor,
    market: { markOf: () => stage.mark },
    guard: { refresh: () => undefined },
    equity: { refresh: () => undefined },
    alerts: { clear: (code: string, about: string) => cleared.push(`${code} ${about}`) },
    announcer: { publish: (type: string) => published.push(type), touch: () => undefined },
  }
  const desk = foreignFront(rooms as unknown as Rooms, () => undefined)
  return { desk, submitted, published, cleared }
}

describe('a position that is not ours', () => {
  it('is counted in the guard’s exposure, without a stop with all of its margin', () => {
    const [position] = [held(withTheirs())]
    const counted = guardPosition(position, { mark: 100, takerFee: 0, slippage: 0, fundingRate: 0 })
    expect(counted).toMatchObject({ notional: 300, lossAtStop: 60, stopPrice: null })
  })

  it('without a stop raises an alarm that stands; its stop leg is missing', () => {
    const stage = withTheirs()
    expect(stage.alarms()).toContain('foreign_unprotected')
    expect(stage.executor.protection.isProtected(SYMBOL)).toBe(false)
    expect(stage.executor.protection.legs(held(stage))).toMatchObject([{ role: 'STOP', state: 'missing' }])
    expect(stage.executor.protection.naked.since(SYMBOL)).toBeNull()
  })

  it('with their own stop is protected: no alarm, and only the way to the stop is counted', () => {
    const stage = withTheirs([stopOf('web-stop', 3, 106)])
    expect(stage.alarms()).not.toContain('foreign_unprotected')
    expect(held(stage)).toMatchObject({ strategyId: FOREIGN, stopPrice: exact(106) })
    expect(stage.executor.protection.isProtected(SYMBOL)).toBe(true)
    expect(stage.executor.protection.legs(held(stage))).toMatchObject([{ state: 'live', price: exact(106) }])
  })

  it('is protected by a stop that closes whatever is held; not by one too small, nor by one on the other side', () => {
    expect(withTheirs([stopOf('all', 0, 106)]).executor.protection.isProtected(SYMBOL)).toBe(true)
    expect(withTheirs([stopOf('small', 2, 106)]).executor.protection.isProtected(SYMBOL)).toBe(false)
    expect(withTheirs([stopOf('a', 2, 106), stopOf('b', 1, 104)]).executor.protection.isProtected(SYMBOL)).toBe(true)
    const other = { ...stopOf('c', 3, 94), request: { ...stopOf('c', 3, 94).request, side: 'SELL' as const } }
    expect(withTheirs([other]).executor.protection.isProtected(SYMBOL)).toBe(false)
  })

  it('that loses its stop is alarmed again', () => {
    const stage = withTheirs([stopOf('web-stop', 3, 106)])
    stage.wait(60_000)
    stage.snapshot({ positions: [stage.venuePosition(THEIRS)], openOrders: [] })
    expect(stage.alarms()).toContain('foreign_unprotected')
    expect(held(stage).stopPrice.toString()).toBe('0')
  })
})

describe('adopted by a person', () => {
  it('it is ours from there on: a decision of the user, protected at once, under the strategy `manual`', () => {
    const stage = withTheirs()
    const { desk, submitted } = front(stage)
    const plan = { stopPrice: exact(105), takeProfitPrice: exact(92) }
    const result = desk.adopt(SYMBOL, plan, 'user')
    expect(result).toMatchObject({ outcome: 'adopted' })
    expect(submitted).toMatchObject([
      { asked: 'user', intent: { kind: 'PROTECT', type: 'STOP_MARKET', actor: 'user', strategyId: 'manual' } },
      { asked: 'user', intent: { kind: 'PROTECT', type: 'TAKE_PROFIT_MARKET' } },
    ])
    expect(stage.only('STOP')).toMatchObject({
      side: 'BUY',
      reduceOnly: true,
      quantity: exact(3),
      triggerPrice: exact(105),
    })
    expect(stage.only('TAKE_PROFIT')).toMatchObject({ side: 'BUY', triggerPrice: exact(92) })
    expect(held(stage)).toMatchObject({ strategyId: 'manual', stopPrice: exact(105), initialStopPrice: exact(105) })
    expect(stage.journal.now.positions.get(SYMBOL)).toMatchObject({ strategyId: 'manual', takeProfitPrice: exact(92) })
    for (const { clientOrderId } of stage.working('STOP', 'TAKE_PROFIT')) stage.accept(clientOrderId)
    expect(stage.executor.protection.isProtected(SYMBOL)).toBe(true)
  })

  it('its stop is ours to keep: one that cannot be placed closes it, and its end is a trade of ours', () => {
    const stage = withTheirs()
    front(stage).desk.adopt(SYMBOL, { stopPrice: exact(105), takeProfitPrice: null }, 'user')
    stage.reject(stage.only('STOP').clientOrderId, 'WOULD_TRIGGER')
    stage.fill(stage.only('CLOSE').clientOrderId, 3, 105)
    expect(stage.journal.rows.trades).toMatchObject([
      { strategyId: 'manual', realised: exact(-12), exitReason: 'STOP' },
    ])
  })

  it('a stop or target on the wrong side of the mark is refused, and nothing changes', () => {
    const stage = withTheirs()
    const { desk } = front(stage)
    const wrong = desk.adopt(SYMBOL, { stopPrice: exact(99), takeProfitPrice: null }, 'user')
    expect(wrong).toEqual({ outcome: 'refused', reason: 'stop_price of a SHORT must be above the mark 100, was 99' })
    const target = desk.adopt(SYMBOL, { stopPrice: exact(105), takeProfitPrice: exact(103) }, 'user')
    expect(target).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('take_profit_price') })
    stage.mark = null
    expect(desk.adopt(SYMBOL, { stopPrice: exact(105), takeProfitPrice: null }, 'user')).toMatchObject({
      outcome: 'refused',
    })
    expect(held(stage).strategyId).toBe(FOREIGN)
    expect(stage.scripted.submitted).toEqual([])
  })

  it('a stop farther away than theirs is denied by the guard: a stop may only move closer', () => {
    const stage = withTheirs([stopOf('web-stop', 3, 103)])
    const result = front(stage).desk.adopt(SYMBOL, { stopPrice: exact(105), takeProfitPrice: null }, 'user')
    expect(result).toMatchObject({ outcome: 'denied', code: 'not_reducing' })
    expect(held(stage).strategyId).toBe(FOREIGN)
  })

  it('what is ours already, or not there, cannot be adopted', () => {
    const stage = new Stage().ready()
    const { desk } = front(stage)
    const plan = { stopPrice: exact(95), takeProfitPrice: null }
    expect(desk.adopt(SYMBOL, plan, 'user')).toMatchObject({ outcome: 'not_there' })
    stage.holdProtected()
    expect(desk.adopt(SYMBOL, plan, 'user')).toMatchObject({ outcome: 'not_there' })
    expect(desk.close(SYMBOL, 'user')).toMatchObject({ outcome: 'not_there' })
  })
})

describe('closed by a person', () => {
  it('it is closed reduce-only, and kept at until it is gone', () => {
    const stage = withTheirs()
    expect(front(stage).desk.close(SYMBOL, 'user')).toMatchObject({ outcome: 'closing' })
    expect(stage.only('CLOSE')).toMatchObject({ side: 'BUY', type: 'MARKET', reduceOnly: true, quantity: exact(3) })
    stage.reject(stage.only('CLOSE').clientOrderId, 'OTHER')
    stage.fill(stage.only('CLOSE').clientOrderId, 3, 100)
    expect(stage.books.positions.size).toBe(0)
    expect(stage.closes[0]?.intent).toMatchObject({ actor: 'user', reason: 'MANUAL', strategyId: FOREIGN })
  })
})

describe('an order that is not ours', () => {
  it('is listed as foreign, reserves its room, and its symbol takes no entry', () => {
    const stage = new Stage().ready()
    look(stage, { openOrders: [order('web-1')] })
    expect(stage.executor.foreign.orders).toMatchObject([
      { clientOrderId: 'web-1', strategyId: FOREIGN, purpose: 'ENTRY', positionSide: 'LONG', state: 'OPEN' },
    ])
    expect(stage.reservations.totals).toMatchObject({ gross: 180, margin: 180, heatLong: 180, heatShort: 0 })
    expect(stage.executor.isBusy(SYMBOL)).toBe(true)
    expect(stage.executor.entriesOffOn(SYMBOL)).toContain('not ours')
    expect(stage.executor.entriesOffOn('OTHERUSDT')).toBeNull()
    expect(stage.facts).toContainEqual(expect.objectContaining({ type: 'foreign.changed', data: ['web-1'] }))
  })

  it('that only reduces takes no room, and is no entry', () => {
    const stage = new Stage().ready()
    look(stage, { openOrders: [stopOf('web-stop', 3, 106), order('web-limit', { reduceOnly: true })] })
    expect(stage.reservations.totals.claims).toEqual([])
    expect(stage.executor.foreign.orders.map(({ purpose }) => purpose)).toEqual(['STOP', 'TAKE_PROFIT'])
    expect(stage.executor.foreign.orders.map(({ positionSide }) => positionSide)).toEqual(['SHORT', 'SHORT'])
  })

  it('that is gone gives its room back', () => {
    const stage = new Stage().ready()
    look(stage, { openOrders: [order('web-1')] })
    look(stage, { openOrders: [] })
    expect(stage.reservations.totals.claims).toEqual([])
    expect(stage.executor.isBusy(SYMBOL)).toBe(false)
  })

  it('is cancelled only by a person, and the venue is looked at again', () => {
    const stage = new Stage().ready()
    look(stage, { openOrders: [order('web-1')] })
    stage.wait(20_000)
    expect(stage.scripted.cancelled).toEqual([])
    const { desk, submitted } = front(stage)
    const id = 'web-1' as ClientOrderId
    expect(desk.cancel('OTHERUSDT', id, 'user')).toMatchObject({ outcome: 'not_there' })
    expect(desk.cancel(SYMBOL, id, 'user')).toEqual({ outcome: 'cancelling' })
    expect(submitted).toMatchObject([{ asked: 'user', intent: { kind: 'CANCEL', strategyId: FOREIGN } }])
    expect(stage.scripted.cancelled).toEqual(['web-1'])
    expect(stage.executor.reconciler.isRunning).toBe(true)
    stage.tell({ kind: 'cancelled', clientOrderId: id, reason: 'asked', at: stage.now })
    expect(stage.executor.foreign.orders).toEqual([])
  })
})

it('somebody who trades all the time makes us look at the venue by and by, not at every fill', () => {
  const stage = new Stage().ready()
  const before = stage.scripted.snapshots
  for (let fill = 0; fill < 200; fill++) {
    const what = { symbol: SYMBOL, side: 'BUY', price: exact(100), quantity: exact(1), fee: exact(0) } as const
    const id = `theirs-${fill}`
    const ids = { id: id as FillId, clientOrderId: id as ClientOrderId }
    stage.tell({
      kind: 'filled',
      fill: { ...ids, ...what, liquidity: 'TAKER', at: stage.now },
      done: true,
      at: stage.now,
    })
    stage.wait(50)
    if (stage.executor.reconciler.isRunning) stage.snapshot()
    stage.wait(50)
  }
  expect(stage.scripted.snapshots - before).toBeGreaterThanOrEqual(3)
  expect(stage.scripted.snapshots - before).toBeLessThanOrEqual(5)
  stage.wait(10_000)
  expect(stage.executor.reconciler.isRunning).toBe(true)
})

describe('a foreign change of our position', () => {
  function changed(): Stage {
    const stage = new Stage().ready()
    stage.holdProtected()
    look(stage, { positions: [stage.venuePosition({ ...held(stage), quantity: exact(6) })] })
    return stage
  }

  it('freezes the symbol with its reason, and an alert stands', () => {
    const stage = changed()
    expect(stage.alarms()).toContain('symbol_frozen')
    expect(stage.executor.entriesOffOn(SYMBOL)).toContain('from LONG 10 to LONG 6')
    expect(front(stage).desk.frozen()).toMatchObject([{ symbol: SYMBOL, since: expect.any(Number) }])
  })

  it('is accepted by a person: the symbol is free again once the position is gone', () => {
    const stage = changed()
    const { desk, cleared, published } = front(stage)
    expect(desk.unfreeze(SYMBOL, 'user')).toEqual({ outcome: 'released' })
    expect([cleared, published]).toEqual([[`symbol_frozen ${SYMBOL}`], ['symbol.unfrozen']])
    expect(desk.unfreeze(SYMBOL, 'user')).toMatchObject({ outcome: 'not_there' })
    expect(stage.executor.entriesOffOn(SYMBOL)).toBeNull()
    stage.executor.closePosition(SYMBOL, 'MANUAL', 'user')
    expect(stage.only('CLOSE')).toMatchObject({ quantity: exact(6) })
  })
})
