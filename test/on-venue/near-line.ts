/**
 * Client and venue in one process without sockets: each request and message takes ms of their common time, drawn from a
 * seed, so that one seed decides everything. Only what is under the unmodified client is another.
 */
import WsClient from '../../node_modules/ccxt/js/src/base/ws/WsClient.js'
import { UsdmClient } from '../../src/adapters/binance/usdm-client.ts'
import type { Cancel, Clock } from '../../src/core/ports/clock.ts'
import type { Answering } from '../venue/doors.ts'
import { VenueRequest } from '../venue/rest/request.ts'
import type { RunningVenue } from '../venue/start-venue.ts'
import { socketPath } from '../venue/streams/socket-categories.ts'
import type { Line } from './line.ts'
import { turn } from './loopback.ts'

interface FetchParams {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeout: number
}

/** What the library reads of an answer. */
interface NearAnswer {
  readonly status: number
  readonly statusText: string
  readonly headers: Readonly<Record<string, string>>
  text(): Promise<string>
}

/** What the library's socket client has of the connection under it. */
interface SocketClient {
  readonly url: string
  keepAlive: number
  connection: NearSocket
  close(): unknown
  onOpen(): void
  onMessage(event: { readonly data: string }): void
  onClose(event: { readonly code: number }): void
  onError(error: Error): void
}

const OPEN = 1
const CLOSED = 3

const lines = new Map<string, NearLine>()
const lineOf = (url: string): NearLine | undefined => lines.get(new URL(url).host)

export class NearLine implements Line {
  /** nothing here waits for the wall: a few turns carry every promise on */
  readonly patience = { turns: 4, ms: 0 }
  readonly isBusy = false
  readonly #clock: Clock
  readonly #delayMs: () => number
  readonly #sockets = new Set<NearSocket>()
  #venue: RunningVenue | null = null
  #answer: Answering = () => Promise.resolve({ kind: 'hang' })
  #host = ''
  /** whose requests these are: one life of the station */
  #life = 0
  requests = 0

  /** `delayMs`: of what goes one way, drawn for each */
  constructor(clock: Clock, delayMs: () => number) {
    this.#clock = clock
    this.#delayMs = delayMs
  }

  get openSockets(): number {
    return this.#sockets.size
  }

  readonly answering = (answer: Answering): Answering => {
    this.#answer = answer
    return answer
  }

  watch(venue: RunningVenue): void {
    this.#venue = venue
    this.#host = new URL(venue.http).host
    lines.set(this.#host, this)
  }

  quiet(): Promise<void> {
    return turn()
  }

  freeze(): void {
    throw new Error('nobody sleeps on this line')
  }

  thaw(): void {
    throw new Error('nobody sleeps on this line')
  }

  /** The station's process dies: what it sent still arrives, no answer reaches anybody, its sockets end. */
  cutOff(): void {
    this.#life++
    for (const socket of this.#sockets) socket.vanish()
    this.#sockets.clear()
  }

  leave(): void {
    this.cutOff()
    lines.delete(this.#host)
  }

  /** Takes the place of the library's own `fetch` of one client. */
  fetchOf(): (url: string, params: FetchParams) => Promise<NearAnswer> {
    const life = this.#life
    return (url, params) => this.#fetch(life, url, params)
  }

  dial(client: SocketClient): void {
    const life = this.#life
    const venue = this.#venue as RunningVenue
    const socket = new NearSocket((work) => this.#later(life, work))
    client.connection = socket
    client.keepAlive = 0
    client.close = () => socket.close()
    socket.client = client
    this.#later(life, () => {
      const path = socketPath(client.url.replace(/^ws:\/\/[^/]+/u, ''))
      if (path === null || venue.exchange.isOut) {
        this.#later(life, () => {
          client.onError(new Error('connect ECONNREFUSED'))
          client.onClose({ code: 1006 })
        })
        return
      }
      this.#later(life, () => {
        socket.open()
      })
      socket.onGone = () => this.#sockets.delete(socket)
      this.#sockets.add(socket)
      venue.sockets.add(socket.venueEnd, path)
    })
  }

  #later(life: number, work: () => void): void {
    this.#clock.at(this.#clock.now() + this.#delayMs(), () => {
      if (life === this.#life) work()
    })
  }

  #fetch(life: number, url: string, params: FetchParams): Promise<NearAnswer> {
    const clock = this.#clock
    return new Promise((resolve, reject) => {
      if (life !== this.#life) {
        reject(new TypeError('this computer is gone'))
        return
      }
      this.requests++
      let silence: Cancel = () => undefined
      const settle = (work: () => void): void =>
        this.#later(life, () => {
          silence()
          work()
        })
      silence = clock.at(clock.now() + params.timeout, () => {
        if (life === this.#life) reject(Object.assign(new Error('no answer in time'), { name: 'TimeoutError' }))
      })
      clock.at(clock.now() + this.#delayMs(), () => {
        void this.#asked(url, params).then((answer) => {
          if (answer === 'cut') settle(() => reject(new TypeError('fetch failed', { cause: new Error('ECONNRESET') })))
          else if (answer !== 'hang') settle(() => resolve(answer))
        })
      })
    })
  }

  async #asked(url: string, { method, headers, body = '' }: FetchParams): Promise<NearAnswer | 'cut' | 'hang'> {
    const { pathname: path, search } = new URL(url)
    const apiKey = headers['X-MBX-APIKEY'] ?? ''
    const request = new VenueRequest({ method, path, query: search.slice(1), body, apiKey })
    const answer = await this.#answer(request).catch((problem: unknown) => failure(problem))
    if (answer.kind !== 'body') return answer.kind
    const { status, text } = answer
    return {
      status,
      statusText: '',
      headers: { 'Content-Type': 'application/json', ...answer.headers },
      text: () => Promise.resolve(text),
    }
  }
}

