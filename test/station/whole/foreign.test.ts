/** Somebody else trades on the same account, on paper: seen within a minute, counted, decided by a person, remembered over a restart (SPEC §9). */
import { expect, it } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import type { ClientOrderId } from '../../../src/core/model/ids.ts'
import type { OrderRequest } from '../../../src/core/model/order.ts'
import type { ManualOrder } from '../../../src/station/station-values.ts'
import { MADE_UP_START, madeUpRecording } from '../../fixtures/candle-files.ts'
import { rowsOf } from '../../fixtures/journal-reader.ts'
import {
  DAY_MS,
  goOnTo,
  MINUTE_MS,
  openStation,
  pausedAt,
  temporaryFolder,
  type WholeStation,
} from '../../fixtures/whole-station.ts'

const SYMBOL = 'BBBUSDT'
const replay = madeUpRecording({ symbols: ['AAAUSDT', SYMBOL], days: 3, seed: 41 })
/** two looks of the reconciliation, a second apart, and what they lead to */
const SEEN_MS = 2 * MINUTE_MS

const goOn = async (station: WholeStation, ms: number): Promise<void> => goOnTo(station, station.rooms.clock.now() + ms)
const priceOf = ({ facade }: WholeStation): number =>
  facade.quotes().find(({ ticker }) => ticker.symbol === SYMBOL)?.ticker.last ?? Number.NaN
const rounded = (price: number): number => Number(price.toFixed(2))
const standing = ({ rooms }: WholeStation): string[] =>
  rooms.alerts.standing.map(({ code, about }) => `${code} ${about}`)

/** Nothing but what a person does; the first day has passed. */
async function quiet(folder = temporaryFolder(), at = MADE_UP_START + DAY_MS): Promise<WholeStation> {
  const station = await openStation({ replay, 'policy.blocked_strategies': STRATEGIES }, folder)
  await pausedAt(station, at)
  return station
}
const STRATEGIES = 'trend_following,momentum_scalping,breakout_hunter,mean_reversion'

/** Past our station, straight to the exchange. */
function theySend({ rooms }: WholeStation, id: string, fields: Partial<OrderRequest>): void {
  rooms.venue.submit({
    clientOrderId: id as ClientOrderId,
    symbol: SYMBOL,
    side: 'BUY',
    type: 'MARKET',
    timeInForce: null,
    quantity: exact(1),
    price: null,
    triggerPrice: null,
    activationPrice: null,
    callback: null,
    reduceOnly: false,
    leverage: null,
    ...fields,
  })
}

const wish = (station: WholeStation, fields: Partial<ManualOrder> = {}): ManualOrder => {
  const last = priceOf(station)
  const size = { quantity: null, notionalUsd: 500, leverage: null, limitPrice: null, takeProfitPrice: null }
  return { symbol: SYMBOL, side: 'LONG', ...size, stopPrice: rounded(last * 0.97), ...fields }
}

