/** Door two: the same station over HTTP and WebSocket. Checks who speaks from where, then only translates. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { answersOf, type Log, type MetricsText, type TokenShelf } from '../station/answers/index.ts'
import type { StationFacade } from '../station/facade.ts'
import { LiveStream, type LiveSettings } from '../station/live-stream.ts'
import { BuiltPage } from './built-page.ts'
import { Callers } from './callers.ts'
import { Entrance } from './entrance.ts'
import { isLoopback, Places } from './places.ts'
import { RateLimit } from './rate-limit.ts'
import { Sessions } from './sessions.ts'
import { DOOR_SETTINGS, type DoorSettings } from './settings.ts'

export interface DoorOptions {
  readonly facade: StationFacade
  readonly tokens: TokenShelf
  readonly log: Log
  /** what `/metrics` tells; left out: there is no such page */
  readonly metrics?: MetricsText | undefined
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
  const { facade, tokens, log, host = '127.0.0.1', allowRemote = false, names = [] } = options
  if (!isLoopback(host) && !allowRemote)
    throw new Error(
      `${host} is open to other machines: the connection is not encrypted, so this must be allowed by name`,
    )
  const settings = { ...DOOR_SETTINGS, ...options.settings }
  const live = new LiveStream(facade, options.live)
  const sessions = new Sessions(settings.maxSessions, tokens, Date.now)
  const now = options.now ?? (() => performance.now())
  const entrance = new Entrance({
    answers: answersOf(facade, live),
    callers: new Callers(tokens, sessions),
    places: new Places(host, names),
    limit: new RateLimit(settings.requestsPerSecond, settings.requestBurst, now),
    version: facade.status().version,
    metrics: options.metrics,
    built: new BuiltPage(options.pageFolder),
    sessions,
    settings,
    log,
  })
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    void entrance.request(request, response)
  })
  server.on('upgrade', (request, socket, head) => entrance.upgrade(request, socket, head))
  const port = await listen(server, host, options.port)
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  return {
    address,
    port,
    signInLink: () => `${address}/sign-in?key=${sessions.newLink()}`,
    async close() {
      live.close()
      entrance.close()
      await closeServer(server, settings.closeMs)
    },
  }
}