/** As the venue's own door says that it broke, or says what the request lacked. */
function failure(problem: unknown) {
  const text = JSON.stringify({ code: -1000, msg: String(problem) })
  return { kind: 'body', status: 500, headers: {}, text } as const
}

type Heard = Readonly<Record<'message', (data: string) => void>>

/** Both ends of one connection. Messages arrive in their order. */
class NearSocket {
  readyState = 0
  client: SocketClient | null = null
  onGone: () => void = () => undefined
  readonly #later: (work: () => void) => void
  readonly #messages: string[] = []
  readonly #heard: ((data: string) => void)[] = []
  readonly #gone: (() => void)[] = []
  readonly #pongs: (() => void)[] = []
  /** arrived before it was open */
  #early = 0

  constructor(later: (work: () => void) => void) {
    this.#later = later
  }

  /** As the venue holds it. */
  readonly venueEnd = {
    send: (text: string): void => {
      if (this.readyState === CLOSED) return
      this.#messages.push(text)
      this.#later(() => this.#deliver())
    },
    ping: (): void => {
      for (const pong of this.#pongs) pong()
    },
    close: (): void => this.venueEnd.terminate(),
    terminate: (): void => {
      this.#end()
      this.#later(() => this.client?.onClose({ code: 1006 }))
    },
    on: (event: 'message' | 'pong' | 'close', heard: (data: never) => void): void => {
      if (event === 'message') this.#heard.push(heard as Heard['message'])
      else (event === 'pong' ? this.#pongs : this.#gone).push(heard as () => void)
    },
  }

  send(text: string, _options: object, done: () => void): void {
    this.#later(() => {
      if (this.readyState !== CLOSED) for (const heard of this.#heard) heard(text)
    })
    done()
  }

  close(): void {
    const wasOpen = this.readyState !== CLOSED
    this.#end()
    if (wasOpen) this.#later(() => this.client?.onClose({ code: 1005 }))
  }

  ping(): void {
    // answered below what is simulated here
  }

  /** Its process is gone. */
  vanish(): void {
    this.client = null
    this.#end()
  }

  /** What the venue said before is heard after. */
  open(): void {
    if (this.readyState === CLOSED) return
    this.readyState = OPEN
    this.client?.onOpen()
    while (this.#early > 0) {
      this.#early--
      this.#deliver()
    }
  }

  #deliver(): void {
    if (this.readyState !== OPEN) {
      this.#early++
      return
    }
    const text = this.#messages.shift()
    if (text !== undefined) this.client?.onMessage({ data: text })
  }

  #end(): void {
    if (this.readyState === CLOSED) return
    this.readyState = CLOSED
    this.#messages.length = 0
    this.onGone()
    for (const gone of this.#gone) gone()
  }
}

interface Patched {
  fetchImplementation: unknown
  httpAgent: unknown
  FetchError: unknown
  AbortError: unknown
  readonly urls: { readonly api: { readonly fapiPublic: string } }
}

/** Clients whose addresses are those of a near line use it; all others are as they were. */
function install(): void {
  const loading = Reflect.get(UsdmClient.prototype, 'loadFetchImplementation') as (this: object) => Promise<unknown>
  Reflect.set(UsdmClient.prototype, 'loadFetchImplementation', function (this: Patched): Promise<unknown> {
    const line = lineOf(this.urls.api.fapiPublic)
    if (line === undefined) return loading.call(this)
    this.fetchImplementation ??= line.fetchOf()
    this.FetchError = TypeError
    this.AbortError = DOMException
    return Promise.resolve(this.fetchImplementation)
  })
  for (const name of ['loadProxyModules', 'loadHttpProxyAgent'] as const) {
    const original = Reflect.get(UsdmClient.prototype, name) as (this: object) => Promise<unknown>
    Reflect.set(UsdmClient.prototype, name, function (this: Patched): Promise<unknown> {
      if (lineOf(this.urls.api.fapiPublic) === undefined) return original.call(this)
      // nobody asks it for a connection, but it has to be there
      this.httpAgent ??= {}
      return Promise.resolve()
    })
  }
  const dialling = Reflect.get(WsClient.prototype, 'createConnection')
  Reflect.set(WsClient.prototype, 'createConnection', function (this: SocketClient): void {
    const line = lineOf(this.url)
    if (line === undefined) dialling.call(this)
    else line.dial(this)
  })
}

install()
