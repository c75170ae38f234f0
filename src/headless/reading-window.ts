/** How much may be on its way to one reader: a line that is narrow gets less, instead of the same ever later. */
import type { WebSocket } from 'ws'

/** What a page takes in one message at its most, twice over; at 20 kB/s it is three seconds. */
const WINDOW_BYTES = 64 * 1024

type Pinged = Pick<WebSocket, 'ping' | 'on'>

export class ReadingWindow {
  readonly #socket: Pinged
  readonly #waiting: (() => void)[] = []
  #unread = 0

  constructor(socket: Pinged) {
    this.#socket = socket
    const goOn = (): void => {
      this.#unread = 0
      for (const wake of this.#waiting.splice(0)) wake()
    }
    socket.on('pong', goOn)
    socket.on('close', goOn)
  }

  /** Resolves when the reader has taken what went before, once that is a window full; the buffers on the way tell nothing. */
  async sent(bytes: number): Promise<void> {
    const before = this.#unread
    this.#unread += bytes
    if (this.#unread < WINDOW_BYTES) return
    if (before < WINDOW_BYTES) this.#socket.ping()
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve)
    })
  }
}
