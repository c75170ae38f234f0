/** The life of a trade on the venue: signal, fill, stop and target on the conditional endpoints, exit; to the last decimal. */
import { afterEach, expect, it } from 'vitest'

import type { Setup } from '../../src/core/strategy/strategy-logic.ts'
import type { AlgoOrder } from '../venue/trading/algo-order.ts'
import { contracts } from './contracts.ts'
import { SCRIPTED, scriptedStrategy, setup } from './scripted-strategy.ts'
import { START_AT, startStationOnVenue, type OnVenueOptions, type StationOnVenue } from './station-on-venue.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const A = 'AAAUSDT'
const B = 'BBBUSDT'

let world: StationOnVenue

afterEach(() => world.endInAgreement())

const algosOf = (symbol: string): readonly AlgoOrder[] => world.venue.exchange.algos.liveOf(symbol)
const tradesOf = (symbol: string) => world.facade.records.trades({ limit: 10, symbol }).items

/** Signals at the end of the first bar of five minutes after the start. */
async function startSignalling(
  wishes: Readonly<Record<string, Setup>>,
  more: Partial<OnVenueOptions> = {},
): Promise<void> {
  const waiting = new Map(Object.entries(wishes))
  const script = (symbol: string, openAt: number): Setup | null => {
    if (openAt < START_AT - MINUTE) return null
    const wish = waiting.get(symbol) ?? null
    waiting.delete(symbol)
    return wish
  }
  world = await startStationOnVenue({ symbols: contracts(5), strategies: [scriptedStrategy(script)], ...more })
}

it('signal, fill, stop and target at the venue, exit at the target; the stop goes with it', async () => {
  await startSignalling({
    [A]: setup('LONG', 100, { stop: 0.03, target: 0.05 }),
    [B]: setup('SHORT', 100, { stop: 0.03, target: 0.05 }),
  })
  await world.until(() => world.held(A)?.isProtected === true && world.held(B)?.isProtected === true, 10 * MINUTE)
  expect(world.held(A)?.strategyId).toBe(SCRIPTED)
  const told = algosOf(A).map(({ type, side, triggerPrice, quantity, reduceOnly, workingType, priceProtect }) => ({
    type,
    side,
    trigger: triggerPrice.toNumber(),
    quantity: quantity.toNumber(),
    reduceOnly,
    workingType,
    priceProtect,
  }))
  const quantity = world.heldAtVenue(A)
  const terms = { side: 'SELL', quantity, reduceOnly: true, workingType: 'CONTRACT_PRICE', priceProtect: false }
  expect(told).toEqual(
    expect.arrayContaining([
      { ...terms, type: 'STOP_MARKET', trigger: 97 },
      { ...terms, type: 'TAKE_PROFIT_MARKET', trigger: 105 },
    ]),
  )
  expect(algosOf(B)).toHaveLength(2)
  const open = world.books()
  expect(open.station).toEqual(open.venue)

  world.price(A, 105.5)
  world.price(B, 103.2)
  await world.until(() => world.held(A) === undefined && world.held(B) === undefined, 5_000)
  await world.advance(MINUTE)
  expect([...algosOf(A), ...algosOf(B)]).toEqual([])
  expect(tradesOf(A)).toMatchObject([{ exitReason: 'TAKE_PROFIT', strategyId: SCRIPTED }])
  expect(tradesOf(B)).toMatchObject([{ exitReason: 'STOP', side: 'SHORT' }])
  const [trade] = tradesOf(A)
  expect(trade?.profit.toFixed()).toBe(trade?.realised.minus(trade.fees).plus(trade.funding).toFixed())
})

it('a trailing stop lives at the venue and takes its profit there', async () => {
  await startSignalling({ [A]: setup('LONG', 100, { stop: 0.03, trail: 0.02 }) })
  await world.until(() => world.held(A)?.isProtected === true, 10 * MINUTE)
  await world.advance(10_000)
  expect(
    algosOf(A)
      .map(({ type }) => type)
      .sort(),
  ).toEqual(['STOP_MARKET', 'TRAILING_STOP_MARKET'])
  for (const price of [101, 103, 106, 108]) {
    world.price(A, price)
    await world.advance(5_000)
  }
  expect(world.held(A)).toBeDefined()
  world.price(A, 104.5)
  await world.until(() => world.held(A) === undefined, 10_000)
  await world.advance(10_000)
  expect(tradesOf(A)).toMatchObject([{ exitReason: 'TRAILING' }])
  expect(tradesOf(A)[0]?.profit.toNumber()).toBeGreaterThan(0)
  expect(algosOf(A)).toEqual([])
})

it('an entry that fills in parts is protected from its first part on, and its stop follows', async () => {
  world = await startStationOnVenue({ symbols: contracts(2) })
  const answer = world.enter(A, { limitPrice: 99.9, stop: 0.03, notionalUsd: 900 })
  expect(answer.outcome).toBe('approved')
  await world.settle()
  const [resting] = world.venue.exchange.orders.openOf(A)
  const whole = resting?.quantity.toNumber() ?? 0
  expect(whole).toBeGreaterThan(8)
  for (const part of [2, 3, 1]) {
    world.venue.exchange.print(A, 99.89, part)
    await world.settle()
    await world.advance(2_000)
    const held = world.heldAtVenue(A)
    const stops = algosOf(A).filter(({ type }) => type === 'STOP_MARKET')
    expect(stops.map(({ quantity }) => quantity.toNumber())).toEqual([held])
    expect(world.held(A)?.isProtected).toBe(true)
  }
  const { venue, station } = world.books()
  expect(station).toEqual(venue)
  world.venue.exchange.print(A, 99.89, 10_000)
  await world.advance(2_000)
  expect(world.heldAtVenue(A)).toBe(whole)
  expect(world.station.rooms.executor.protection.naked.totalSeconds(world.now())).toBeLessThan(2)
})

it('funding of several hours is booked from the income list, also when its interval changes, and after a restart', async () => {
  world = await startStationOnVenue({
    symbols: contracts(2),
    startAt: Date.UTC(2026, 0, 5, 7, 58),
    quoteEveryMs: 3000,
    venue: { fundingMean: 0.0004, fundingDeviation: 0.0003 },
  })
  await world.open(A, { side: 'LONG' })
  await world.open(B, { side: 'SHORT' })
  await world.advance(3 * MINUTE)
  const first = world.books()
  expect(first.venue.income['FUNDING']).toBeDefined()
  expect(first.station).toEqual(first.venue)
  world.venue.inject({ name: 'funding-interval', fields: { symbol: A, hours: 1 } })
  const rows = (): number => world.venue.exchange.account.income.filter(({ type }) => type === 'FUNDING_FEE').length
  const before = rows()
  await world.advance(HOUR)
  expect(rows() - before).toBe(1)
  await world.stop()
  await world.advance(2 * HOUR)
  await world.start()
  await world.advance(2 * MINUTE)
  expect(rows() - before).toBe(3)
  const { station, venue } = world.books()
  expect(station).toEqual(venue)
})
