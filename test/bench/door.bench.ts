/** What the door costs: REST against bare node:http with the same bytes, live changes against an empty message. */
import { createServer, Agent, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocket, WebSocketServer } from 'ws'

import { unpackQuotes } from '../../src/contract/unpack-quotes.ts'
import { traceIdOf } from '../../src/core/model/ids.ts'
import { answersOf, type Caller } from '../../src/station/answers/index.ts'
import type { Change } from '../../src/station/facade.ts'
import { LIVE_SETTINGS, LiveStream } from '../../src/station/live-stream.ts'
import type { Client } from '../doors/door-under-test.ts'
import { openHeadless, type HeadlessDoor } from '../doors/headless-doors.ts'
import { quoteOf } from '../fixtures/facade-rows.ts'
import { FakeStation } from '../fixtures/facade.ts'
import { median, printRows, type BenchRow } from './bench-row.ts'

const ROUNDS = 7
const CALLS = 300
/** everything the door checks and both schemas included; oRPC alone takes 1.8× */
const MOST_REST = 5
/** 500 prices weigh 32 KB of text, most of it spent in JSON */
const MOST_LIVE = 6
const MOST_OF_PLAIN = 0.6
const SYMBOLS = 500

interface Asked {
  readonly method: string
  readonly path: string
  readonly body?: string
}

interface Ask extends Asked {
  readonly port: number
  readonly token: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

function ask({ port, method, path, token, body }: Ask): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` }
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve(text))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** µs per call, one after the other over one connection. */
async function microseconds(calls: number, call: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  for (let count = 0; count < calls; count++) await call()
  return ((performance.now() - start) * 1000) / calls
}

/** Medians of rounds taken in turn, so that both see the same weather. */
async function compare(ours: () => Promise<unknown>, peer: () => Promise<unknown>): Promise<[number, number]> {
  await microseconds(CALLS, ours)
  await microseconds(CALLS, peer)
  const [mine, theirs]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    mine.push(await microseconds(CALLS, ours))
    theirs.push(await microseconds(CALLS, peer))
  }
  return [median(mine), median(theirs)]
}

/** A server that knows one answer and, like any server, reads and parses what it is sent. */
async function bareServer(answer: string): Promise<{ server: Server; port: number }> {
  const server = createServer((incoming, response) => {
    let text = ''
    incoming.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
    incoming.on('end', () => {
      if (text !== '') JSON.parse(text)
      response.setHeader('content-type', 'application/json')
      response.end(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port }
}

async function restRow(door: HeadlessDoor, name: string, next: () => Asked): Promise<BenchRow> {
  const ours = (port: number): Promise<string> => ask({ ...next(), port, token: door.control })
  const bare = await bareServer(await ours(door.port))
  const [measured, against] = await compare(
    () => ours(door.port),
    () => ours(bare.port),
  )
  bare.server.closeAllConnections()
  bare.server.close()
  const ratio = measured / against
  return { name, measured, unit: 'µs', against, ratio, limit: `≤ ${MOST_REST}× bare node:http`, ok: ratio <= MOST_REST }
}

/** A station's live state over a real WebSocket, told as soon as something changes instead of every 100 ms. */
async function liveLink(station: FakeStation): Promise<{ client: Client; close: () => void }> {
  const atOnce = (_ms: number, wake: () => void): (() => void) => {
    const due = setImmediate(wake)
    return () => clearImmediate(due)
  }
  const handler = new RPCHandler(answersOf(station, new LiveStream(station, LIVE_SETTINGS, atOnce)))
  const quiet = (): void => undefined
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  const context: Caller = { actor: 'user', scope: 'read', log, newTraceId: () => traceIdOf('bench') }
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (socket) => void handler.upgrade(socket, { context }))
  await new Promise((resolve) => server.once('listening', resolve))
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const client: Client = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))
  const close = (): void => {
    socket.terminate()
    server.close()
  }
  return { client, close }
}

/** One message to one watcher: from the station's word to columns in the client's hands. */
async function liveRows(): Promise<BenchRow[]> {
  const station = new FakeStation()
  station.prices = Array.from({ length: SYMBOLS }, (_, index) => quoteOf(`COIN${index}USDT`, 100 + index / 7))
  const { client, close } = await liveLink(station)
  const messages = await client.station.watch({ topics: ['quotes', 'decisions'] })
  await messages.next()
  const changes = station.prices.map(({ ticker }): Change => ({ topic: 'quotes', key: ticker.symbol }))
  const tell = async (told: readonly Change[]): Promise<number> => {
    station.announce(told)
    const { value, done } = await messages.next()
    if (done === true || value.kind !== 'changes') throw new Error('the live state ended')
    return value.quotes === null ? 0 : unpackQuotes(value.quotes.rows).last.length
  }
  if ((await tell(changes)) !== SYMBOLS) throw new Error('not every price was told')
  const packed = (): Promise<number> => tell(changes)
  const empty = (): Promise<number> => tell([{ topic: 'decisions', key: 'of no row: an empty message' }])
  const plain = (): Promise<unknown> => client.market.quotes()
  const [measured, least] = await compare(packed, empty)
  const [again, most] = await compare(packed, plain)
  close()
  const name = `live state: ${SYMBOLS} prices over a WebSocket`
  const [more, less] = [measured / least, again / most]
  return [
    {
      name,
      measured,
      unit: 'µs',
      against: least,
      ratio: more,
      limit: `≤ ${MOST_LIVE}× an empty message`,
      ok: more <= MOST_LIVE,
    },
    {
      name: `${name}, packed`,
      measured: again,
      unit: 'µs',
      against: most,
      ratio: less,
      limit: `≤ ${MOST_OF_PLAIN}× plain JSON columns`,
      ok: less <= MOST_OF_PLAIN,
    },
  ]
}

export async function run(): Promise<BenchRow[]> {
  const door = await openHeadless()
  let positions = 1
  const patch = { method: 'PATCH', path: '/api/policy' }
  const rows = [
    await restRow(door, 'REST GET /api/policy', () => ({ method: 'GET', path: '/api/policy' })),
    await restRow(door, 'REST PATCH /api/policy', () => {
      positions = (positions % 100) + 1
      return { ...patch, body: `{"max_positions":${positions}}` }
    }),
    ...(await liveRows()),
  ]
  agent.destroy()
  await door.close()
  return rows
}

if (import.meta.main) printRows(await run())
