/** One connection, from its opening to its end; it is up once, and lost at most once. */
import { withoutQueries } from './faults.ts'
import type { UsdmClient } from './usdm-client.ts'

interface LineOptions {
  readonly client: UsdmClient
  readonly url: string
  /** asked for at once, in one message; empty: the address says it all */
  readonly streams: readonly string[]
  readonly onMessage: (message: unknown) => void
  readonly onUp: () => void
  readonly onLost: (reason: string) => void
}

const CLOSED = 'closed'
const SUBSCRIBE_ID = 1

export class StreamLine {
  readonly #options: LineOptions
  #isOver = false

  constructor(options: LineOptions) {
    this.#options = options
  }

  async open(): Promise<void> {
    const { client, url, streams, onUp } = this.#options
    client.listeners.set(url, (message) => this.#hear(message))
    try {
      const request = streams.length === 0 ? undefined : { method: 'SUBSCRIBE', params: streams, id: SUBSCRIBE_ID }
      const closed = client.watchMultiple(url, [CLOSED], request, ['streams'])
      closed.catch((problem: unknown) => this.#lost(String(problem)))
      await client.client(url).connected
      if (!this.#isOver) onUp()
    } catch (problem) {
      this.#lost(String(problem))
    }
  }

  /** Nothing is told of it any more. */
  close(): void {
    this.#isOver = true
    const { client, url } = this.#options
    client.listeners.delete(url)
    const socket = client.clients[url]
    delete client.clients[url]
    void socket?.close()
  }

  #hear(message: unknown): void {
    const refusal = refusalIn(message)
    if (refusal === null) this.#options.onMessage(message)
    else this.#lost(`the subscription was refused: ${refusal}`)
  }

  #lost(reason: string): void {
    if (this.#isOver) return
    this.close()
    this.#options.onLost(withoutQueries(reason))
  }
}

/** Answers to subscriptions have our id; a no comes in two shapes. */
function refusalIn(message: unknown): string | null {
  if (typeof message !== 'object' || message === null || !('id' in message) || message.id !== SUBSCRIBE_ID) return null
  if ('error' in message) return JSON.stringify(message.error)
  return 'code' in message ? JSON.stringify(message) : null
}
