/** What the live state costs: prices and rankings of 500 symbols against a message that says nothing. */
import type { AddressInfo } from 'node:net'

import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { WebSocket, WebSocketServer } from 'ws'

import { figuresAsBytes, FRAMES } from '../../src/contract/frames.ts'
import type { LiveMessage } from '../../src/contract/live.ts'
import { traceIdOf } from '../../src/core/model/ids.ts'
import type { Identity } from '../../src/headless/callers.ts'
import { DOOR_SETTINGS } from '../../src/headless/settings.ts'
import { Sockets } from '../../src/headless/sockets.ts'
import { portOf } from '../../src/renderer/link/socket-port.ts'
import { SymbolTable } from '../../src/renderer/state/symbol-table.ts'
import { answersOf } from '../../src/station/answers/index.ts'
import type { Change } from '../../src/station/facade.ts'
import { LIVE_SETTINGS, LiveStream } from '../../src/station/live-stream.ts'
import type { Client } from '../doors/door-under-test.ts'
import { median, printRows, type BenchRow } from './bench-row.ts'
import { ManySymbols, TABLE_COLUMNS } from './many-symbols.ts'

const SYMBOLS = 500
const ROUNDS = 21
const MESSAGES = 200
const LIMIT = 1.3

const quiet = (): void => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const reader: Identity = { key: 'bench', actor: 'user', scope: 'read', isValid: () => true }

/** Told as soon as something changes instead of every 100 ms. */
const atOnce = (_ms: number, wake: () => void): (() => void) => {
  const due = setImmediate(wake)
  return () => clearImmediate(due)
}

function doorOf(station: ManySymbols): Sockets {
  return new Sockets(answersOf(station, new LiveStream(station, LIVE_SETTINGS, atOnce)), {
    settings: DOOR_SETTINGS,
    log,
    byToken: () => null,
    callerOf: ({ actor, scope }) => ({ actor, scope, log, newTraceId: () => traceIdOf('bench') }),
  })
}

interface Wire {
  readonly client: Client
  readonly close: () => void
}

/** The door's own sockets, over the loopback interface. */
async function openWire(station: ManySymbols): Promise<Wire> {
  const door = doorOf(station)
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    perMessageDeflate: false,
    handleProtocols: () => FRAMES,
  })
  server.on('connection', (socket) => door.accept(socket, reader))
  await new Promise((resolve) => server.once('listening', resolve))
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, FRAMES)
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  const client: Client = createORPCClient(
    new RPCLink({ port: portOf(socket), customJsonSerializers: [figuresAsBytes] }),
  )
  const close = (): void => {
    socket.terminate()
    server.close()
  }
  return { client, close }
}

interface Way {
  readonly name: string
  /** what has happened before the message is made */
  readonly happen: () => void
  readonly said: Change
}

type Tell = (said: Change) => Promise<void>

/** µs per message, from the station's word until its figures are in columns at the other end. */
async function microseconds({ happen, said }: Way, tell: Tell): Promise<number> {
  let spent = 0
  for (let count = 0; count < MESSAGES; count++) {
    happen()
    const start = performance.now()
    await tell(said)
    spent += performance.now() - start
  }
  return (spent * 1000) / MESSAGES
}

/** Rounds taken in turn, so that all see the same weather; the median of the ratios of each round. */
async function measured(ways: readonly Way[], tell: Tell): Promise<number[][]> {
  const rounds: number[][] = []
  for (let round = -2; round < ROUNDS; round++) {
    const figures: number[] = []
    for (const way of ways) figures.push(await microseconds(way, tell))
    if (round >= 0) rounds.push(figures)
  }
  return rounds
}

async function liveRows(): Promise<BenchRow[]> {
  const station = new ManySymbols(SYMBOLS)
  const { client, close } = await openWire(station)
  const messages = await client.station.watch({ topics: ['quotes', 'rankings', 'decisions'] })
  const quotes = new SymbolTable(TABLE_COLUMNS.quotes)
  const rankings = new SymbolTable(TABLE_COLUMNS.rankings)
  const take = ({ value }: IteratorResult<LiveMessage, unknown>): void => {
    const message = value as LiveMessage
    const told = message.kind === 'snapshot' ? message.state : message
    if (told.quotes) quotes.take(told.quotes)
    if (told.rankings) rankings.take(told.rankings)
  }
  take(await messages.next())
  const tell = async (said: Change): Promise<void> => {
    station.announce([said])
    take(await messages.next())
  }
  const ways: readonly Way[] = [
    { name: 'nothing', happen: () => station.moveAll(), said: { topic: 'decisions', key: 'of no row' } },
    { name: `${SYMBOLS} prices`, happen: () => station.moveAll(), said: { topic: 'quotes', key: '' } },
    {
      name: `ranking, all ${SYMBOLS} rows anew`,
      happen: () => station.rankAll(),
      said: { topic: 'rankings', key: '' },
    },
    {
      name: `ranking, ${SYMBOLS / 10} rows, 2 columns`,
      happen: () => station.rankSome(),
      said: { topic: 'rankings', key: '' },
    },
  ]
  const rounds = await measured(ways, tell)
  close()
  if (quotes.figure(1, SYMBOLS - 1) < 100) throw new Error('not every price was told')
  const of = (way: number): number => median(rounds.map((figures) => figures[way] ?? Number.NaN))
  return ways.slice(1).map(({ name }, index) => {
    const ratio = median(rounds.map((figures) => (figures[index + 1] ?? Number.NaN) / (figures[0] ?? Number.NaN)))
    return {
      name: `live state: ${name}`,
      measured: of(index + 1),
      unit: 'µs',
      against: of(0),
      ratio,
      limit: `≤ ${LIMIT}× an empty message`,
      ok: ratio <= LIMIT,
    }
  })
}

export const run = liveRows

if (import.meta.main) printRows(await run())
