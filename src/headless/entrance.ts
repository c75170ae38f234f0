/** What happens to a request at the door, in this order: where from, a page?, who, how often, how large, then the contract. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

import { WebSocketServer } from 'ws'

import { FRAMES } from '../contract/frames.ts'
import { Fault, type Answers, type Caller, type Log, type MetricsText, type TraceId } from '../station/answers/index.ts'
import { readJson } from './body.ts'
import type { BuiltPage } from './built-page.ts'
import type { Callers, Identity } from './callers.ts'
import { sendFault } from './error-reply.ts'
import { SECURITY_HEADERS } from './html.ts'
import { Pages } from './pages.ts'
import type { Places } from './places.ts'
import type { RateLimit } from './rate-limit.ts'
import { restOf, type Rest } from './rest.ts'
import type { Sessions } from './sessions.ts'
import type { DoorSettings } from './settings.ts'
import { Sockets } from './sockets.ts'
import { Turnstile } from './turnstile.ts'

export interface EntranceDeps {
  readonly answers: Answers
  readonly callers: Callers
  readonly places: Places
  readonly limit: RateLimit
  readonly sessions: Sessions
  readonly settings: DoorSettings
  readonly log: Log
  readonly version: string
  readonly metrics: MetricsText | undefined
  readonly built: BuiltPage
}

const newTraceId = (): TraceId => randomUUID() as TraceId
/** The one path of the contract that needs no token. */
const HEALTH = '/healthz'
const METRICS = '/metrics'
const SOCKET_PATH = '/ws'

const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?', 1)[0] ?? '/'

export class Entrance {
  readonly #deps: EntranceDeps
  readonly #rest: Rest
  readonly #pages: Pages
  readonly #sockets: Sockets
  readonly #turnstile: Turnstile
  readonly #upgrades: WebSocketServer

  constructor(deps: EntranceDeps) {
    const { answers, settings, log, callers, limit } = deps
    this.#deps = deps
    this.#rest = restOf(answers)
    this.#turnstile = new Turnstile(settings.turnMs)
    this.#pages = new Pages(deps.sessions, deps.version, deps.built)
    this.#upgrades = new WebSocketServer({
      noServer: true,
      maxPayload: settings.maxBodyBytes,
      perMessageDeflate: false,
      clientTracking: false,
      handleProtocols: (offered) => offered.has(FRAMES) && FRAMES,
    })
    this.#sockets = new Sockets(answers, {
      settings,
      log,
      byToken: (token) => callers.byToken(token),
      callerOf: ({ actor, scope, key }) => ({ actor, scope, log, newTraceId, admit: () => limit.take(key) }),
    })
  }

  async request(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const traceId = newTraceId()
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value)
    try {
      await this.#turnstile.enter()
      await this.#answer(request, response, traceId)
    } catch (problem) {
      if (!response.headersSent) sendFault(response, this.#faultOf(problem, traceId), traceId)
      else response.destroy()
    }
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const traceId = newTraceId()
    try {
      const identity = this.#admitUpgrade(request)
      this.#upgrades.handleUpgrade(request, socket, head, (opened) => this.#sockets.accept(opened, identity))
    } catch (problem) {
      const { code } = this.#faultOf(problem, traceId)
      const status = { RATE_LIMITED: '429 Too Many Requests', NOT_FOUND: '404 Not Found' }[code as string]
      socket.end(`HTTP/1.1 ${status ?? '403 Forbidden'}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
    }
  }

  /** No new sockets; open ones are told that the door closes. */
  close(): void {
    this.#sockets.close()
  }

  async #answer(request: IncomingMessage, response: ServerResponse, traceId: TraceId): Promise<void> {
    const { places, callers, settings, log } = this.#deps
    places.check(request)
    const path = pathOf(request)
    const identity = callers.of(request)
    this.#requireRoom(identity, request)
    if (request.method === 'GET' && (await this.#pages.serve(path, request, response))) return
    if (!identity && path !== HEALTH) throw new Fault('UNAUTHORISED', 'a valid token or a signed-in session is needed')
    if (path === METRICS && request.method === 'GET' && (await this.#tellMetrics(response))) return
    const body = request.method === 'GET' ? {} : await readJson(request, settings.maxBodyBytes)
    const caller: Caller = {
      actor: identity?.actor ?? 'user',
      scope: identity?.scope ?? 'open',
      log,
      newTraceId: () => traceId,
    }
    if (await this.#rest.handle(request, response, body, caller)) return
    throw new Fault('NOT_FOUND', `there is no ${request.method} ${path}`, { what: `${request.method} ${path}` })
  }

  /** Text for a scraper, not of the contract; false: nobody counts here. */
  async #tellMetrics(response: ServerResponse): Promise<boolean> {
    const { metrics } = this.#deps
    if (metrics === undefined) return false
    const text = await metrics.text()
    response.setHeader('content-type', metrics.contentType)
    response.end(text)
    return true
  }

  #admitUpgrade(request: IncomingMessage): Identity | null {
    const { places, callers, settings } = this.#deps
    places.check(request)
    if (pathOf(request) !== SOCKET_PATH) throw new Fault('NOT_FOUND', 'the socket is at /ws', { what: 'socket' })
    const identity = callers.of(request)
    this.#requireRoom(identity, request)
    if (this.#sockets.count >= settings.maxSockets)
      throw new Fault('RATE_LIMITED', 'too many sockets are open', { retry_after_ms: settings.heartbeatMs })
    return identity
  }

  /** Whoever is not known is counted by address. */
  #requireRoom(identity: Identity | null, request: IncomingMessage): void {
    const waitMs = this.#deps.limit.take(identity?.key ?? `address:${request.socket.remoteAddress}`)
    if (waitMs > 0) throw new Fault('RATE_LIMITED', 'too many requests', { retry_after_ms: waitMs })
  }

  #faultOf(problem: unknown, traceId: string): Fault {
    if (problem instanceof Fault) return problem
    const { message, stack } = problem instanceof Error ? problem : new Error(String(problem))
    this.#deps.log.error('door_failed', { trace_id: traceId, error: message, stack })
    return new Fault('INTERNAL', 'something broke inside; the trace id finds it in the log')
  }
}
