/** One WebSocket connection: what it is subscribed to, how long it lives, and what it may ask. */
import type { Cancel } from '../../../src/core/ports/clock.ts'
import type { Exchange } from '../exchange.ts'
import { isStream } from './market-streams.ts'
import { categoryOf, type Category, type SocketPath } from './socket-categories.ts'

export interface SocketLike {
  send(text: string): void
  ping(): void
  close(code: number, reason: string): void
  terminate(): void
  on(event: 'message', heard: (data: { toString(): string }) => void): unknown
  on(event: 'pong' | 'close', heard: () => void): unknown
}

interface Question {
  readonly method?: unknown
  readonly params?: unknown
  readonly id?: unknown
}

/** The wall's, not the venue's: a client is not faster because the venue's clock is. */
const LEAST_PONG_MS = 2000

export class Connection {
  readonly category: Category
  readonly isCombined: boolean
  readonly streams: Set<string>
  /** open, but tells nothing until then */
  silentUntil = 0
  private readonly exchange: Exchange
  private readonly socket: SocketLike
  private readonly changed: (connection: Connection) => void
  private readonly wakes: Cancel[] = []
  private readonly stopListening: Cancel
  private heardAt: number[] = []
  private pingedAt: { readonly venue: number; readonly wall: number } | null = null

  constructor(exchange: Exchange, socket: SocketLike, path: SocketPath, changed: (connection: Connection) => void) {
    this.exchange = exchange
    this.socket = socket
    this.category = path.category
    this.isCombined = path.isCombined
    this.streams = new Set(path.streams.filter((stream) => isStream(exchange, stream)))
    this.changed = changed
    const { listenKey } = path
    const listener = { listenKey, send: (text: string) => this.send(this.wrapped(text, listenKey)) }
    this.stopListening = listenKey === '' ? () => undefined : exchange.userStream.add(listener)
    socket.on('message', (data) => this.heard(data.toString()))
    socket.on('pong', () => {
      this.pingedAt = null
    })
    const { connectionMs } = exchange.settings
    this.wakes.push(exchange.clock.at(exchange.now() + connectionMs, () => this.cut()))
    this.pingLater()
  }

  send(text: string): void {
    if (this.exchange.now() >= this.silentUntil) this.socket.send(text)
  }

  cut(): void {
    this.socket.terminate()
  }

  closed(): void {
    this.stopListening()
    for (const cancel of this.wakes) cancel()
  }

  private wrapped(text: string, listenKey: string): string {
    return this.isCombined ? `{"stream":${JSON.stringify(listenKey)},"data":${text}}` : text
  }

  private pingLater(): void {
    const { clock, settings } = this.exchange
    this.wakes[1] = clock.at(clock.now() + settings.pingMs, () => {
      const { pingedAt } = this
      const wall = performance.now()
      const isLate = pingedAt !== null && clock.now() - pingedAt.venue >= settings.pongTimeoutMs
      if (isLate && wall - pingedAt.wall >= LEAST_PONG_MS) {
        this.cut()
        return
      }
      this.pingedAt ??= { venue: clock.now(), wall }
      this.socket.ping()
      this.pingLater()
    })
  }

  private heard(text: string): void {
    if (this.isTooFast()) {
      this.socket.close(1008, 'Too many requests')
      return
    }
    const question = parsed(text)
    if (question === null) {
      this.complain(null, 3, 'Invalid JSON: expected value at line 1 column 1')
      return
    }
    const id = question.id ?? null
    if (question.method === 'LIST_SUBSCRIPTIONS') this.answer([...this.streams], id)
    else if (question.method === 'SUBSCRIBE' || question.method === 'UNSUBSCRIBE') this.change(question, id)
    else this.complain(id, 2, 'Invalid request: unknown variant')
  }

  private change({ method, params }: Question, id: unknown): void {
    if (!Array.isArray(params) || params.some((name) => typeof name !== 'string')) {
      this.complain(id, 2, 'Invalid request: params must be a list of streams')
      return
    }
    const names = params as string[]
    if (method === 'UNSUBSCRIBE') for (const name of names) this.streams.delete(name)
    else for (const name of names) if (this.mayHave(name)) this.streams.add(name)
    if (this.streams.size > this.exchange.settings.streamsPerConnection) {
      this.socket.close(1008, 'Too many subscriptions')
      return
    }
    this.changed(this)
    this.answer(null, id)
  }

  /** Another category's streams, and those that are not, are taken without a word and stay silent. */
  private mayHave(stream: string): boolean {
    if (!isStream(this.exchange, stream)) return false
    const isElsewhere = this.category !== 'legacy' && categoryOf(stream) !== this.category
    return !(this.exchange.settings.strictCategories && isElsewhere)
  }

  private isTooFast(): boolean {
    const now = performance.now()
    this.heardAt = [...this.heardAt.filter((at) => now - at < 1000), now]
    return this.heardAt.length > this.exchange.settings.messagesPerSecond
  }

  private answer(result: unknown, id: unknown): void {
    this.send(JSON.stringify({ result, id }))
  }

  private complain(id: unknown, code: number, msg: string): void {
    const isNested = this.exchange.settings.socketErrorShape === 'nested'
    this.send(JSON.stringify(isNested ? { error: { code, msg }, id } : { code, msg, id }))
  }
}

function parsed(text: string): Question | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}
