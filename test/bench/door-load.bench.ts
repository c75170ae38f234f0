/** What 1000 requests a second from 20 tokens do to the trading loop of a station with 500 symbols: lag of its market events. */
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { serveHeadless } from '../../src/headless/serve.ts'
import { addToken } from '../../src/headless/tokens.ts'
import { SECTIONS } from '../../src/station/compose-sections.ts'
import { startStation, type RunningStation } from '../../src/station/compose.ts'
import { readConfiguration } from '../../src/station/config/read-configuration.ts'
import { printRows, type BenchRow } from './bench-row.ts'
import type { LoadOrder, LoadReport } from './child/door-load.ts'

const SYMBOLS = 500
const TOKENS = 20
const PER_SECOND = 1000
const LOAD_SECONDS = 30
const WARM_SECONDS = 5
/** of the trading loop's 99th percentile, under load ÷ idle */
const MOST_HARM = 2

const quiet = (): void => undefined
const LOG = { debug: quiet, info: quiet, warn: quiet, error: quiet }

function start(folder: string): Promise<RunningStation> {
  const environment = { SIGNALBOX_SIMULATOR_SYMBOLS: String(SYMBOLS), SIGNALBOX_SIMULATOR_TICK_SECONDS: '1' }
  const flags = { data: folder, speed: '1' }
  const configuration = readConfiguration(SECTIONS, { flags, environment, defaultFolder: folder })
  return startStation({ configuration, log: LOG, version: 'bench', now: Date.now })
}

/** How late each market event was handled, ms, against the station's clock running beside real time. */
class LagWatch {
  readonly #clock: RunningStation['rooms']['clock']
  #offset = Infinity
  #lags: number[] = []

  constructor({ rooms }: RunningStation) {
    this.#clock = rooms.clock
    rooms.bus.subscribe('market.ticker', ({ at }) => this.#note(at))
    rooms.bus.subscribe('market.candle', () => this.#note(rooms.clock.now()))
  }

  /** The lags of the next `seconds`. */
  async during(seconds: number): Promise<number[]> {
    this.#lags = []
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    return this.#lags
  }

  /** The least distance ever seen between both clocks is that of an event handled on time. */
  #note(at: number): void {
    const distance = performance.now() - at
    this.#offset = Math.min(this.#offset, distance, performance.now() - this.#clock.now())
    this.#lags.push(distance - this.#offset)
  }
}

const MINUTE_MS = 60_000
/** strategies decide and symbols are ranked then: no two such instants are alike */
const BUSY_MS = 300_000

/** Until a window that begins now has the end of a plain minute, with all its candles, in its middle. */
async function beforeTheMinute({ rooms }: RunningStation): Promise<void> {
  const now = rooms.clock.now()
  const half = (LOAD_SECONDS * 1000) / 2
  let end = Math.ceil((now + half) / MINUTE_MS) * MINUTE_MS
  if (end % BUSY_MS === 0) end += MINUTE_MS
  await new Promise((resolve) => setTimeout(resolve, end - half - now))
}

function p99(lags: number[]): number {
  lags.sort((left, right) => left - right)
  return lags[Math.floor(lags.length * 0.99)] ?? Number.NaN
}

function loaded(order: LoadOrder): Promise<LoadReport> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'child/door-load.ts'))
    child.once('message', (report) => resolve(report as LoadReport))
    child.once('error', reject)
    child.send(order)
  })
}

export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-bench-'))
  const station = await start(folder)
  const tokens = Array.from({ length: TOKENS }, (_, index) => addToken(station.tokens, `load-${index}`, 'read', 0))
  const door = await serveHeadless({ facade: station.facade, tokens: station.tokens, log: LOG, port: 0 })
  const watch = new LagWatch(station)
  try {
    await loaded({ port: door.port, tokens, perSecond: PER_SECOND, seconds: WARM_SECONDS })
    await beforeTheMinute(station)
    const before = await watch.during(LOAD_SECONDS)
    await beforeTheMinute(station)
    const [under, report] = await Promise.all([
      watch.during(LOAD_SECONDS),
      loaded({ port: door.port, tokens, perSecond: PER_SECOND, seconds: LOAD_SECONDS }),
    ])
    await beforeTheMinute(station)
    const after = await watch.during(LOAD_SECONDS)
    return rowsOf({ idle: p99([...before, ...after]), busy: p99(under), report })
  } finally {
    await door.close()
    await station.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function rowsOf({ idle, busy, report }: { idle: number; busy: number; report: LoadReport }): BenchRow[] {
  const answered = report.statuses['200'] ?? 0
  return [
    {
      name: `trading loop p99 under ${PER_SECOND} requests/s`,
      measured: busy,
      unit: 'ms',
      against: idle,
      ratio: busy / idle,
      limit: `≤ ${MOST_HARM}× idle`,
      ok: busy / idle <= MOST_HARM,
    },
    {
      name: `of ${report.sent} requests answered`,
      measured: answered,
      unit: 'requests',
      against: report.sent,
      ratio: answered / report.sent,
      limit: 'all with 200',
      ok: answered === report.sent,
    },
    {
      name: 'request p99 under load',
      measured: report.p99Ms,
      unit: 'ms',
      against: null,
      ratio: null,
      limit: 'shown only',
      ok: true,
    },
  ]
}

if (import.meta.main) process.exitCode = printRows(await run()) ? 0 : 1
