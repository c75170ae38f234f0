/** The computer under the station goes to sleep, wakes, loses its network: all of it is known, and nothing is opened blindly. */
import { describe, expect, it } from 'vitest'

import type { ManualOrder } from '../../src/station/station-values.ts'
import { BEGIN, goOnTo, MINUTE_MS, openStation, pausedAt, type WholeStation } from '../fixtures/whole-station.ts'

const STARTED = BEGIN + 20 * MINUTE_MS

async function stationAtWork(): Promise<WholeStation> {
  const station = await openStation({ 'simulator.symbols': 3, speed: 'max' })
  await pausedAt(station, STARTED)
  return station
}

/** A limit far below the market: it rests. */
function restingEntry({ facade }: WholeStation): ManualOrder {
  const [quote] = facade.quotes()
  const last = quote!.ticker.last
  const prices = { limitPrice: last * 0.995, stopPrice: last * 0.985, takeProfitPrice: null }
  return { symbol: quote!.ticker.symbol, side: 'LONG', quantity: null, notionalUsd: 200, leverage: null, ...prices }
}

const kindsOf = ({ facade }: WholeStation): unknown[] =>
  facade.records
    .events({ limit: 50, type: 'system.changed' })
    .items.map(({ data }) => (data as { kind: string }).kind)
    .toReversed()

describe('a computer that goes to sleep', () => {
  it('opens nothing from the announced sleep until books and venue are reconciled after it', async () => {
    const station = await stationAtWork()
    const { facade } = station
    expect(facade.status().entriesOff).toBeNull()

    facade.systemEvent('suspended')
    expect(facade.status()).toMatchObject({ entriesOff: 'the computer is going to sleep', reconciledAt: null })
    expect(facade.placeManual(restingEntry(station), 'user', false)).toMatchObject({ outcome: 'denied', check: 5 })
    await goOnTo(station, STARTED + 10 * MINUTE_MS)
    expect(facade.status()).toMatchObject({ entriesOff: 'the computer is going to sleep', reconciledAt: null })

    facade.systemEvent('resumed')
    expect(facade.status().entriesOff).toBe('books and venue are not reconciled yet')
    await goOnTo(station, STARTED + 11 * MINUTE_MS)
    expect(facade.status().entriesOff).toBeNull()
    expect(facade.placeManual(restingEntry(station), 'user', false).outcome).toBe('approved')
    await station.stop()
  })

  it('cancels entries that rest: one filled in the sleep would stand without its stop', async () => {
    const station = await stationAtWork()
    const { facade } = station
    expect(facade.placeManual(restingEntry(station), 'user', false).outcome).toBe('approved')
    await goOnTo(station, STARTED + MINUTE_MS)
    expect(facade.openOrders()).toHaveLength(1)
    facade.systemEvent('suspended')
    await goOnTo(station, STARTED + 2 * MINUTE_MS)
    expect(facade.openOrders()).toEqual([])
    await station.stop()
  })

  it('reconciles on waking also when no sleep was announced', async () => {
    const station = await stationAtWork()
    const before = station.facade.status().reconciledAt ?? 0
    station.facade.systemEvent('resumed')
    expect(station.facade.status().reconciledAt).toBeNull()
    await goOnTo(station, STARTED + 1000)
    expect(station.facade.status().reconciledAt).toBeGreaterThan(before)
    await station.stop()
  })
})

it('journals what happened to the computer, in its order', async () => {
  const station = await stationAtWork()
  const told = ['network_lost', 'network_back', 'on_battery', 'locked', 'suspended', 'resumed', 'unlocked', 'on_mains']
  for (const kind of told) station.facade.systemEvent(kind as Parameters<typeof station.facade.systemEvent>[0])
  expect(kindsOf(station)).toEqual(told)
  await station.stop()
})

it('asks the venue anew when the network is back', async () => {
  const station = await stationAtWork()
  const before = station.facade.status().reconciledAt ?? 0
  station.facade.systemEvent('network_lost')
  expect(station.facade.status().entriesOff).toBeNull()
  station.facade.systemEvent('network_back')
  await goOnTo(station, STARTED + 1000)
  expect(station.facade.status().reconciledAt).toBeGreaterThan(before)
  await station.stop()
})
