/** Paper money on live prices: the public streams alone feed the paper exchange, whatever happens to them (SPEC §10). */
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest'

import { RestDoor } from '../venue/rest/rest-door.ts'
import { contracts } from './contracts.ts'
import { startStationOnVenue, type StationOnVenue } from './station-on-venue.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** ten minutes before a settlement */
const START_AT = Date.UTC(2026, 0, 5, 7, 50)
const TAKER_FEE = 0.0005
const A = 'AAAUSDT'
const B = 'BBBUSDT'

describe('paper on live prices', () => {
  let world: StationOnVenue
  /** every request the exchange was asked */
  let asked: MockInstance<RestDoor['answer']>

  beforeEach(async () => {
    asked = vi.spyOn(RestDoor.prototype, 'answer')
    world = await startStationOnVenue({
      startAt: START_AT,
      symbols: contracts(3),
      settings: { 'exchange.account': 'paper' },
    })
  })
  afterEach(async () => {
    await world.end()
    vi.restoreAllMocks()
  })

  /** Nothing was signed, nothing was ordered, no account was listened to. */
  const isAlone = (): boolean => {
    const { exchange, sockets } = world.venue
    const requests = asked.mock.calls.map(([request]) => request)
    const signed = requests.filter((request) => request.apiKey !== '' || request.has('signature'))
    return (
      requests.length > 0 &&
      signed.length === 0 &&
      requests.every(({ method }) => method === 'GET') &&
      exchange.account.trades.length === 0 &&
      exchange.orders.allOpen().length + exchange.algos.allLive().length === 0 &&
      Object.keys(sockets.counts()).every((category) => category === 'market' || category === 'public')
    )
  }
  const ledger = (kind: string): number[] =>
    world.facade.records
      .ledger({ limit: 100 })
      .items.filter((row) => row.kind === kind)
      .map(({ amount }) => amount.toNumber())
  const lines = () => world.facade.connections.view()
  const lastExit = (): number | undefined => world.facade.records.trades({ limit: 1 }).items[0]?.exitPrice.toNumber()

  /** For so long every market line is cut, and so is each new one; no candle can be fetched. */
  const cutLines = async (ms: number): Promise<void> => {
    const { sockets, exchange } = world.venue
    const add = sockets.add.bind(sockets)
    sockets.add = (socket) => socket.terminate()
    world.venue.inject({ name: 'not-executed', on: 'klines', probability: 1 })
    for (const category of ['market', 'public']) sockets.drop(category)
    await world.advance(ms)
    sockets.add = add
    exchange.faults.clear('not-executed')
  }

  it('fills at the touch the exchange shows, less its fee, and keeps its stop', async () => {
    world.price(A, 120)
    await world.advance(2000)
    const held = await world.open(A, { stop: 0.02 })
    expect(held.entryPrice.toNumber()).toBe(120.01)
    world.price(A, 117)
    await world.until(() => world.held(A) === undefined, 5000)
    expect(lastExit()).toBe(116.99)
    const fees = ledger('FEE').reduce((sum, fee) => sum + fee, 0)
    expect(fees).toBeCloseTo(-TAKER_FEE * held.quantity.toNumber() * (120.01 + 116.99), 6)
    expect(world.facade.status()).toMatchObject({ environment: 'SIMULATED', venue: 'paper', venueUp: true })
    expect(isAlone()).toBe(true)
  })

  it('pays and takes funding at the rates the exchange settles', async () => {
    const long = await world.open(A)
    const short = await world.open(B, { side: 'SHORT' })
    await world.advance(10 * MINUTE + 5000)
    const [a, b] = [A, B].map((symbol) => world.venue.exchange.funding.settlements(symbol).at(-1))
    const [paidA, paidB] = ledger('FUNDING').toSorted((one, other) => Math.abs(other) - Math.abs(one))
    const owed = [
      -long.quantity.toNumber() * (a?.mark ?? 0) * (a?.rate ?? 0),
      short.quantity.toNumber() * (b?.mark ?? 0) * (b?.rate ?? 0),
    ].toSorted((one, other) => Math.abs(other) - Math.abs(one))
    expect(owed.every((amount) => Math.abs(amount) > 1e-4)).toBe(true)
    expect(paidA).toBeCloseTo(owed[0] ?? 0, 4)
    expect(paidB).toBeCloseTo(owed[1] ?? 0, 4)
    expect(isAlone()).toBe(true)
  })

  it('with the line down takes no entry, and learns from the bars that its stop was hit', async () => {
    await world.open(A, { stop: 0.02 })
    await cutLines(30_000)
    expect(world.enter(B)).toMatchObject({ outcome: 'denied', code: 'price_stale' })
    world.price(A, 90)
    await cutLines(MINUTE)
    world.price(A, 100)
    await cutLines(2 * MINUTE)
    expect(world.held(A)?.quantity.toNumber()).toBeGreaterThan(0)
    await world.until(() => world.held(A) === undefined, 5 * MINUTE)
    const exit = lastExit() ?? 0
    expect(exit).toBeLessThan(98)
    expect(exit).toBeGreaterThan(90)
    await world.until(() => lines().streams.every(({ isUp }) => isUp), MINUTE)
    expect(lines().backFilled).toBeGreaterThanOrEqual(3)
    expect(isAlone()).toBe(true)
  })

  it('a bar of which every price was told moves nothing again', async () => {
    world.price(A, 97)
    await world.advance(2000)
    world.price(A, 100)
    await world.advance(2000)
    await world.open(A, { stop: 0.02 })
    await world.advance(3 * MINUTE)
    expect(world.held(A)?.isProtected).toBe(true)
  })

  it('after a night off it owes the funding and the stop of that night', async () => {
    const long = await world.open(A, { stop: 0.02 })
    await world.open(B, { stop: 0.03 })
    await world.stop()
    await world.advance(HOUR)
    world.price(B, 90)
    await world.advance(2 * MINUTE)
    world.price(B, 100)
    await world.advance(8 * HOUR)
    await world.start()
    await world.until(() => ledger('FUNDING').length > 0, 5 * MINUTE)
    const [settled] = world.venue.exchange.funding.settlements(A)
    const owed = -long.quantity.toNumber() * (settled?.mark ?? 0) * (settled?.rate ?? 0)
    expect(ledger('FUNDING')).toContainEqual(expect.closeTo(owed, 4))
    expect([world.held(A)?.isProtected, world.held(B)]).toEqual([true, undefined])
    expect(lastExit()).toBeLessThan(97)
    expect(isAlone()).toBe(true)
  })
})
