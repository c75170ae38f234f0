/** What telling the live state costs the station: prices and rankings of 500 symbols against a message that says nothing. */
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'

import { type WebSocket, WebSocketServer } from 'ws'

import { FRAMES } from '../../src/contract/frames.ts'
import { traceIdOf } from '../../src/core/model/ids.ts'
import type { Identity } from '../../src/headless/callers.ts'
import { DOOR_SETTINGS } from '../../src/headless/settings.ts'
import { Sockets } from '../../src/headless/sockets.ts'
import { answersOf } from '../../src/station/answers/index.ts'
import { LIVE_SETTINGS, LiveStream } from '../../src/station/live-stream.ts'
import type { Topic } from '../../src/station/station-values.ts'
import { median, printRows, type BenchRow } from './bench-row.ts'
import { ManySymbols, NOTHING, TELLING, type Told } from './many-symbols.ts'

const SYMBOLS = 500
const ROUNDS = 25
const MESSAGES = 200
/**
 * The aim is 1.3. A message costs mostly its way through the kernel; 16 to 22 KB of figures cost their packing, their
 * copy into the frame and the kernel's own copy on top of that, a few µs each.
 */
const LIMIT = { all: 1.5, some: 1.3 }

const quiet = (): void => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const reader: Identity = { key: 'bench', actor: 'user', scope: 'read', isValid: () => true }

/** Told as soon as something changes instead of every 100 ms. */
const atOnce = (_ms: number, wake: () => void): (() => void) => {
  const due = setImmediate(wake)
  return () => clearImmediate(due)
}

/** A station's door with one reader in a thread of its own. */
class WatchedStation {
  readonly station = new ManySymbols(SYMBOLS)
  readonly #server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    perMessageDeflate: false,
    handleProtocols: () => FRAMES,
  })
  #reader: Worker | null = null
  #left: () => void = quiet
  #read: (figures: number) => void = quiet

  async open(): Promise<void> {
    const door = new Sockets(answersOf(this.station, new LiveStream(this.station, LIVE_SETTINGS, atOnce)), {
      settings: DOOR_SETTINGS,
      log,
      byToken: () => null,
      callerOf: ({ actor, scope }) => ({ actor, scope, log, newTraceId: () => traceIdOf('bench') }),
    })
    this.#server.on('connection', (socket) => {
      this.#tellWhenSent(socket)
      door.accept(socket, reader)
    })
    await new Promise((resolve) => this.#server.once('listening', resolve))
    const address = `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    const file = new URL('./child/live-reader.ts', import.meta.url)
    const isReading = new Promise<number>((resolve) => (this.#read = resolve))
    this.#reader = new Worker(file, { workerData: { address } })
    this.#reader.on('message', ({ figures }: { figures: number }) => this.#read(figures))
    await isReading
  }

  /** µs of this thread, from the station's word until the bytes have left; then the reader is waited for. */
  async tell(topic: Topic): Promise<number> {
    const isRead = new Promise<number>((resolve) => (this.#read = resolve))
    const hasLeft = new Promise<void>((resolve) => (this.#left = resolve))
    const start = performance.now()
    this.station.announce([{ topic, key: '' }])
    await hasLeft
    const spent = performance.now() - start
    if ((await isRead) < 2 * SYMBOLS) throw new Error('not every symbol was told')
    return spent * 1000
  }

  async close(): Promise<void> {
    await this.#reader?.terminate()
    this.#server.close()
  }

  #tellWhenSent(socket: WebSocket): void {
    const send = socket.send.bind(socket) as (data: unknown, done: (problem?: Error) => void) => void
    const told = (data: unknown, done: (problem?: Error) => void): void =>
      send(data, (problem) => {
        done(problem)
        this.#left()
      })
    Object.assign(socket, { send: told })
  }
}

/**
 * µs per message, and per message that says nothing: by turns, each after the same has changed, so that both find the
 * caches in the same state.
 */
async function microseconds(watched: WatchedStation, told: Told): Promise<readonly [number, number]> {
  const [spent, least]: [number[], number[]] = [[], []]
  for (let count = 0; count < MESSAGES; count++) {
    watched.station.change(told)
    least.push(await watched.tell(NOTHING.topic))
    watched.station.change(told)
    spent.push(await watched.tell(told.topic))
  }
  return [median(spent), median(least)]
}

/** The median of rounds taken in turn. */
export async function run(): Promise<BenchRow[]> {
  const watched = new WatchedStation()
  await watched.open()
  const rounds = TELLING.map((told) => ({ name: told.name, told, figures: [] as (readonly [number, number])[] }))
  for (let round = -3; round < ROUNDS; round++) {
    for (const { told, figures } of rounds) {
      const measured = await microseconds(watched, told)
      if (round >= 0) figures.push(measured)
    }
  }
  await watched.close()
  return rounds.map(({ name, told, figures }) => {
    const limit = told.ranked === 'some' ? LIMIT.some : LIMIT.all
    const ratio = median(figures.map(([spent, least]) => spent / least))
    return {
      name: `live state, station: ${name}`,
      measured: median(figures.map(([spent]) => spent)),
      unit: 'µs',
      against: median(figures.map(([, least]) => least)),
      ratio,
      limit: `≤ ${limit}× an empty message`,
      ok: ratio <= limit,
    }
  })
}

if (import.meta.main) printRows(await run())
