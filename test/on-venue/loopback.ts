/**
 * What is under way between the client and the venue: requests not answered, messages not heard, connections that open
 * or close. The client stays as it is; it is only counted what goes in and out of it.
 */
import WsClient from '../../node_modules/ccxt/js/src/base/ws/WsClient.js'
import { UsdmClient } from '../../src/adapters/binance/usdm-client.ts'
import type { Clock } from '../../src/core/ports/clock.ts'
import type { Answering } from '../venue/doors.ts'
import type { RunningVenue } from '../venue/start-venue.ts'
import type { Line } from './line.ts'

/** A socket of the `ws` package, as far as it is looked at. */
interface Wire {
  readonly readyState: number
  onclose: unknown
  on(event: string, heard: (...said: unknown[]) => void): unknown
  send(...said: unknown[]): void
  terminate(): void
}

/** The TCP connection under it. */
interface Cable {
  readonly localPort?: number
  readonly remotePort?: number
}

const cableOf = (wire: Wire): Cable | undefined => Reflect.get(wire, '_socket') as Cable | undefined

/** One end of a connection. */
interface End {
  readonly wire: Wire
  port: number
  sent: number
  heard: number
  /** tells the client at last that it has ended; null: not asleep */
  tellEnd: (() => void) | null
}

const OPEN = 1
const CLOSED = 3
/** close code of a connection that broke */
const LOST = 1006

export const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

/** ms of the wall after which something hangs that should not */
const STUCK_MS = 30_000

const lines = new Set<Loopback>()

export class Loopback implements Line {
  readonly patience = { turns: 50, ms: 60 }
  readonly #clock: Clock
  readonly #hangMs: number
  #base = ''
  #requests = 0
  /** requests at the venue that wait for its clock */
  #parked = 0
  /** number of requests ever sent */
  asked = 0
  readonly #clients = new Set<UsdmClient>()
  readonly #dead = new WeakSet<UsdmClient>()
  readonly #near = new Map<WsClient, End>()
  readonly #far = new Map<number, End>()

  /** `hangMs`: after so long the client gives up waiting for an answer that never comes */
  constructor(clock: Clock, hangMs: number) {
    this.#clock = clock
    this.#hangMs = hangMs
    countClients()
  }