it('a foreign position is seen, counted, left alone by a flatten, and protected from the moment a person adopts it', async () => {
  const station = await quiet()
  const { facade } = station
  theySend(station, 'web-1', {})
  await goOn(station, SEEN_MS)
  expect(facade.positions()).toMatchObject([
    { symbol: SYMBOL, isForeign: true, isProtected: false, protection: [{ role: 'STOP', state: 'missing' }] },
  ])
  expect(standing(station)).toContain(`foreign_unprotected ${SYMBOL}`)
  expect(facade.usage()?.grossExposure).toBeGreaterThan(0)
  expect(facade.closePosition(SYMBOL, 'user').outcome).toBe('not_there')
  expect(facade.flattenDrill()).toMatchObject({ closes: [], untouched: [{ symbol: SYMBOL }] })
  const flattened = facade.flatten('user', 'ours alone')
  await goOn(station, MINUTE_MS)
  expect(await flattened).toMatchObject({
    proven: true,
    closed: [],
    untouched: [{ symbol: SYMBOL, quantity: exact(1) }],
  })

  const stopPrice = exact(rounded(priceOf(station) * 0.97))
  expect(facade.foreign.adopt(SYMBOL, { stopPrice, takeProfitPrice: null }, 'user').outcome).toBe('adopted')
  await goOn(station, SEEN_MS)
  expect(facade.positions()).toMatchObject([
    { strategyId: 'manual', isForeign: false, isProtected: true, protection: [{ role: 'STOP', state: 'live' }] },
  ])
  expect(facade.positions()[0]?.verifiedAt).toBeGreaterThan(station.rooms.clock.now() - SEEN_MS)
  // that money moved which no fill of ours explains goes on standing until a person has seen it
  expect(standing(station)).toEqual(['foreign_fill web-1', 'reconcile_balance balance'])
  await station.stop()
  const row = rowsOf(station.folder, 'decisions').find(({ strategyId }) => strategyId === 'manual')
  expect(row).toMatchObject({ kind: 'MANUAL', outcome: 'approved', symbol: SYMBOL })
  expect(row?.steps[0]).toMatchObject({ step: 'asked_by', actual: 'user', source: 'user' })
})

it.each([
  ['asked at once', ['all of it']],
  ['asked while one is under way that leaves it alone', [null, 'all of it']],
])('a flatten closes a foreign position where a person says so: %s', async (_case, wishes) => {
  const station = await quiet()
  const { facade } = station
  theySend(station, 'web-1', {})
  await goOn(station, SEEN_MS)
  expect(facade.flattenDrill(true)).toMatchObject({ closes: [{ symbol: SYMBOL, side: 'LONG' }], untouched: [] })
  const reports = wishes.map((reason) => facade.flatten('user', reason ?? 'ours alone', reason !== null))
  await goOn(station, MINUTE_MS)
  for (const report of reports)
    expect(await report).toMatchObject({
      proven: true,
      closed: [{ symbol: SYMBOL, quantity: exact(1), filledQuantity: exact(1) }],
      remaining: [],
      untouched: [],
    })
  expect(facade.positions()).toEqual([])
  await station.stop()
})

it('a kill switch that closes everything takes what is not ours along where a person says so', async () => {
  const station = await quiet()
  const { facade } = station
  theySend(station, 'web-1', {})
  await goOn(station, SEEN_MS)
  facade.engageEmergency('user', 'out', true)
  await goOn(station, MINUTE_MS)
  expect(facade.lastFlatten()).toMatchObject({ proven: true, closed: [], untouched: [{ symbol: SYMBOL }] })
  facade.engageEmergency('user', 'out', true, true)
  await goOn(station, MINUTE_MS)
  expect(facade.lastFlatten()).toMatchObject({ proven: true, closed: [{ symbol: SYMBOL }], untouched: [] })
  expect(facade.positions()).toEqual([])
  await station.stop()
})

it('a foreign order is listed as such, keeps its symbol free of entries, and is cancelled by a person alone', async () => {
  const station = await quiet()
  const { facade } = station
  theySend(station, 'web-2', { type: 'LIMIT', timeInForce: 'GTC', price: exact(rounded(priceOf(station) * 0.5)) })
  await goOn(station, SEEN_MS)
  expect(facade.openOrders()).toMatchObject([{ clientOrderId: 'web-2', strategyId: 'foreign', purpose: 'ENTRY' }])
  expect(facade.placeManual(wish(station), 'user', true)).toMatchObject({ outcome: 'denied' })
  expect(facade.cancelOrder('web-2' as ClientOrderId, 'user').outcome).toBe('not_there')
  expect(facade.foreign.cancel(SYMBOL, 'web-2' as ClientOrderId, 'user').outcome).toBe('cancelling')
  expect(standing(station)).toContain('reconcile_foreign_order web-2')
  await goOn(station, SEEN_MS)
  expect(facade.openOrders()).toEqual([])
  expect(standing(station)).not.toContain('reconcile_foreign_order web-2')
  expect(facade.placeManual(wish(station), 'user', true)).toMatchObject({ outcome: 'approved' })
  await station.stop()
})

