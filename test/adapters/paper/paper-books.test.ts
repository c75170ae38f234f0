/** The exchange's books on their own: money in and out, the day's volume, documents that cannot be read, a process killed. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { PaperExchange } from '../../../src/adapters/paper/paper-exchange.ts'
import { QuoteVolume } from '../../../src/adapters/paper/quote-volume.ts'
import { PAPER_SETTINGS } from '../../../src/adapters/paper/settings.ts'
import { openDatabase } from '../../../src/adapters/sqlite/open-database.ts'
import { storeOf } from '../../../src/adapters/sqlite/store.ts'
import { VirtualClock } from '../../../src/adapters/system/virtual-clock.ts'
import { exact } from '../../../src/core/model/decimal.ts'
import type { VenueReport } from '../../../src/core/ports/venue.ts'
import { dataFolders } from '../sqlite/data-folder.ts'
import { Story } from '../venue-contract/story.ts'
import { CONTRACT } from '../venue-contract/venue-under-test.ts'
import { MemoryShelf } from './memory-shelf.ts'
import { PaperHarness, START_AT } from './paper-harness.ts'

const HOUR_MS = 3_600_000
const CHILD = fileURLToPath(new URL('child/trade-until-killed.ts', import.meta.url))
const folder = dataFolders()

describe('moving money', () => {
  it('deposits and withdrawals are booked, told and kept', async () => {
    const at = await PaperHarness.started('candles')
    const day = new Story(at)
    expect(at.venue.move(exact('500.25'))).toEqual({ outcome: 'booked' })
    expect(at.venue.move(exact(-10_500))).toEqual({ outcome: 'booked' })
    expect(at.reports.some((report) => report.kind === 'income')).toBe(false)
    expect(await day.balance()).toEqual(exact('0.25'))
    expect(at.reports.filter((report) => report.kind === 'income')).toMatchObject([
      { income: { kind: 'DEPOSIT', amount: exact('500.25') } },
      { income: { kind: 'WITHDRAWAL', amount: exact(-10_500) } },
    ])
  })

  it('what is bound as margin cannot be withdrawn', async () => {
    const at = await PaperHarness.started('candles')
    const day = new Story(at)
    await day.send('entry', { quantity: 100, leverage: 2 })
    expect(at.venue.move(exact(-5_100))).toMatchObject({ outcome: 'refused' })
    expect(at.venue.move(exact(-4_900))).toEqual({ outcome: 'booked' })
    expect(at.venue.move(exact(0))).toMatchObject({ outcome: 'refused' })
  })
})

describe('the day’s volume', () => {
  it('equals the mean of the last 24 clock hours, scaled to a day', () => {
    const minutes = fc.array(
      fc.record({ skip: fc.constantFrom(0, 0, 0, 1, 90, 1500), volume: fc.integer({ min: 0, max: 1000 }) }),
      {
        minLength: 1,
        maxLength: 200,
        size: 'max',
      },
    )
    fc.assert(
      fc.property(minutes, (told) => {
        const volume = new QuoteVolume()
        const rows: { at: number; volume: number }[] = []
        let at = START_AT
        for (const minute of told) {
          at += (minute.skip + 1) * 60_000
          rows.push({ at, volume: minute.volume })
          volume.add(at, 60_000, minute.volume)
        }
        const first = (Math.floor(at / HOUR_MS) - 23) * HOUR_MS
        const within = rows.filter((row) => row.at >= first)
        const mean = within.reduce((sum, row) => sum + row.volume, 0) / within.length
        expect(volume.estimate()).toBeCloseTo(mean * 1440, 6)
      }),
    )
  })

  it('takes an older hour into account, one that has left the window not', () => {
    const volume = new QuoteVolume()
    volume.add(START_AT, HOUR_MS, 10)
    volume.add(START_AT - 23 * HOUR_MS, HOUR_MS, 30)
    volume.add(START_AT - 24 * HOUR_MS, HOUR_MS, 1_000)
    expect(volume.estimate()).toBe(480)
  })

  it('is unknown before any candle', () => {
    expect(new QuoteVolume().estimate()).toBeNull()
  })
})

describe('priming', () => {
  const old = { symbol: CONTRACT.symbol, interval: '1h', openAt: START_AT - 2 * HOUR_MS, volume: 1 } as const

  it('gives a first price, without which no order is taken', async () => {
    const at = new PaperHarness('candles', PAPER_SETTINGS, new MemoryShelf())
    const day = new Story(at)
    await at.listen()
    expect(await day.send('early')).toBe('rejected:OTHER')
    at.venue.prime([{ ...old, open: 90, high: 90, low: 90, close: 90, quoteVolume: 1e9 }])
    expect(await day.send('entry')).toBe('accepted filled')
    expect(day.fills('entry')[0]?.price.toNumber()).toBeCloseTo(90, 1)
  })

  it('does not replace a price that is newer', async () => {
    const at = await PaperHarness.started('candles')
    const day = new Story(at)
    await day.send('entry')
    await at.restart()
    at.venue.prime([{ ...old, open: 50, high: 50, low: 50, close: 50, quoteVolume: 1e9 }])
    await day.send('more')
    expect(day.fills('more')[0]?.price.toNumber()).toBeCloseTo(100, 1)
  })
})

describe('documents', () => {
  const opened = (shelf: MemoryShelf): PaperExchange =>
    new PaperExchange({
      clock: new VirtualClock({ startAt: START_AT }),
      shelf,
      instruments: [CONTRACT],
      settings: PAPER_SETTINGS,
      seed: 1,
    })

  it('one that cannot be read is named, and nothing is made up in its place', async () => {
    const at = await PaperHarness.started('candles')
    await new Story(at).send('entry')
    const shelf = at.shelf.copy()
    shelf.commit([{ kind: 'symbol', key: 'TESTUSDT', at: 1, value: '{"leverage":"many"}' }], [])
    expect(() => opened(shelf)).toThrow(/symbol\/TESTUSDT cannot be read/u)
  })

  it('idle market events and questions write nothing', async () => {
    const at = await PaperHarness.started('candles')
    const { commits } = at.shelf
    await at.moveTo(103)
    await at.settleFunding(0.0001)
    await new Story(at).snapshot()
    expect(at.shelf.commits).toBe(commits)
  })

  it('a report leaves after its commit, never before', async () => {
    const at = await PaperHarness.started('candles')
    const known: boolean[] = []
    await at.venue.connect((report) => {
      if (report.kind === 'filled') known.push(at.shelf.find('fill', report.fill.id) !== null)
    })
    at.venue.submit(new Story(at).request('entry'))
    await at.settle()
    expect(known).toEqual([true])
  })

  it('when the commit fails nothing is told', async () => {
    const at = await PaperHarness.started('candles')
    at.shelf.commit = () => {
      throw new Error('disk full')
    }
    at.venue.submit(new Story(at).request('entry'))
    await expect(async () => at.settle()).rejects.toThrow('disk full')
    expect(at.reports.some((report) => report.kind === 'accepted')).toBe(false)
  })
})

describe('kill -9', () => {
  it('everything told before the kill is in the books after it, and the money adds up', async () => {
    const data = folder()
    const told = await tradeAndKill(data)
    const { paper, database } = storeOf(openDatabase(data))
    const fills = told.flatMap((report) => (report.kind === 'filled' ? [report.fill.id] : []))
    expect(fills.length).toBeGreaterThan(20)
    for (const id of fills) expect(paper.find('fill', id)).not.toBeNull()
    const at = new PaperHarness('candles', PAPER_SETTINGS, paper)
    at.clock.advanceTo(START_AT + HOUR_MS)
    await at.listen()
    const { balance, fills: kept, income, positions, openOrders } = await new Story(at).snapshot()
    let wallet = income.reduce((sum, { amount }) => sum.plus(amount), exact(0))
    let bought = exact(0)
    for (const { side, price, quantity, fee } of kept) {
      wallet = wallet.minus(fee)
      // every position is opened and closed whole, by one fill each
      if (side === 'BUY') bought = price
      else wallet = wallet.plus(price.minus(bought).times(quantity).toDecimalPlaces(8))
    }
    expect(balance.toFixed()).toBe(wallet.toFixed())
    expect(positions.length).toBe(kept.length % 2)
    for (const order of openOrders) expect(order.request.type).toBe('STOP_MARKET')
    await at.end()
    database.close()
  })
})

/** Lets the child trade, kills it in the middle, answers the reports it had heard. */
function tradeAndKill(data: string): Promise<VenueReport[]> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, data])
  return new Promise((resolve, reject) => {
    let heard = ''
    let faults = ''
    child.stderr.on('data', (text: Buffer) => (faults += text.toString()))
    child.stdout.on('data', (text: Buffer) => {
      heard += text.toString()
      if (heard.split('\n').length > 200) child.kill('SIGKILL')
    })
    child.on('close', (_code, signal) => {
      // the last line may be cut off by the kill
      const lines = heard.split('\n').slice(0, -1)
      if (signal === 'SIGKILL') resolve(lines.map((line) => JSON.parse(line) as VenueReport))
      else reject(new Error(`the child ended by itself: ${faults}`))
    })
  })
}
