/** Starts a venue on this machine: the simulated exchange behind HTTP and WebSocket. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'

import { WebSocketServer } from 'ws'

import type { MarketSimulatorSettings } from '../../src/adapters/market-simulator/settings.ts'
import { VirtualClock, type Speed } from '../../src/adapters/system/virtual-clock.ts'
import type { Clock } from '../../src/core/ports/clock.ts'
import { control, CONTROL_PREFIX, moveTo } from './control-path.ts'
import { Exchange } from './exchange.ts'
import type { FaultRule } from './faults/fault-names.ts'
import { ManualSource, type ManualSymbol } from './market/manual-source.ts'
import type { MarketSource } from './market/market-source.ts'
import { SimulatedSource } from './market/simulated-source.ts'
import { VenueRequest } from './rest/request.ts'
import { RestDoor, type Answer } from './rest/rest-door.ts'
import { keyOf, type ApiKey } from './rest/signing.ts'
import { VENUE_SETTINGS, type VenueSettings } from './settings.ts'
import { socketPath } from './streams/socket-categories.ts'
import { Sockets } from './streams/sockets.ts'

export const VENUE_KEY = 'venue-key-of-a-test'
export const VENUE_SECRET = 'venue-secret-of-a-test'

export interface VenueOptions {
  /** 0: any free one */
  readonly port?: number
  readonly keys?: readonly ApiKey[]
  readonly seed?: number
  /** shared with whoever else lives in its time; without one the venue has its own virtual clock */
  readonly clock?: Clock
  /** own clock: where it begins, and how fast it goes; `stepped`: only when told to */
  readonly startAt?: number
  readonly speed?: Speed | 'stepped'
  readonly settings?: Partial<VenueSettings>
  /** prices moved by hand; without symbols and source the market simulator moves them */
  readonly symbols?: readonly ManualSymbol[]
  readonly source?: MarketSource
  readonly simulator?: Partial<MarketSimulatorSettings>
  readonly faults?: readonly FaultRule[]
}

export interface RunningVenue {
  readonly port: number
  readonly http: string
  readonly ws: string
  readonly exchange: Exchange
  readonly sockets: Sockets
  now(): number
  /** Lets time go by, where the venue has its own stepped clock. */
  advance(ms: number): void
  moveTo(symbol: string, price: number): void
  inject(rule: FaultRule): void
  close(): Promise<void>
}

const START_AT = Date.UTC(2026, 0, 5)

export async function startVenue(options: VenueOptions = {}): Promise<RunningVenue> {
  const speed = options.speed ?? 'stepped'
  const own = new VirtualClock({ startAt: options.startAt ?? START_AT, ...(speed === 'stepped' ? {} : { speed }) })
  const clock = options.clock ?? own
  const seed = options.seed ?? 1
  const timeScale = typeof speed === 'number' ? Math.max(1, speed) : 1
  const settings = { ...VENUE_SETTINGS, timeScale, ...options.settings }
  const source = await sourceOf(options, clock, seed)
  const exchange = new Exchange({ clock, settings, seed, source })
  await exchange.start()
  const sockets = new Sockets(exchange)
  const keys = options.keys ?? [keyOf(VENUE_KEY, VENUE_SECRET)]
  const doors = new Doors({ exchange, sockets, clock, rest: new RestDoor(exchange, keys) })
  const port = await doors.open(options.port ?? 0)
  for (const rule of options.faults ?? []) exchange.faults.inject(rule)
  const running = options.clock === undefined && speed !== 'stepped' ? own.run() : Promise.resolve()
  return {
    port,
    http: `http://127.0.0.1:${port}`,
    ws: `ws://127.0.0.1:${port}`,
    exchange,
    sockets,
    now: () => clock.now(),
    advance: (ms) => own.advanceTo(own.now() + ms),
    moveTo: (symbol, price) => moveTo(exchange, symbol, price),
    inject: (rule) => exchange.faults.inject(rule),
    close: async () => {
      own.stop()
      await exchange.stop()
      await doors.close()
      await running
    },
  }
}

function sourceOf(options: VenueOptions, clock: Clock, seed: number): Promise<MarketSource> {
  if (options.source !== undefined) return Promise.resolve(options.source)
  if (options.symbols !== undefined) return Promise.resolve(new ManualSource(options.symbols))
  return SimulatedSource.of(clock, { seed, ...options.simulator })
}

interface DoorParts {
  readonly exchange: Exchange
  readonly sockets: Sockets
  readonly clock: Clock
  readonly rest: RestDoor
}

class Doors {
  private readonly parts: DoorParts
  private readonly server: Server
  private readonly upgrader = new WebSocketServer({ noServer: true })
  private readonly peers = new Set<Socket>()

  constructor(parts: DoorParts) {
    this.parts = parts
    this.server = createServer((incoming, outgoing) => void this.heard(incoming, outgoing))
    this.server.keepAliveTimeout = 60_000
    this.server.on('connection', (socket) => {
      this.peers.add(socket)
      socket.on('close', () => this.peers.delete(socket))
    })
    this.server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.upgrade(incoming, socket, head)
    })
  }

  open(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(port, '127.0.0.1', () => resolve((this.server.address() as AddressInfo).port))
    })
  }

  close(): Promise<void> {
    this.parts.sockets.close()
    for (const socket of this.peers) socket.destroy()
    return new Promise((resolve) => {
      this.server.close(() => resolve())
    })
  }

  private async heard(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/su)
    const body = await bodyOf(incoming)
    const method = incoming.method ?? 'GET'
    if (path.startsWith(CONTROL_PREFIX)) {
      this.controlled(method, path, body, outgoing)
      return
    }
    const header = incoming.headers['x-mbx-apikey']
    try {
      const request = new VenueRequest({ method, path, query, body, apiKey: typeof header === 'string' ? header : '' })
      reply(outgoing, await this.parts.rest.answer(request))
    } catch (error) {
      const msg = error instanceof Error ? (error.stack ?? error.message) : String(error)
      reply(outgoing, { kind: 'body', status: 500, headers: {}, text: JSON.stringify({ code: -1000, msg }) })
    }
  }

  private controlled(method: string, path: string, body: string, outgoing: ServerResponse): void {
    try {
      const value: unknown = body === '' ? null : JSON.parse(body)
      const answer = control(this.parts, { method, path, body: value })
      reply(outgoing, { kind: 'body', status: 200, headers: {}, text: JSON.stringify(answer) })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      reply(outgoing, { kind: 'body', status: 400, headers: {}, text: JSON.stringify({ error: message }) })
    }
  }

  private upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = socketPath(incoming.url ?? '/')
    const { exchange, sockets } = this.parts
    const isStranger =
      path !== null &&
      path.listenKey !== '' &&
      exchange.settings.unknownListenKey === 'refuse' &&
      !exchange.listenKeys.isActive(path.listenKey)
    if (path === null || exchange.isOut || isStranger) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
      return
    }
    this.upgrader.handleUpgrade(incoming, socket, head, (connected) => sockets.add(connected, path))
  }
}

function reply(outgoing: ServerResponse, answer: Answer): void {
  if (answer.kind === 'hang') return
  if (answer.kind === 'cut') {
    outgoing.socket?.destroy()
    return
  }
  outgoing.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers })
  outgoing.end(answer.text)
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
