/** HTTP and WebSocket of one port: bytes in, bytes out; what they mean is known elsewhere. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'

import { WebSocketServer } from 'ws'

import type { Clock } from '../../src/core/ports/clock.ts'
import { control, CONTROL_PREFIX } from './control-path.ts'
import type { Exchange } from './exchange.ts'
import { VenueRequest } from './rest/request.ts'
import type { Answer } from './rest/rest-door.ts'
import { socketPath } from './streams/socket-categories.ts'
import type { Sockets } from './streams/sockets.ts'

export type Answering = (request: VenueRequest) => Promise<Answer>

export interface DoorParts {
  readonly exchange: Exchange
  readonly sockets: Sockets
  readonly clock: Clock
  readonly answer: Answering
}

export class Doors {
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
      reply(outgoing, await this.parts.answer(request))
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