it('a foreign change of our position freezes its symbol, over a restart too, until a person accepts it', async () => {
  const station = await quiet()
  const { facade } = station
  expect(facade.placeManual(wish(station), 'user', false).outcome).toBe('approved')
  await goOn(station, MINUTE_MS)
  const half = exact(facade.positions()[0]?.quantity.toNumber() ?? 0)
    .div(2)
    .toDecimalPlaces(2)
  theySend(station, 'web-3', { side: 'SELL', quantity: half, reduceOnly: true })
  await goOn(station, SEEN_MS)
  expect(facade.positions()[0]?.frozen).toContain('somebody else changed our position')
  expect(facade.positions()[0]?.isProtected).toBe(true)
  facade.closePosition(SYMBOL, 'user')
  await goOn(station, MINUTE_MS)
  expect(facade.placeManual(wish(station), 'user', true)).toMatchObject({ outcome: 'denied' })
  const stoppedAt = station.rooms.clock.now()
  await station.stop()

  const again = await quiet(station.folder, stoppedAt + SEEN_MS)
  expect(again.facade.foreign.frozen()).toMatchObject([{ symbol: SYMBOL }])
  expect(again.facade.placeManual(wish(again), 'user', true)).toMatchObject({ outcome: 'denied' })
  expect(again.facade.foreign.unfreeze(SYMBOL, 'user')).toEqual({ outcome: 'released' })
  expect(again.facade.placeManual(wish(again), 'user', true)).toMatchObject({ outcome: 'approved' })
  const stoppedAgainAt = again.rooms.clock.now()
  await again.stop()

  const last = await quiet(station.folder, stoppedAgainAt + SEEN_MS)
  expect(last.facade.foreign.frozen()).toEqual([])
  await last.stop()
})

it('a resting entry is moved: the old one is cancelled, what is left goes through the guard anew', async () => {
  const station = await quiet()
  const { facade } = station
  const limitPrice = rounded(priceOf(station) * 0.994)
  const placed = facade.placeManual(wish(station, { limitPrice, notionalUsd: 300 }), 'user', false)
  const id = placed.outcome === 'approved' ? placed.clientOrderId : null
  if (id === null) throw new Error('the entry was not placed')
  await goOn(station, 2_000)
  const tooFar = { price: exact(rounded(limitPrice * 0.9)), quantity: null }
  expect(facade.replaceOrder(id, tooFar, 'user')).toMatchObject({ outcome: 'denied', code: 'entry_too_far' })
  const price = exact(rounded(limitPrice * 0.999))
  expect(facade.replaceOrder(id, { price, quantity: null }, 'user')).toMatchObject({ outcome: 'replacing' })
  expect(facade.replaceOrder(id, { price, quantity: null }, 'user')).toMatchObject({ outcome: 'refused' })
  const drill = facade.flattenDrill()
  expect(drill).toMatchObject({ cancels: [{ clientOrderId: id }], closes: [], obstacle: null })
  expect([drill.requests, drill.weight]).toEqual([15, 261])
  await goOn(station, 2_000)
  const [moved] = facade.openOrders()
  expect(moved).toMatchObject({
    purpose: 'ENTRY',
    state: 'OPEN',
    price,
    intentId: facade.records.orders({ limit: 5 }).items.at(-1)?.intentId,
  })
  expect(moved?.clientOrderId).not.toBe(id)
  await station.stop()
  const states = rowsOf(station.folder, 'orders').map(({ clientOrderId, state }) => [clientOrderId, state])
  expect(states).toContainEqual([id, 'CANCELLED'])
  const decided = rowsOf(station.folder, 'decisions').filter(
    ({ kind, outcome }) => kind === 'MANUAL' && outcome === 'approved',
  )
  expect(decided).toHaveLength(2)
})
