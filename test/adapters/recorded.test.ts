/** Recorded files become a feed; whatever is wrong in them is named with file, line and field, and the rest is told. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

import * as fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { numberAt } from '../../src/adapters/recorded/number-field.ts'
import { RecordedFeed } from '../../src/adapters/recorded/recorded-feed.ts'
import { loadRecording, type RecordingOptions } from '../../src/adapters/recorded/recording.ts'
import { RECORDED_SETTINGS } from '../../src/adapters/recorded/settings.ts'
import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import type { Candle, FeedEvent } from '../../src/core/model/market.ts'
import { randomWalk } from '../fixtures/candles.ts'
import { RECORDED_DATA_ABSENT, recordedData } from '../fixtures/recorded-data.ts'
import { feedContract, play } from './feed-contract.ts'

const T0 = Date.UTC(2025, 4, 5)
const MINUTE = 60_000
const HOUR = 3_600_000
const ARCHIVE_HEADER =
  'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore'
const OWN_HEADER = 'timestamp,open,high,low,close,volume'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recorded-'))
  return () => rmSync(folder, { recursive: true })
})

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

const ownRow = (candle: Candle): string =>
  [candle.openAt, candle.open, candle.high, candle.low, candle.close, candle.volume].join(',')
const archiveRow = (candle: Candle): string =>
  [ownRow(candle), candle.openAt + MINUTE - 1, candle.quoteVolume, 5, 1, 1, 0].join(',')
const ownFile = (candles: readonly Candle[]): string =>
  `${[OWN_HEADER, ...candles.map((each) => ownRow(each))].join('\n')}\n`

const walk = (symbol: string, count: number, startAt = T0): Candle[] =>
  randomWalk({ symbol, interval: '1m', count, startAt, seed: symbol.charCodeAt(0) })

async function told(options: RecordingOptions = {}, path = folder): Promise<{ events: FeedEvent[]; faults: string[] }> {
  const recording = await loadRecording(path, options)
  const clock = new VirtualClock({ startAt: recording.startAt })
  const feed = new RecordedFeed(recording, clock)
  const events = (await play(feed, clock, recording.endAt)).map(({ event }) => event)
  return { events, faults: feed.faults.map(({ message }) => message) }
}

const candlesOf = (events: readonly FeedEvent[], symbol?: string): Candle[] =>
  events.flatMap((event) =>
    event.kind === 'candle' && (symbol ?? event.candle.symbol) === event.candle.symbol ? [event.candle] : [],
  )

describe('number fields', () => {
  it('read every decimal text as Number does, and nothing else', () => {
    const check = (text: string): void => {
      const bytes = strToU8(`x${text},`)
      const expected = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(text) ? Number(text) : Number.NaN
      expect(numberAt(bytes, 1, 1 + text.length)).toBe(expected)
    }
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => check(String(value))),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.nat({ max: 9_999_999 }), fc.stringMatching(/^\d{0,18}$/u), (whole, part) =>
        check(`${whole}.${part}`),
      ),
      { numRuns: 300 },
    )
    for (const text of [
      '',
      '-',
      '.',
      '1.2.3',
      '1,',
      'abc',
      '1e',
      '0x10',
      ' 1',
      'Infinity',
      '94172.00',
      '9007199254740993',
    ])
      check(text)
  })
})

describe('formats', () => {
  it('reads our own CSV, plain and gzipped, with a byte-order mark and carriage returns', async () => {
    const candles = walk('AAAUSDT', 30)
    put('AAAUSDT-1m-klines.csv', `\uFEFF${ownFile(candles).replaceAll('\n', '\r\n')}`)
    put('BBBUSDT-1m-klines.csv.gz', gzipSync(ownFile(walk('BBBUSDT', 30))))
    const { events, faults } = await told()
    expect(faults).toEqual([])
    expect(candlesOf(events, 'AAAUSDT')).toEqual(candles)
    expect(candlesOf(events, 'BBBUSDT')).toEqual(walk('BBBUSDT', 30))
  })

  it('reads the archive, zipped and plain, with and without a header, months joined, from folders inside folders', async () => {
    const candles = walk('AAAUSDT', 60)
    const rows = candles.map((each) => archiveRow(each))
    const month = [ARCHIVE_HEADER, ...rows.slice(0, 30)].join('\n')
    put('monthly/AAAUSDT/1m/AAAUSDT-1m-2025-05.zip', zipSync({ 'AAAUSDT-1m-2025-05.csv': strToU8(month) }))
    put('daily/AAAUSDT-1m-2025-06-01.csv', rows.slice(30).join('\n'))
    put('monthly/AAAUSDT/1m/AAAUSDT-1m-2025-05.zip.CHECKSUM', 'abc')
    const { events, faults } = await told()
    expect(faults).toEqual([])
    expect(candlesOf(events)).toEqual(candles)
  })

  it('recognises microseconds', async () => {
    const candles = walk('AAAUSDT', 10)
    const rows = candles.map((candle) => {
      const [, ...rest] = archiveRow(candle).split(',')
      rest[5] = `${candle.openAt + MINUTE - 1}999`
      return [`${candle.openAt}000`, ...rest].join(',')
    })
    const path = put('AAAUSDT-1m-2025-05.csv', rows.join('\n'))
    const { events, faults } = await told({}, path)
    expect(faults).toEqual([])
    expect(candlesOf(events)).toEqual(candles)
  })

  it('tells settlements on their full hour with the hours to the next, and mark prices at their opens', async () => {
    put('AAAUSDT-1m-klines.csv', ownFile(walk('AAAUSDT', 17 * 60)))
    put(
      'AAAUSDT-8h-funding.csv',
      `timestamp,fundingRate\n${T0},0.0001\n${T0 + 8 * HOUR + 29},-0.0002\n${T0 + 12 * HOUR + 1},0.0003\n`,
    )
    put('AAAUSDT-8h-mark.csv', `${OWN_HEADER}\n${T0},100.5,101,99,100,0\n${T0 + 8 * HOUR},102.25,103,99,100,0\n`)
    const { events, faults } = await told()
    expect(faults).toEqual([])
    const funding = events.flatMap((event) => (event.kind === 'funding' ? [event.funding] : []))
    expect(funding).toEqual([
      { symbol: 'AAAUSDT', at: T0, rate: 0.0001, intervalHours: 8, mark: 100.5 },
      { symbol: 'AAAUSDT', at: T0 + 8 * HOUR, rate: -0.0002, intervalHours: 4, mark: 102.25 },
      { symbol: 'AAAUSDT', at: T0 + 12 * HOUR, rate: 0.0003, intervalHours: 4, mark: null },
    ])
    const marks = events.flatMap((event) => (event.kind === 'mark' ? [[event.mark.at - T0, event.mark.mark]] : []))
    expect(marks).toEqual([
      [0, 100.5],
      [8 * HOUR, 102.25],
    ])
  })

  it('reads the archive of funding rates and of mark prices, told apart by folder or by content', async () => {
    const candles = walk('AAAUSDT', 9 * 60)
    put('klines/AAAUSDT-1m-2025-05.csv', candles.map((each) => archiveRow(each)).join('\n'))
    const marks = candles.map((each) => archiveRow({ ...each, volume: 0, quoteVolume: 0, open: each.low }))
    put('flat/AAAUSDT-1m-2025-05.csv', marks.join('\n'))
    put('premiumIndexKlines/AAAUSDT-1m-2025-05.csv', marks.join('\n'))
    put(
      'AAAUSDT-fundingRate-2025-05.csv',
      `calc_time,funding_interval_hours,last_funding_rate\n${T0 + 8 * HOUR},4,0.0001\n`,
    )
    const { events, faults } = await told()
    expect(faults).toEqual([])
    expect(candlesOf(events)).toEqual(candles)
    expect(events.filter(({ kind }) => kind === 'mark').length).toBe(9 * 60)
    const [funding] = events.flatMap((event) => (event.kind === 'funding' ? [event.funding] : []))
    expect(funding).toEqual({
      symbol: 'AAAUSDT',
      at: T0 + 8 * HOUR,
      rate: 0.0001,
      intervalHours: 4,
      mark: candles[480]?.low,
    })
  })
})

describe('order of telling', () => {
  it('tells at one time the candles of all symbols, then mark and funding, then the next opens; the last candle has no ticker after it', async () => {
    put('BBBUSDT-1m-klines.csv', ownFile(walk('BBBUSDT', 3)))
    put('AAAUSDT-1m-klines.csv', ownFile(walk('AAAUSDT', 2)))
    put('AAAUSDT-8h-funding.csv', `timestamp,fundingRate\n${T0},0.0001\n`)
    const { events } = await told()
    const line = (event: FeedEvent): string => {
      if (event.kind === 'candle') return `candle ${event.candle.symbol[0]} ${(event.candle.openAt - T0) / MINUTE}`
      if (event.kind === 'ticker') return `ticker ${event.ticker.symbol[0]} ${(event.ticker.at - T0) / MINUTE}`
      return event.kind
    }
    expect(events.map((event) => line(event))).toEqual([
      'funding',
      'ticker A 0',
      'ticker B 0',
      'candle A 0',
      'candle B 0',
      'ticker A 1',
      'ticker B 1',
      'candle A 1',
      'candle B 1',
      'ticker B 2',
      'candle B 2',
      'end',
    ])
  })

  it('keeps to the asked symbols and period; earlier bars answer history', async () => {
    put('AAAUSDT-1m-klines.csv', ownFile(walk('AAAUSDT', 300)))
    put('BBBUSDT-1m-klines.csv', ownFile(walk('BBBUSDT', 300)))
    const from = T0 + 120 * MINUTE
    const options = { symbols: ['BBBUSDT'], from, to: from + 10 * MINUTE }
    const { events } = await told(options)
    expect(candlesOf(events).map(({ symbol, openAt }) => [symbol, openAt])).toEqual(
      Array.from({ length: 10 }, (_, index) => ['BBBUSDT', from + index * MINUTE]),
    )
    const recording = await loadRecording(folder, options)
    const feed = new RecordedFeed(recording, new VirtualClock({ startAt: from }))
    const hours = await feed.history('BBBUSDT', '1h', from, 10)
    const minutes = walk('BBBUSDT', 300)
    expect(hours.length).toBe(2)
    expect(hours[1]).toMatchObject({
      openAt: T0 + HOUR,
      open: minutes[60]?.open,
      high: Math.max(...minutes.slice(60, 120).map(({ high }) => high)),
      low: Math.min(...minutes.slice(60, 120).map(({ low }) => low)),
      close: minutes[119]?.close,
    })
  })

  it('gives no longer candle whose first or last part was not recorded', async () => {
    put('AAAUSDT-1m-klines.csv', ownFile(walk('AAAUSDT', 200, T0 + 10 * MINUTE)))
    const feed = new RecordedFeed(await loadRecording(folder), new VirtualClock({ startAt: T0 }))
    const opens = async (interval: '1h' | '15m', before: number): Promise<number[]> =>
      (await feed.history('AAAUSDT', interval, before, 4)).map(({ openAt }) => (openAt - T0) / MINUTE)
    expect(await opens('1h', T0 + 9 * HOUR)).toEqual([60, 120])
    expect(await opens('1h', T0 + 3 * HOUR - 1)).toEqual([60])
    expect(await opens('15m', T0 + 45 * MINUTE)).toEqual([15, 30])
    expect(await opens('15m', T0 + 20 * MINUTE)).toEqual([])
  })

  it('names what there is when the asked interval, symbol or file is absent', async () => {
    put('AAAUSDT-5m-klines.csv', ownFile(walk('AAAUSDT', 1)))
    await expect(loadRecording(folder)).rejects.toThrow('no 1m candles there; there are 5m')
    const five = { settings: { ...RECORDED_SETTINGS, interval: '5m' } } as const
    await expect(loadRecording(folder, { ...five, symbols: ['BBBUSDT'] })).rejects.toThrow(
      'no 5m candles of BBBUSDT; there are AAAUSDT',
    )
    await expect(loadRecording(put('prices.csv', ''))).rejects.toThrow(/prices\.csv is no recording/u)
    expect((await loadRecording(folder, five)).interval).toBe('5m')
  })
})

describe('planted faults', () => {
  const candles = walk('AAAUSDT', 40)
  const rows = candles.map((each) => ownRow(each))
  const planted = (line: number, text: string): void => {
    const broken = [OWN_HEADER, ...rows]
    broken[line - 1] = text
    put('AAAUSDT-1m-klines.csv', broken.join('\n'))
  }
  const at = (index: number): number => T0 + index * MINUTE

  it.each([
    ['a word for a price', `${at(9)},1,abc,1,1,1`, 'high: expected a price > 0, found "abc"'],
    ['a negative price', `${at(9)},1,1,-1,1,1`, 'low: expected a price > 0, found "-1"'],
    ['a negative volume', `${at(9)},1,1,1,1,-5`, 'volume: expected a number ≥ 0, found "-5"'],
    ['a high below the close', `${at(9)},10,11,9,12,1`, 'high: expected at least open and close (12), found "11"'],
    ['a low above the open', `${at(9)},10,13,11,12,1`, 'low: expected at most open and close (10), found "11"'],
    [
      'a date for a timestamp',
      '2025-05-05,10,13,9,12,1',
      'timestamp: expected epoch milliseconds or microseconds, found "2025-05-05"',
    ],
    ['a time between bars', `${at(9) + 1},10,13,9,12,1`, `timestamp: expected a multiple of 1m, found "${at(9) + 1}"`],
    ['a row cut short', `${at(9)},10,13`, 'low: expected a price > 0, found only 3 fields'],
  ])('%s: named, left out, and the run goes on', async (_, text, fault) => {
    planted(11, text)
    const { events, faults } = await told()
    expect(faults).toEqual([
      `AAAUSDT-1m-klines.csv line 11, ${fault}`,
      `AAAUSDT-1m-klines.csv line 12, timestamp: 1 bars are missing before it, from ${new Date(at(9)).toISOString()}`,
    ])
    expect(candlesOf(events)).toEqual(candles.filter((_, index) => index !== 9))
    expect(events.filter(({ kind }) => kind === 'fault').length).toBe(2)
    const silent = events.some((event) => event.kind === 'ticker' && event.ticker.at === at(9))
    expect(silent).toBe(false)
  })

  it('a doubled bar: the fuller one stays, wherever it stands', async () => {
    const half = { ...(candles[9] as Candle), volume: (candles[9] as Candle).volume / 2, quoteVolume: 0 }
    put('AAAUSDT-1m-klines.csv', [OWN_HEADER, ...rows.slice(0, 9), ownRow(half), ...rows.slice(9), rows[39]].join('\n'))
    const { events, faults } = await told()
    expect(candlesOf(events)).toEqual(candles)
    expect(faults).toEqual([
      expect.stringContaining('line 12, timestamp: a second bar of'),
      expect.stringContaining('line 43, timestamp: a second bar of'),
    ])
  })

  it('rows out of order: sorted into place and named', async () => {
    put(
      'AAAUSDT-1m-klines.csv',
      [OWN_HEADER, ...rows.slice(0, 5), rows[7], rows[6], rows[5], ...rows.slice(8)].join('\n'),
    )
    const { events, faults } = await told()
    expect(candlesOf(events)).toEqual(candles)
    expect(faults.map((fault) => fault.slice(0, 54))).toEqual([
      'AAAUSDT-1m-klines.csv line 8, timestamp: out of order,',
      'AAAUSDT-1m-klines.csv line 9, timestamp: out of order,',
    ])
  })

  it('an outage: told as it is written, and named', async () => {
    const flat = candles.map((each, index) =>
      index >= 10 && index < 15
        ? { ...each, open: 100, high: 100, low: 100, close: 100, volume: 0, quoteVolume: 0 }
        : each,
    )
    put('AAAUSDT-1m-klines.csv', ownFile(flat))
    const { events, faults } = await told()
    expect(candlesOf(events)).toEqual(flat)
    expect(faults).toEqual(['AAAUSDT-1m-klines.csv line 12, volume: 5 bars with volume 0 and one price: an outage'])
  })

  it('a last bar still forming when it was saved: left out by its close time', async () => {
    const archive = candles.map((each) => archiveRow(each))
    const last = candles[39] as Candle
    archive[39] = archiveRow(last).replace(String(last.openAt + MINUTE - 1), String(last.openAt + 31_000))
    put('AAAUSDT-1m-2025-05.csv', archive.join('\n'))
    const { events, faults } = await told()
    expect(candlesOf(events)).toEqual(candles.slice(0, 39))
    expect(faults).toEqual([
      `AAAUSDT-1m-2025-05.csv line 40, closeAt: expected ${last.openAt + MINUTE - 1}, the end of a whole bar, found "${last.openAt + 31_000}"`,
    ])
  })

  it('a broken archive, a wrong header, an empty file, a bad funding row: named; the other files are told', async () => {
    put('AAAUSDT-1m-klines.csv', ownFile(candles))
    put('BBBUSDT-1m-2025-05.zip', 'no zip')
    put('CCCUSDT-1m-klines.csv', 'date,open,high,low,close,volume\n')
    put('DDDUSDT-1m-klines.csv', '')
    put('EEEUSDT-1m-klines.csv.gz', 'no gzip')
    put('AAAUSDT-8h-funding.csv', `timestamp,fundingRate\n${T0},much\nnoon,0.0001\n`)
    const { events, faults } = await told()
    expect(candlesOf(events)).toEqual(candles)
    expect(faults).toEqual([
      'AAAUSDT-8h-funding.csv line 2, fundingRate: expected a rate within ±0.05, found "much"',
      'AAAUSDT-8h-funding.csv line 3, timestamp: expected epoch milliseconds, found "noon"',
      expect.stringContaining('BBBUSDT-1m-2025-05.zip: cannot be read: '),
      'CCCUSDT-1m-klines.csv line 1, timestamp: the header has no timestamp',
      'DDDUSDT-1m-klines.csv: expected candles, the file is empty',
      expect.stringContaining('EEEUSDT-1m-klines.csv.gz: cannot be read: '),
    ])
  })

  it('counts what it does not name one by one', async () => {
    put('AAAUSDT-1m-klines.csv', [OWN_HEADER, ...rows.map((row) => row.replace(/,[^,]*$/u, ',x')), rows[0]].join('\n'))
    const { faults } = await told({ settings: { ...RECORDED_SETTINGS, maxFaultsPerFile: 3 } })
    expect(faults.length).toBe(4)
    expect(faults[3]).toBe('AAAUSDT-1m-klines.csv: 37 further faults, 40 in all')
  })

  it('survives any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        put('AAAUSDT-1m-klines.csv', ownFile(candles.slice(0, 3)))
        put('AAAUSDT-8h-funding.csv', bytes)
        put('AAAUSDT-1m-2025-05.csv', bytes)
        expect(candlesOf((await told()).events).length).toBe(3)
      }),
      { numRuns: 40 },
    )
  })
})

describe('instruments', () => {
  it('come from the decimals of the data, and from an exchangeInfo.json where there is one', async () => {
    put('AAAUSDT-1m-klines.csv', `${OWN_HEADER}\n${T0},1.25,1.2500,1.25,1.250,3.50\n`)
    put('BBBUSDT_250627-1m-klines.csv', `${OWN_HEADER}\n${T0},100,100,100,100,3\n`)
    const derived = (await loadRecording(folder)).instruments
    expect(derived[0]).toMatchObject({
      symbol: 'AAAUSDT',
      baseAsset: 'AAA',
      tickSize: '0.01',
      stepSize: '0.1',
      minNotional: '5',
    })
    expect(derived[1]).toMatchObject({
      tickSize: '1',
      stepSize: '1',
      contractType: 'CURRENT_QUARTER',
      deliveryAt: Date.UTC(2025, 5, 27, 8),
    })
    const told = {
      symbol: 'AAAUSDT',
      contractType: 'PERPETUAL',
      status: 'SETTLING',
      onboardDate: 1_500_000_000_000,
      deliveryDate: 4_133_404_800_000,
      baseAsset: 'AAA',
      quoteAsset: 'USDT',
      marginAsset: 'USDT',
      liquidationFee: '0.0200',
      filters: [
        { filterType: 'PRICE_FILTER', tickSize: '0.05' },
        { filterType: 'LOT_SIZE', stepSize: '0.5', minQty: '1', maxQty: '1000' },
        { filterType: 'MIN_NOTIONAL', notional: '20' },
        { filterType: 'PERCENT_PRICE', multiplierUp: '1.1000' },
      ],
    }
    put(
      'exchangeInfo.json',
      JSON.stringify({ symbols: [told, { ...told, symbol: 'BBBUSDT_250627', onboardDate: 'once' }] }),
    )
    const recording = await loadRecording(folder)
    expect(recording.instruments[0]).toMatchObject({
      status: 'SETTLING',
      tickSize: '0.05',
      minQuantity: '1',
      minNotional: '20',
      percentPrice: 0.1,
      liquidationFee: 0.02,
    })
    expect(recording.faults.map(({ message }) => message)).toEqual([
      expect.stringContaining('exchangeInfo.json, BBBUSDT_250627.onboardDate: '),
    ])
  })
})

describe('behind the port', () => {
  let shared = ''
  const hours = 20
  beforeAll(() => {
    shared = mkdtempSync(join(tmpdir(), 'recorded-contract-'))
    const write = (name: string, text: string): void => writeFileSync(join(shared, name), text)
    write('AAAUSDT-1m-klines.csv', ownFile(walk('AAAUSDT', hours * 60)))
    write(
      'BBBUSDT-1m-klines.csv',
      ownFile(walk('BBBUSDT', hours * 60).filter((_, index) => index < 200 || index > 333)),
    )
    write('CCCUSDT-1m-klines.csv', ownFile(walk('CCCUSDT', hours * 50, T0 + HOUR)))
    write('AAAUSDT-8h-funding.csv', `timestamp,fundingRate\n${T0},0.0001\n${T0 + 8 * HOUR},0.0002\n`)
    write('AAAUSDT-8h-mark.csv', `${OWN_HEADER}\n${T0},100.5,101,99,100,0\n${T0 + 8 * HOUR},102.25,103,99,100,0\n`)
  })
  afterAll(() => rmSync(shared, { recursive: true }))

  feedContract({
    name: 'a recording with a gap and a late listing',
    startAt: T0,
    playMs: hours * HOUR,
    make: async (clock) => new RecordedFeed(await loadRecording(shared), clock),
    reset: () => undefined,
  })
})

const data = recordedData()

describe.skipIf(data === null)(`the recorded set (${data === null ? RECORDED_DATA_ABSENT : 'present'})`, () => {
  it('is read whole: 14 symbols, 30 days of minutes, no bad bar', async () => {
    const recording = await loadRecording(join(data ?? '', 'candles-2025'))
    expect(recording.symbols.length).toBe(14)
    expect(recording.symbols.reduce((sum, { bars }) => sum + bars.length, 0)).toBe(603_857)
    expect(recording.faults).toEqual([])
    const bitcoin = recording.instruments.find(({ symbol }) => symbol === 'BTCUSDT')
    expect(bitcoin).toMatchObject({ tickSize: '0.1', stepSize: '0.001', fundingIntervalHours: 8 })
  })
})
