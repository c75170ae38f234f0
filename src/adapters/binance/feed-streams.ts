/** The market's connections: candles, touches and marks of so many symbols, each within what one connection may carry. */
import type { StreamReading } from '../../core/ports/link.ts'
import { type SocketOptions, StreamSocket } from './stream-socket.ts'

type FeedStreamsDeps = Pick<
  SocketOptions,
  'client' | 'clock' | 'settings' | 'random' | 'onMessage' | 'onUp' | 'onDown'
> & {
  /** of the stream host, e.g. `wss://fstream.binance.com` */
  readonly base: string
  readonly interval: string
}

interface Named {
  readonly name: string
  readonly symbols: number
  readonly socket: StreamSocket
}

type Category = 'market' | 'public'

export class FeedStreams {
  readonly #deps: FeedStreamsDeps
  readonly #all: Named[] = []
  readonly #carried = new Set<string>()
  #connections = 0
  #groups = 0

  constructor(deps: FeedStreamsDeps) {
    this.#deps = deps
  }

  /** Symbols that no connection carries yet get connections of their own. */
  carry(symbols: readonly string[]): void {
    const fresh = symbols.filter((symbol) => !this.#carried.has(symbol))
    if (fresh.length === 0) return
    if (this.#all.length === 0) this.#open('marks', 'market', ['!markPrice@arr@1s'], fresh.length)
    for (const symbol of fresh) this.#carried.add(symbol)
    const size = this.#deps.settings.streamsPerConnection
    for (let from = 0; from < fresh.length; from += size) {
      const names = fresh.slice(from, from + size).map((symbol) => symbol.toLowerCase())
      const group = ++this.#groups
      this.#open(
        `candles ${group}`,
        'market',
        names.map((name) => `${name}@kline_${this.#deps.interval}`),
      )
      this.#open(
        `touch ${group}`,
        'public',
        names.map((name) => `${name}@bookTicker`),
      )
    }
  }

  renew(reason: string): void {
    for (const { socket } of this.#all) socket.renew(reason)
  }

  stop(): void {
    for (const { socket } of this.#all) socket.stop()
    this.#all.length = 0
    this.#carried.clear()
  }

  get readings(): readonly StreamReading[] {
    return this.#all.map(({ name, symbols, socket }) => ({
      name,
      symbols,
      isUp: socket.isUp,
      upSince: socket.upSince,
      heardAt: socket.heardAt,
      reconnects: socket.reconnects,
      messages: socket.messages,
    }))
  }

  #open(name: string, category: Category, streams: readonly string[], symbols = streams.length): void {
    const { base, settings } = this.#deps
    const isTalkative = name === 'marks' || symbols >= settings.talkativeSymbols
    const socket = new StreamSocket({
      ...this.#deps,
      address: () => Promise.resolve(`${base}/${category}/ws/${++this.#connections}`),
      streams,
      silentMs: isTalkative ? settings.silentMs : settings.quietMs,
      overlaps: true,
      onDown: (reason) => this.#deps.onDown(`${name}: ${reason}`),
    })
    this.#all.push({ name, symbols, socket })
    socket.start()
  }
}
