/** Nothing in the station knows the future: prices after an instant change nothing before it; who peeks is caught (SPEC §20.10). */
import { describe, expect, it } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import { signalIdOf, traceIdOf } from '../../../src/core/model/ids.ts'
import type { Candle } from '../../../src/core/model/market.ts'
import type { Order } from '../../../src/core/model/order.ts'
import type { Side, Signal } from '../../../src/core/model/signal.ts'
import { MADE_UP_START, madeUpMinutes, writeMinutes } from '../../fixtures/candle-files.ts'
import { rowsOf } from '../../fixtures/journal-reader.ts'
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  runToEnd,
  temporaryFolder,
  type WholeStation,
} from '../../fixtures/whole-station.ts'

const MADE_UP = { symbols: ['AAAUSDT', 'BBBUSDT', 'CCCUSDT'], days: 6, seed: 9 }
const QUARTER_MS = 15 * MINUTE_MS
type Tapes = ReadonlyMap<string, readonly Candle[]>

const known: Tapes = new Map(MADE_UP.symbols.map((symbol) => [symbol, madeUpMinutes(symbol, MADE_UP)]))

/** The same minutes up to `from`, other ones after it: each turned over around the last price before. */
function otherwiseFrom(from: number): Tapes {
  return new Map([...known].map(([symbol, candles]) => [symbol, turnedOver(candles, from)]))
}

function turnedOver(candles: readonly Candle[], from: number): Candle[] {
  const pivot = candles.findLast(({ openAt }) => openAt < from)?.close ?? Number.NaN
  const mirror = (price: number): number => Number(((pivot * pivot) / price).toFixed(2))
  return candles.map((candle) => {
    if (candle.openAt < from) return candle
    const { open, high, low, close } = candle
    return { ...candle, open: mirror(open), high: mirror(low), low: mirror(high), close: mirror(close) }
  })
}

function recordingOf(tapes: Tapes): string {
  const folder = temporaryFolder()
  for (const [symbol, candles] of tapes) writeMinutes(folder, symbol, candles)
  return folder
}

/** Whatever is put into the station beside its own strategies; it is given the recording it runs on. */
type Plant = (station: WholeStation, tapes: Tapes) => void

const honest: Plant = () => undefined

async function journalOf(tapes: Tapes, plant: Plant): Promise<string> {
  const { folder } = await runToEnd({ replay: recordingOf(tapes) }, (station) => plant(station, tapes))
  return folder
}

const honestJournal = journalOf(known, honest)

/** All that the journal says of the time before `until`, as text; of what changes later only what was fixed before. */
function saidBefore(folder: string, until: number): string[] {
  const lines: string[] = []
  const say = (table: string, rows: readonly object[]): void => {
    for (const row of rows) lines.push(`${table} ${JSON.stringify(row)}`)
  }
  const earlier =
    <Row>(timeOf: (row: Row) => number) =>
    (row: Row): boolean =>
      timeOf(row) < until
  say('signals', rowsOf(folder, 'signals').filter(earlier(({ createdAt }) => createdAt)))
  say('decisions', rowsOf(folder, 'decisions').filter(earlier(({ at }) => at)))
  say('fills', rowsOf(folder, 'fills').filter(earlier(({ at }) => at)))
  say('ledger', rowsOf(folder, 'ledger').filter(earlier(({ at }) => at)))
  say('trades', rowsOf(folder, 'trades').filter(earlier(({ closedAt }) => closedAt)))
  say('equity', rowsOf(folder, 'equity').filter(earlier(({ at }) => at)))
  say('events', rowsOf(folder, 'events').filter(earlier(({ at }) => at)))
  say('alerts', rowsOf(folder, 'alerts').filter(earlier(({ raisedAt }) => raisedAt)))
  say(
    'candles',
    rowsOf(folder, 'candles').filter(
      earlier(({ openAt, interval }) => openAt + (interval === '1h' ? HOUR_MS : QUARTER_MS)),
    ),
  )
  for (const order of rowsOf(folder, 'orders').filter(earlier(({ createdAt }) => createdAt))) {
    say('orders', [order.updatedAt < until ? order : asked(order)])
  }
  return lines
}

/** What an order was from its first moment on. */
const asked = ({
  clientOrderId,
  symbol,
  side,
  type,
  quantity,
  price,
  triggerPrice,
  activationPrice,
  entryPlan,
  createdAt,
}: Order) => ({
  clientOrderId,
  symbol,
  side,
  type,
  quantity,
  price,
  triggerPrice,
  activationPrice,
  entryPlan,
  createdAt,
})

