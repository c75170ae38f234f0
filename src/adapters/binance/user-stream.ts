/** The account's own stream: its key made, renewed and replaced; every message handed on in its own shape. */
import type { Cancel } from '../../core/ports/clock.ts'
import { faultOf } from './faults.ts'
import type { Rest } from './rest.ts'
import { type SocketOptions, StreamSocket } from './stream-socket.ts'
import { ListenKey } from './wire/trading.ts'

type UserStreamDeps = Pick<SocketOptions, 'client' | 'clock' | 'settings' | 'random' | 'onUp' | 'onDown'> & {
  readonly rest: Rest
  /** of the stream host, e.g. `wss://fstream.binance.com` */
  readonly base: string
  readonly onEvent: (name: string, event: object) => void
  readonly onProblem: (message: string) => void
}

const KEY_CALL = { api: 'fapiPrivate', path: 'listenKey', weight: 1, priority: 'safety' } as const

export class UserStream {
  readonly #deps: UserStreamDeps
  readonly #socket: StreamSocket
  #cancelRenewal: Cancel | null = null
  /** epoch ms at which the key in use was made or renewed; null: there is none */
  keyAt: number | null = null

  constructor(deps: UserStreamDeps) {
    this.#deps = deps
    this.#socket = new StreamSocket({
      ...deps,
      address: () => this.#address(),
      streams: [],
      silentMs: null,
      overlaps: false,
      onMessage: (message) => this.#hear(message),
    })
  }

  get isUp(): boolean {
    return this.#socket.isUp
  }

  get reconnects(): number {
    return this.#socket.reconnects
  }

  get heardAt(): number | null {
    return this.#socket.heardAt
  }

  /** A new line with its key made or renewed, at once. */
  renew(reason: string): void {
    this.#socket.renew(reason)
  }

  start(): void {
    this.#socket.start()
  }

  /** The key is given back; that it cannot be is no fault. */
  async stop(): Promise<void> {
    this.#cancelRenewal?.()
    this.#socket.stop()
    if (this.keyAt === null) return
    this.keyAt = null
    await this.#deps.rest.call({ ...KEY_CALL, method: 'DELETE' }).catch(() => undefined)
  }

  async #address(): Promise<string> {
    const { rest, clock, base } = this.#deps
    const { listenKey } = ListenKey.parse(await rest.call({ ...KEY_CALL, method: 'POST' }))
    this.keyAt = clock.now()
    this.#renewLater()
    return `${base}/private/ws?listenKey=${listenKey}`
  }

  #renewLater(): void {
    const { clock, settings } = this.#deps
    this.#cancelRenewal?.()
    this.#cancelRenewal = clock.at(clock.now() + settings.listenKeyEveryMs, () => void this.#renew())
  }

  async #renew(): Promise<void> {
    const { rest, clock } = this.#deps
    try {
      await rest.call({ ...KEY_CALL, method: 'PUT' })
      this.keyAt = clock.now()
      this.#renewLater()
    } catch (problem) {
      this.#socket.renew(`the listen key could not be renewed: ${faultOf(problem).message}`)
    }
  }

  #hear(message: unknown): void {
    const event = unwrapped(message)
    if (event === null) return
    const name = 'e' in event && typeof event.e === 'string' ? event.e : ''
    if (name === 'listenKeyExpired') {
      this.#socket.renew('the listen key expired')
      return
    }
    try {
      this.#deps.onEvent(name, event)
    } catch (problem) {
      this.#deps.onProblem(`${name} could not be read: ${String(problem)}`)
    }
  }
}

/** Combined streams wrap what they tell. */
export function unwrapped(message: unknown): object | null {
  if (typeof message !== 'object' || message === null) return null
  if (!('data' in message) || !('stream' in message)) return message
  return typeof message.data === 'object' ? message.data : null
}
