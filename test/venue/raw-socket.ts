/** A plain WebSocket to the venue that keeps what it heard, for what the client hides. */
import { WebSocket } from 'ws'

import type { RunningVenue } from './start-venue.ts'

export type Heard = Readonly<Record<string, unknown>>

export class RawSocket {
  readonly heard: Heard[] = []
  isOpen = true
  private readonly socket: WebSocket
  private readonly waiting: {
    readonly matches: (message: Heard) => boolean
    readonly resolve: (message: Heard) => void
  }[] = []
  private pongs: (() => void)[] = []

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data: Buffer) => this.hear(JSON.parse(data.toString()) as Heard))
    socket.on('pong', () => this.pongs.shift()?.())
    socket.on('close', () => {
      this.isOpen = false
    })
  }

  static open(venue: RunningVenue, path: string): Promise<RawSocket> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(venue.ws + path)
      const raw = new RawSocket(socket)
      socket.once('open', () => resolve(raw))
      socket.once('error', reject)
    })
  }

  say(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  /** The first message like this, heard already or yet to come. */
  next(matches: (message: Heard) => boolean): Promise<Heard> {
    const found = this.heard.find((message) => matches(message))
    if (found !== undefined) return Promise.resolve(found)
    return new Promise((resolve) => {
      this.waiting.push({ matches, resolve })
    })
  }

  /** Everything the venue has sent so far is here when this resolves. */
  caughtUp(): Promise<void> {
    return new Promise((resolve) => {
      this.pongs.push(resolve)
      this.socket.ping()
    })
  }

  closed(): Promise<void> {
    if (!this.isOpen) return Promise.resolve()
    return new Promise((resolve) => {
      this.socket.once('close', () => resolve())
    })
  }

  close(): void {
    this.socket.terminate()
  }

  /** names of user events in the order heard */
  events(): string[] {
    return this.heard.flatMap((message) => (typeof message['e'] === 'string' ? [message['e']] : []))
  }

  private hear(message: Heard): void {
    this.heard.push(message)
    for (const [index, each] of [...this.waiting.entries()].reverse()) {
      if (!each.matches(message)) continue
      this.waiting.splice(index, 1)
      each.resolve(message)
    }
  }
}

/** Listens to the account with a key of its own. */
export async function userSocket(venue: RunningVenue): Promise<RawSocket> {
  return RawSocket.open(venue, `/private/ws?listenKey=${venue.exchange.listenKeys.open()}`)
}
