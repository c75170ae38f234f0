/** What becomes of entries that rest at the exchange while the station is away. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { PaperExchange } from '../../src/adapters/paper/paper-exchange.ts'
import type { ClientOrderId } from '../../src/core/model/ids.ts'
import type { RunningStation } from '../../src/station/compose.ts'
import { chattyStation } from './chatty-station.ts'

const folders: string[] = []

afterEach(() => {
  vi.restoreAllMocks()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-resting-'))
  folders.push(folder)
  return folder
}

const start = (folder: string): Promise<RunningStation> =>
  chattyStation({ folder, seed: 5, tickSeconds: 2 }, () => undefined)

const HOUR_MS = 3_600_000

async function until({ rooms }: RunningStation, isSo: () => boolean): Promise<void> {
  const latest = rooms.clock.now() + HOUR_MS
  while (!isSo()) {
    if (rooms.clock.now() > latest) throw new Error('it did not come to that within an hour')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** A limit order by hand so far below the market that it will not fill. */
async function rest(station: RunningStation): Promise<ClientOrderId> {
  const { facade, rooms } = station
  await until(station, () => facade.status().entriesOff === null && facade.quotes().length > 0)
  const free = facade.quotes().find(({ ticker }) => !rooms.executor.isBusy(ticker.symbol))
  if (free === undefined) throw new Error('every symbol is busy')
  const { symbol, last } = free.ticker
  const prices = { limitPrice: last * 0.992, stopPrice: last * 0.97, takeProfitPrice: null }
  const wish = { symbol, side: 'LONG', quantity: null, notionalUsd: 100, leverage: null, ...prices } as const
  const result = facade.placeManual(wish, 'user', false)
  if (result.outcome === 'denied' || result.clientOrderId === null) throw new Error(JSON.stringify(result))
  const id = result.clientOrderId
  await until(station, () => rooms.books.orders.find(id)?.state === 'OPEN')
  return id
}

describe('an entry that rests while the station is away', () => {
  it('is cancelled by the restart when the kill switch was pulled and the cancel was lost', async () => {
    const folder = newFolder()
    const first = await start(folder)
    const id = await rest(first)
    const lost = vi.spyOn(PaperExchange.prototype, 'cancel').mockImplementation(() => undefined)
    first.facade.engageEmergency('user', 'stop', false)
    await first.stop()
    lost.mockRestore()
    const second = await start(folder)
    expect(second.rooms.books.orders.find(id)?.state).toBe('OPEN')
    await until(second, () => second.rooms.books.orders.find(id)?.state === 'CANCELLED')
    await second.stop()
  })

  it('stays when the policy allows it, through later changes of the policy too', async () => {
    const folder = newFolder()
    const first = await start(folder)
    const id = await rest(first)
    await first.stop()
    const second = await start(folder)
    await until(second, () => second.facade.status().entriesOff === null)
    second.facade.policy.change({ maxDailyTrades: 9_000 }, { actor: 'user' })
    await until(second, () => second.facade.account() !== null)
    expect(second.rooms.books.orders.find(id)?.state).toBe('OPEN')
    await second.stop()
  })
})
