/** Stopped at any instant and started again, the station goes on: no order twice, no position unprotected, books sound (SPEC §9, §17). */
import { beforeAll, describe, expect, it } from 'vitest'

import type { Order } from '../../../src/core/model/order.ts'
import { MADE_UP_START, madeUpMinutes, madeUpRecording } from '../../fixtures/candle-files.ts'
import { rowsOf } from '../../fixtures/journal-reader.ts'
import {
  BEGIN,
  DAY_MS,
  goOnTo,
  HOUR_MS,
  MINUTE_MS,
  openStation,
  pausedAt,
  runToEnd,
  runUntil,
  temporaryFolder,
  toTheEnd,
  type WholeStation,
} from '../../fixtures/whole-station.ts'
import { expectFillsByHand, RESTARTED } from './fills-by-hand.ts'
import { expectSound } from './sound.ts'
import { Tape } from './tape.ts'

const MADE_UP = { symbols: ['AAAUSDT', 'BBBUSDT', 'CCCUSDT'], days: 5, seed: 31 }
const END = MADE_UP_START + MADE_UP.days * DAY_MS
/** reconciliation and the first sweep are done by then */
const SETTLED_MS = 15_000

const TAPES = new Map(MADE_UP.symbols.map((symbol) => [symbol, new Tape(madeUpMinutes(symbol, MADE_UP), 0.01)]))

const replay = madeUpRecording(MADE_UP)

/** Runs with a stop and a start at each of these times; after each start every position is soon protected. */
async function runWithStops(flags: Record<string, string>, stops: readonly number[]): Promise<WholeStation> {
  const folder = temporaryFolder()
  for (const stop of stops) {
    const station = await openStation({ replay, ...flags }, folder)
    await protectedSoon(station)
    await goOnTo(station, stop)
    await station.stop()
    expect(station.log.filter(({ level }) => level === 'error')).toEqual([])
  }
  const last = await openStation({ replay, ...flags }, folder)
  await protectedSoon(last)
  last.facade.setPaused(false)
  return toTheEnd(last)
}

async function protectedSoon(station: WholeStation): Promise<void> {
  await pausedAt(station, station.rooms.clock.now() + SETTLED_MS)
  expect(station.facade.positions().filter(({ isProtected }) => !isProtected)).toEqual([])
  expect(station.facade.status()).toMatchObject({ phase: 'running', venueUp: true })
}

/** One intent: at most one order that rests and one that takes, and together they never fill more than was asked for. */
function expectNothingTwice(folder: string): void {
  const byIntent = new Map<string, Order[]>()
  for (const order of rowsOf(folder, 'orders').filter(({ purpose }) => purpose === 'ENTRY')) {
    byIntent.set(order.intentId, [...(byIntent.get(order.intentId) ?? []), order])
  }
  for (const orders of byIntent.values()) {
    const resting = orders.filter(({ timeInForce }) => timeInForce !== 'IOC')
    expect(resting.length).toBeLessThanOrEqual(1)
    expect(orders.length - resting.length).toBeLessThanOrEqual(1)
    const filled = orders.reduce((sum, { filledQuantity }) => sum + filledQuantity.toNumber(), 0)
    expect(filled).toBeLessThanOrEqual(Math.max(...orders.map(({ quantity }) => quantity.toNumber())) * (1 + 1e-9))
  }
}

/** What the strategies said, whatever was decided on it; they begin anew from the past, and agree to a millionth. */
const signalsOf = (folder: string): string[] =>
  rowsOf(folder, 'signals')
    .map(
      ({ strategyId, symbol, side, kind, bar, confidence }) =>
        `${strategyId} ${symbol} ${side} ${kind} ${bar} ${confidence.toFixed(6)}`,
    )
    .sort()

const pricesOf = (folder: string): string[] =>
  rowsOf(folder, 'candles').map(({ symbol, interval, openAt, open, high, low, close }) =>
    [symbol, interval, openAt, open, high, low, close].join(' '),
  )

const tradesOf = (folder: string): string[] =>
  rowsOf(folder, 'trades').map(({ strategyId, symbol, side, quantity, openedAt, closedAt, exitReason }) =>
    [strategyId, symbol, side, quantity.toFixed(), openedAt, closedAt, exitReason].join(' '),
  )

const entriesOf = (folder: string): Order[] => rowsOf(folder, 'orders').filter(({ purpose }) => purpose === 'ENTRY')

describe('a run that is stopped and started again', () => {
  const whole: Record<string, WholeStation> = {}

  beforeAll(async () => {
    for (const mode of ['NORMAL', 'DEFENSIVE']) whole[mode] = await runToEnd({ replay, 'policy.risk_mode': mode })
  })

  it.each([
    ['NORMAL', 'as its entries are decided', 0],
    ['NORMAL', 'while they are on their way', 20],
    ['NORMAL', 'while their cancel is on its way', 2020],
    ['NORMAL', 'while the stop is on its way', 2170],
    ['DEFENSIVE', 'while its entries are on their way', 20],
    ['DEFENSIVE', 'while they rest', 30_000],
  ])('in mode %s, %s, goes on', async (mode, _when, ms) => {
    const uninterrupted = whole[mode]?.folder ?? ''
    const entries = entriesOf(uninterrupted).filter((_, index) => index % 7 === 1)
    const stops = new Set(entries.map(({ createdAt }) => createdAt + ms).filter((at) => at < END - HOUR_MS))
    const station = await runWithStops(
      { 'policy.risk_mode': mode },
      [...stops].sort((one, other) => one - other),
    )
    expect(stops.size).toBeGreaterThan(1)
    expectNothingTwice(station.folder)
    expect(signalsOf(station.folder)).toEqual(signalsOf(uninterrupted))
    expect(rowsOf(station.folder, 'trades').length).toBeGreaterThan(10)
    expectFillsByHand(station.folder, TAPES, END, RESTARTED)
    await expectSound(station)
  })

  it('between two minutes makes the same trades as if it had not been', async () => {
    const stops = [1, 2, 3].map((day) => MADE_UP_START + day * DAY_MS + 10 * HOUR_MS + 7 * MINUTE_MS + 31_000)
    const station = await runWithStops({ 'policy.risk_mode': 'NORMAL' }, stops)
    expect(tradesOf(station.folder)).toEqual(tradesOf(whole['NORMAL']?.folder ?? ''))
  })
})

describe('the made-up market', () => {
  const FLAGS = { 'simulator.symbols': 20, 'simulator.tick_seconds': 10 }
  const until = BEGIN + 6 * HOUR_MS

  it('goes on on the same path after a stop', async () => {
    const whole = await runUntil(FLAGS, until)
    const folder = temporaryFolder()
    for (const stop of [BEGIN + HOUR_MS + 7000, BEGIN + 3 * HOUR_MS + 20 * MINUTE_MS, until]) {
      const station = await openStation(FLAGS, folder)
      await pausedAt(station, stop)
      await station.stop()
      expect(station.log.filter(({ level }) => level === 'error')).toEqual([])
    }
    expect(pricesOf(folder)).toEqual(pricesOf(whole.folder))
    expect(signalsOf(folder)).toEqual(signalsOf(whole.folder))
    expectNothingTwice(folder)
  })
})