/** Whether another future changes the past: how many lines about the time before `at` differ. */
async function linesChanged(at: number, plant: Plant): Promise<{ changed: number; said: number }> {
  const one = await (plant === honest ? honestJournal : journalOf(known, plant))
  const other = await journalOf(otherwiseFrom(at), plant)
  const [before, otherBefore] = [saidBefore(one, at), new Set(saidBefore(other, at))]
  const changed = before.filter((line) => !otherBefore.has(line)).length
  return { changed: changed + Math.abs(before.length - otherBefore.size), said: before.length }
}

/** A strategy that says at each quarter's end what the next quarter will do: it reads the bar that is not there yet. */
const peekingStrategy: Plant = ({ rooms }, tapes) => {
  rooms.bus.subscribe('market.candle', ({ symbol, openAt, close }) => {
    const now = openAt + MINUTE_MS
    if (now % QUARTER_MS !== 0) return
    const later = tapes.get(symbol)?.[(now + QUARTER_MS - MADE_UP_START) / MINUTE_MS - 1]
    if (later === undefined) return
    rooms.pipeline.add(signalOf(symbol, later.close > close ? 'LONG' : 'SHORT', close, now))
  })
}

function signalOf(symbol: string, side: Side, price: number, now: number): Signal {
  const sign = side === 'LONG' ? 1 : -1
  const bar = now - QUARTER_MS
  return {
    id: signalIdOf('peeker', symbol, bar),
    kind: 'ENTRY',
    strategyId: 'peeker',
    symbol,
    side,
    confidence: 0.9,
    price,
    stopPrice: price * (1 - sign * 0.01),
    takeProfitPrice: price * (1 + sign * 0.01),
    trailing: null,
    ttlMs: QUARTER_MS,
    features: {},
    modelVersion: null,
    interval: '15m',
    bar,
    createdAt: now,
    traceId: traceIdOf('peeker', symbol, bar),
  }
}

/** An order of somebody who knows the next hour's low and waits just there. */
const peekingOrder =
  (at: number): Plant =>
  ({ rooms, facade }, tapes) => {
    rooms.clock.at(at - HOUR_MS / 2, () => {
      const [symbol, candles] = [...tapes][0] ?? ['', []]
      const nextHour = candles.filter(({ openAt }) => openAt >= at - HOUR_MS / 2 && openAt < at + HOUR_MS / 2)
      const low = Math.min(...nextHour.map((candle) => candle.low))
      const order = { symbol, side: 'LONG', quantity: exact('0.5'), notionalUsd: null, limitPrice: low } as const
      facade.placeManual({ ...order, stopPrice: low * 0.98, takeProfitPrice: null, leverage: null }, 'user', false)
    })
  }

describe('another future', () => {
  it.each([1, 3, 5].map((day) => MADE_UP_START + day * DAY_MS + 7 * HOUR_MS))(
    'from %d on changes no row of before',
    async (at) => {
      const { changed, said } = await linesChanged(at, honest)
      expect(said).toBeGreaterThan(1000)
      expect(changed).toBe(0)
    },
  )

  it('changes what comes after it', async () => {
    const at = MADE_UP_START + 3 * DAY_MS
    const [one, other] = [await honestJournal, await journalOf(otherwiseFrom(at), honest)]
    const end = MADE_UP_START + MADE_UP.days * DAY_MS
    expect(saidBefore(one, end)).not.toEqual(saidBefore(other, end))
  })
})

describe('who knows the future', () => {
  const at = MADE_UP_START + 3 * DAY_MS + 7 * HOUR_MS + 5 * MINUTE_MS

  it('as a strategy is caught', async () => {
    expect((await linesChanged(at, peekingStrategy)).changed).toBeGreaterThan(0)
  })

  it('as an order is caught', async () => {
    expect((await linesChanged(at, peekingOrder(at))).changed).toBeGreaterThan(0)
  })

  it('would be rich: the test is worth its while', async () => {
    const folder = await journalOf(known, peekingStrategy)
    const profits = rowsOf(folder, 'trades').filter(({ strategyId }) => strategyId === 'peeker')
    const won = profits.filter(({ profit }) => profit.gt(0)).length
    expect(profits.length).toBeGreaterThan(20)
    expect(won / profits.length).toBeGreaterThan(0.6)
  })
})