  /** For `startVenue`: the far end of requests. */
  readonly answering = (answer: Answering): Answering => {
    return async (request) => {
      this.#parked++
      try {
        const answered = await answer(request)
        if (answered.kind !== 'hang') return answered
        await new Promise<void>((resolve) => this.#clock.at(this.#clock.now() + this.#hangMs, resolve))
        return { kind: 'cut' }
      } finally {
        this.#parked--
      }
    }
  }

  /** The far end of sockets. */
  watch(venue: RunningVenue): void {
    this.#base = new URL(venue.http).host
    const { sockets } = venue
    const add = sockets.add.bind(sockets)
    sockets.add = (socket, path) => {
      const wire = socket as unknown as Wire
      const port = cableOf(wire)?.remotePort ?? 0
      const end: End = { wire, port, sent: 0, heard: 0, tellEnd: null }
      this.#far.set(port, end)
      wire.on('message', () => {
        end.heard++
      })
      wire.on('close', () => this.#far.delete(port))
      const send = wire.send.bind(wire)
      wire.send = (...said) => {
        if (wire.readyState === OPEN) end.sent++
        send(...said)
      }
      add(socket, path)
    }
    lines.add(this)
  }

  leave(): void {
    lines.delete(this)
  }

  isOf(url: string): boolean {
    return this.#base !== '' && new URL(url).host === this.#base
  }

  get isBusy(): boolean {
    if (this.#requests > this.#parked) return true
    for (const [client, near] of this.#near) if (this.#isMoving(client, near)) return true
    for (const { port, wire } of this.#far.values())
      if (wire.readyState !== OPEN || ![...this.#near.values()].some((near) => near.port === port)) return true
    return false
  }

  /** Waits until nothing is under way. */
  async quiet(): Promise<void> {
    const since = performance.now()
    do {
      await turn()
      if (performance.now() - since > STUCK_MS) throw new Error(`the line does not come to rest: ${this.#state()}`)
    } while (this.isBusy)
  }

  /** The computer sleeps: nothing more is heard of what is connected now, not even that it ends. */
  freeze(): void {
    for (const near of this.#near.values()) {
      const { wire } = near
      const onClose = wire.onclose as (event: { readonly code: number }) => void
      near.tellEnd = () => onClose({ code: LOST })
      Reflect.set(wire, 'onclose', () => undefined)
    }
    for (const far of this.#far.values()) far.wire.terminate()
  }

  thaw(): void {
    for (const [client, { tellEnd }] of this.#near) {
      this.#near.delete(client)
      tellEnd?.()
    }
  }

  /** Everybody at the near end is gone: what they asked is never heard by them. */
  cutOff(): void {
    for (const client of this.#clients) {
      this.#dead.add(client)
      client.listeners.clear()
    }
    this.#clients.clear()
    for (const near of this.#near.values()) near.wire.terminate()
  }

  /** A request of the client, from its first byte to its last. */
  async request(client: UsdmClient, ask: () => Promise<unknown>): Promise<unknown> {
    if (this.#dead.has(client)) throw new Error('this computer is gone')
    this.#clients.add(client)
    this.#requests++
    this.asked++
    try {
      const answer = await ask()
      return await this.#unlessDead(client, () => answer)
    } catch (problem) {
      return await this.#unlessDead(client, () => {
        throw problem
      })
    } finally {
      this.#requests--
    }
  }

  connected(client: WsClient): void {
    const wire = client.connection as Wire
    const end: End = { wire, port: -1, sent: 0, heard: 0, tellEnd: null }
    this.#near.set(client, end)
    wire.on('upgrade', () => {
      end.port = cableOf(wire)?.localPort ?? -1
    })
    wire.on('open', () => {
      end.port = cableOf(wire)?.localPort ?? -1
    })
    wire.on('close', () => {
      if (end.tellEnd === null) this.#near.delete(client)
    })
  }

  sent(client: WsClient): void {
    const near = this.#near.get(client)
    if (near !== undefined) near.sent++
  }

  heard(client: WsClient): void {
    const near = this.#near.get(client)
    if (near !== undefined) near.heard++
  }

  #isMoving(client: WsClient, near: End): boolean {
    if (near.tellEnd !== null) return false
    const { readyState } = near.wire
    if (readyState === CLOSED) return false
    if (readyState !== OPEN || !client.isConnected) return true
    const far = this.#far.get(near.port)
    return far === undefined || far.sent !== near.heard || near.sent !== far.heard
  }

  /** The request of the dead still counts until it is through; its answer goes nowhere. */
  #unlessDead<Answer>(client: UsdmClient, answer: () => Answer): Answer | Promise<never> {
    if (!this.#dead.has(client)) return answer()
    this.#requests--
    return new Promise<never>(() => undefined)
  }

  #state(): string {
    const near = [...this.#near].map(([client, end]) => `${client.url} ${this.#isMoving(client, end) ? 'moving' : ''}`)
    return `${this.#requests} requests, ${this.#parked} at the venue; ${near.join(', ')}; ${this.#far.size} far ends`
  }
}

let isCounting = false

type Method<This> = (this: This, ...given: unknown[]) => unknown

/** The client's own classes tell whoever listens at the address they talk to. */
function countClients(): void {
  if (isCounting) return
  isCounting = true
  const ofUrl = (url: string): Loopback | undefined => [...lines].find((line) => line.isOf(url))
  wrap<UsdmClient>(UsdmClient.prototype, 'fetch', (fetch) => {
    return function counted(this: UsdmClient, url, ...rest) {
      const ask = async (): Promise<unknown> => fetch.call(this, url, ...rest)
      const line = ofUrl(String(url))
      return line === undefined ? ask() : line.request(this, ask)
    }
  })
  wrap<WsClient>(WsClient.prototype, 'createConnection', (createConnection) => {
    return function counted(this: WsClient) {
      createConnection.call(this)
      ofUrl(this.url)?.connected(this)
    }
  })
  wrap<WsClient>(WsClient.prototype, 'send', (send) => {
    return function counted(this: WsClient, ...given) {
      ofUrl(this.url)?.sent(this)
      return send.call(this, ...given)
    }
  })
  wrap<WsClient>(WsClient.prototype, 'onMessage', (onMessage) => {
    return function counted(this: WsClient, ...given) {
      try {
        onMessage.call(this, ...given)
      } finally {
        ofUrl(this.url)?.heard(this)
      }
    }
  })
}

function wrap<This extends object>(
  prototype: This,
  name: string,
  wrapper: (method: Method<This>) => Method<This>,
): void {
  Reflect.set(prototype, name, wrapper(Reflect.get(prototype, name) as Method<This>))
}
