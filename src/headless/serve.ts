/** Door two: the same station over HTTP and WebSocket. Checks who speaks from where, then only translates. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { answersOf, Fault, type Log, type TokenShelf } from '../station/answers/index.ts'
import { LiveStream, type LiveSettings } from '../station/live-stream.ts'
import { BuiltPage } from './built-page.ts'
import { Callers } from './callers.ts'
import { Entrance, type EntranceDeps } from './entrance.ts'
import { sendFault } from './error-reply.ts'
import { Inside, type OpenInside, type StationBehind } from './inside.ts'
import { isLoopback, Places } from './places.ts'
import { RateLimit } from './rate-limit.ts'
import { Sessions } from './sessions.ts'
import { DOOR_SETTINGS, type DoorSettings } from './settings.ts'

export interface DoorOptions extends StationBehind {
  readonly tokens: TokenShelf
  readonly log: Log
  readonly host?: string
  /** 0: any free one */
  readonly port: number
  /** must be said to listen on anything but the loopback interface */
  readonly allowRemote?: boolean
  /** DNS names this station is known by beside addresses and localhost */
  readonly names?: readonly string[]
  readonly settings?: Partial<DoorSettings>
  /** folder of the built control room; left out: the plain status page is served */
  readonly pageFolder?: string | undefined
  readonly live?: LiveSettings
  /** ms that never go back, for the rate limit */
  readonly now?: () => number
}

export interface Door {
  /** `http://127.0.0.1:8700` */
  readonly address: string
  readonly port: number
  /** a fresh link that signs one browser in, once; the one before stops working */
  signInLink(): string
  /**
   * Another station behind the same door: sockets are told to come again, and whoever comes meanwhile waits for `next`.
   * @throws what `next` throws; then nobody is behind the door any more
   */
  change(next: () => Promise<StationBehind>): Promise<void>
  /** Lets open calls end, then lets go; the station runs on. */
  close(): Promise<void>
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(timer)
}

/** @throws when the port is taken, or when another interface is asked for without `allowRemote` */
export async function serveHeadless(options: DoorOptions): Promise<Door> {
  const { tokens, log, host = '127.0.0.1', allowRemote = false, names = [] } = options
  if (!isLoopback(host) && !allowRemote)
    throw new Error(
      `${host} is open to other machines: the connection is not encrypted, so this must be allowed by name`,
    )
  const settings = { ...DOOR_SETTINGS, ...options.settings }
  const sessions = new Sessions(settings.maxSessions, tokens, Date.now)
  const lasting = {
    callers: new Callers(tokens, sessions),
    places: new Places(host, names),
    limit: new RateLimit(settings.requestsPerSecond, settings.requestBurst, options.now ?? (() => performance.now())),
    built: new BuiltPage(options.pageFolder),
    sessions,
    settings,
    log,
  }
  const inside = new Inside((station) => openInside(station, lasting, options.live), options)
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    void answer(inside, request, response)
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    if (inside.entrance !== null) inside.entrance.upgrade(request, socket, head)
    else void inside.next.then((entrance) => entrance.upgrade(request, socket, head))
  })
  const port = await listen(server, host, options.port)
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  return {
    address,
    port,
    signInLink: () => `${address}/sign-in?key=${sessions.newLink()}`,
    change: (next) => inside.change(next),
    async close() {
      inside.close()
      await closeServer(server, settings.closeMs)
    },
  }
}

/** Between two stations whoever looks waits for the next; a deed that was meant for the one before is not done by another. */
async function answer(inside: Inside, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (inside.entrance === null && request.method !== 'GET') {
    const retry = { retry_after_ms: COME_AGAIN_MS }
    sendFault(response, new Fault('RATE_LIMITED', 'the station is on its way to another place', retry), randomUUID())
    return
  }
  await (inside.entrance ?? (await inside.next)).request(request, response)
}

const COME_AGAIN_MS = 2000

type Lasting = Omit<EntranceDeps, 'answers' | 'version' | 'metrics'>

function openInside({ facade, metrics }: StationBehind, lasting: Lasting, settings?: LiveSettings): OpenInside {
  const live = new LiveStream(facade, settings)
  const { version } = facade.status()
  return { live, entrance: new Entrance({ ...lasting, answers: answersOf(facade, live), version, metrics }) }
}
