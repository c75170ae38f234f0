/** How fast feeds are: reading and telling the recorded month, and making up a day of 200 symbols. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { MARKET_SIMULATOR_SETTINGS } from '../../src/adapters/market-simulator/settings.ts'
import { SimulatedFeed } from '../../src/adapters/market-simulator/simulated-feed.ts'
import { RecordedFeed } from '../../src/adapters/recorded/recorded-feed.ts'
import { loadRecording } from '../../src/adapters/recorded/recording.ts'
import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import type { FeedEvent } from '../../src/core/model/market.ts'
import { RECORDED_DATA_ABSENT, recordedData } from '../fixtures/recorded-data.ts'
import { type BenchRow, printRows } from './bench-row.ts'

const START = Date.UTC(2026, 0, 5, 10, 14, 56)
const DAY_MS = 86_400_000
const READ_LIMIT_S = 2
const DAY_LIMIT_S = 2
const START_LIMIT_S = 1

const seconds = (since: number): number => (performance.now() - since) / 1000

class Sink {
  candles = 0
  events = 0
  readonly count = (event: FeedEvent): void => {
    this.events++
    if (event.kind === 'candle') this.candles++
  }
}

const within = (name: string, measured: number, limit: number): BenchRow => ({
  name,
  measured,
  unit: 's',
  against: limit,
  ratio: measured / limit,
  limit: `≤ ${limit} s`,
  ok: measured <= limit,
})

const perSecond = (name: string, count: number, took: number, least: number, unit: string): BenchRow => ({
  name,
  measured: Math.round(count / took),
  unit,
  against: least,
  ratio: count / took / least,
  limit: `≥ ${least.toLocaleString('en-US')} ${unit}`,
  ok: count / took >= least,
})

async function recorded(folder: string): Promise<BenchRow[]> {
  const reading = performance.now()
  const recording = await loadRecording(join(folder, 'candles-2025'))
  const read = seconds(reading)
  const clock = new VirtualClock({ startAt: recording.startAt })
  const sink = new Sink()
  const telling = performance.now()
  await new RecordedFeed(recording, clock).start(sink.count, null)
  await clock.run()
  const told = seconds(telling)
  return [
    within(`recorded: read ${sink.candles} candles of 14 symbols`, read, READ_LIMIT_S),
    perSecond('recorded: told on the virtual clock', sink.candles, told, 1_000_000, 'candles/s'),
  ]
}

async function simulated(tickSeconds: number): Promise<BenchRow[]> {
  const clock = new VirtualClock({ startAt: START })
  const settings = { ...MARKET_SIMULATOR_SETTINGS, tickSeconds }
  const sink = new Sink()
  const starting = performance.now()
  const feed = new SimulatedFeed({ clock, settings })
  await feed.history('BTCUSDT', '1h', START, 499)
  const started = seconds(starting)
  await feed.start(sink.count, null)
  const making = performance.now()
  clock.advanceTo(START + DAY_MS)
  const made = seconds(making)
  await feed.stop()
  if (tickSeconds > 0)
    return [perSecond(`simulated: 200 symbols, ticks every ${tickSeconds} s`, sink.events, made, 1_000_000, 'events/s')]
  return [
    within('simulated: 520 h of history of 200 symbols', started, START_LIMIT_S),
    within('simulated: a day of minutes of 200 symbols', made, DAY_LIMIT_S),
  ]
}

export async function run(): Promise<BenchRow[]> {
  const folder = recordedData()
  if (folder === null) console.log(RECORDED_DATA_ABSENT)
  const rows = folder === null ? [] : await recorded(folder)
  return [...rows, ...(await simulated(0)), ...(await simulated(MARKET_SIMULATOR_SETTINGS.tickSeconds))]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = printRows(await run()) ? 0 : 1
