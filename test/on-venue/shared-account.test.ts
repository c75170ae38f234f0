/** Somebody else trades on the same account, and a station that falls silent: what the venue and the station make of it (SPEC §9). */
import { afterEach, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import type { ClientOrderId } from '../../src/core/model/ids.ts'
import { place } from '../venue/trading/place.ts'
import { contracts } from './contracts.ts'
import { startStationOnVenue, type StationOnVenue } from './station-on-venue.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const A = 'AAAUSDT'
const B = 'BBBUSDT'

let world: StationOnVenue

afterEach(() => world.end())

const alarms = (): string[] => world.station.rooms.alerts.standing.map(({ code, about }) => `${code} ${about}`)
const algos = (symbol: string): string[] =>
  world.venue.exchange.algos.liveOf(symbol).map(({ clientId, type }) => `${type} ${clientId}`)
const resting = (symbol: string): string[] => world.venue.exchange.orders.openOf(symbol).map(({ clientId }) => clientId)

/** From the exchange's own page, past our station. */
function theySend(clientId: string, fields: Partial<Parameters<typeof place>[1]>): void {
  place(world.venue.exchange, { ...THEIR_ORDER, clientId, ...fields })
}

const THEIR_ORDER: Parameters<typeof place>[1] = {
  symbol: A,
  side: 'SELL',
  type: 'MARKET',
  timeInForce: 'GTC',
  quantity: exact(3),
  price: exact(0),
  clientId: '',
  reduceOnly: false,
  closePosition: false,
  goodTillDate: 0,
  selfTradePrevention: 'EXPIRE_MAKER',
}

it('a crash leaves entries to the dead man’s switch and positions to their stops', async () => {
  world = await startStationOnVenue({ symbols: contracts(2) })
  await world.open(B)
  await world.advance(6 * SECOND)
  expect(world.enter(A, { limitPrice: 99.5 }).outcome).toBe('approved')
  await world.advance(3 * MINUTE)
  expect(resting(A)).toHaveLength(1)
  const stop = algos(B)
  expect(stop).toHaveLength(1)
  await world.crash()
  await world.advance(30 * SECOND)
  expect(resting(A)).toHaveLength(1)
  await world.advance(31 * SECOND)
  expect(resting(A)).toEqual([])
  expect(algos(B)).toEqual(stop)
  await world.start()
  expect(world.facade.openOrders().filter(({ purpose }) => purpose === 'ENTRY')).toEqual([])
  expect(world.held(B)?.isProtected).toBe(true)
  expect(world.books().station).toEqual(world.books().venue)
})

it('the switch lets go once nothing rests: what somebody else places later is not touched', async () => {
  world = await startStationOnVenue({ symbols: contracts(2) })
  const answer = world.enter(A, { limitPrice: 99.5 })
  await world.advance(10 * SECOND)
  const id = answer.outcome === 'approved' ? answer.clientOrderId : null
  world.facade.cancelOrder(id as ClientOrderId, 'user')
  await world.advance(5 * SECOND)
  theySend('web-1', { type: 'LIMIT', side: 'BUY', price: exact(98) })
  await world.advance(5 * MINUTE)
  expect(resting(A)).toEqual(['web-1'])
})

it('their position is adopted: its stop stands at the exchange, and closes it', async () => {
  world = await startStationOnVenue({ symbols: contracts(2) })
  theySend('web-2', {})
  await world.advance(2 * MINUTE)
  expect(world.held(A)).toMatchObject({ isForeign: true, isProtected: false, side: 'SHORT', quantity: exact(3) })
  expect(alarms()).toContain(`foreign_unprotected ${A}`)
  expect(algos(A)).toEqual([])
  const plan = { stopPrice: exact(103), takeProfitPrice: exact(95) }
  expect(world.facade.foreign.adopt(A, plan, 'user').outcome).toBe('adopted')
  await world.until(() => world.held(A)?.isProtected === true, 5 * SECOND)
  expect(algos(A)).toHaveLength(2)
  expect(world.held(A)?.protection.map(({ role, state }) => `${role} ${state}`)).toEqual([
    'STOP live',
    'TAKE_PROFIT live',
  ])
  await world.advance(MINUTE)
  expect(world.held(A)?.verifiedAt).not.toBeNull()
  world.price(A, 103.5)
  await world.until(() => world.held(A) === undefined, 10 * SECOND)
  await world.advance(10 * SECOND)
  expect(algos(A)).toEqual([])
  expect(world.heldAtVenue(A)).toBe(0)
  expect(world.facade.records.trades({ limit: 1 }).items).toMatchObject([{ strategyId: 'manual', exitReason: 'STOP' }])
})

it('their order is shown and cancelled by a person; their position is closed by one', async () => {
  world = await startStationOnVenue({ symbols: contracts(2) })
  theySend('web-3', { type: 'LIMIT', side: 'BUY', price: exact(90) })
  theySend('web-4', { symbol: B })
  await world.advance(2 * MINUTE)
  expect(world.facade.openOrders()).toMatchObject([{ clientOrderId: 'web-3', strategyId: 'foreign', symbol: A }])
  expect(world.enter(A)).toMatchObject({ outcome: 'denied' })
  expect(world.facade.foreign.cancel(A, 'web-3' as ClientOrderId, 'user').outcome).toBe('cancelling')
  expect(world.facade.foreign.close(B, 'user').outcome).toBe('closing')
  await world.until(() => resting(A).length === 0 && world.heldAtVenue(B) === 0, 5 * SECOND)
  await world.advance(2 * MINUTE)
  expect(world.facade.openOrders()).toEqual([])
  expect(world.facade.positions()).toEqual([])
})

it('they close half of our position: the stop follows, the symbol is frozen until a person accepts it', async () => {
  world = await startStationOnVenue({ symbols: contracts(2) })
  await world.open(A, { quantity: exact(4) })
  theySend('web-5', { quantity: exact(2), reduceOnly: true })
  await world.until(() => world.held(A)?.frozen !== null, 10 * SECOND)
  await world.until(() => world.held(A)?.protection[0]?.state === 'live', 10 * SECOND)
  expect(world.venue.exchange.algos.liveOf(A).map(({ quantity }) => quantity.toNumber())).toEqual([2])
  await world.restart()
  expect(world.facade.foreign.frozen()).toMatchObject([{ symbol: A }])
  expect(world.facade.foreign.unfreeze(A, 'user')).toEqual({ outcome: 'released' })
  world.facade.closePosition(A, 'user')
  await world.until(() => world.heldAtVenue(A) === 0, 5 * SECOND)
})

it('a resting entry is moved at the exchange: the old one is gone before the new one is there', async () => {
  world = await startStationOnVenue({ symbols: contracts(2) })
  const answer = world.enter(A, { limitPrice: 99.5 })
  await world.advance(5 * SECOND)
  const id = (answer.outcome === 'approved' ? answer.clientOrderId : null) as ClientOrderId
  const most: number[] = []
  expect(world.facade.replaceOrder(id, { price: exact(99.4), quantity: null }, 'user').outcome).toBe('replacing')
  await world.until(() => {
    most.push(resting(A).length)
    return resting(A)[0] !== id && resting(A).length === 1
  }, 10 * SECOND)
  expect(Math.max(...most)).toBe(1)
  expect(world.venue.exchange.orders.openOf(A)[0]?.price.toNumber()).toBe(99.4)
  await world.advance(MINUTE)
  expect(world.books().station).toEqual(world.books().venue)
})
