/** One connection that stays: opened anew when it is lost or silent, with growing pauses, and it says when it is up. */
import type { Cancel, Clock } from '../../core/ports/clock.ts'
import { withoutQueries } from './faults.ts'
import type { BinanceSettings } from './settings.ts'
import type { UsdmClient } from './usdm-client.ts'

export interface SocketOptions {
  readonly client: UsdmClient
  readonly clock: Clock
  readonly settings: BinanceSettings
  /** seeded: the jitter of reconnects */
  readonly random: () => number
  /** asked before every connection */
  readonly address: () => Promise<string>
  /** asked for on every connection; empty: the address says it all */
  readonly streams: readonly string[]
  /** whether silence means that it is broken */
  readonly isTalkative: boolean
  readonly onMessage: (message: unknown) => void
  readonly onUp: () => void
  readonly onDown: (reason: string) => void
}

const CLOSED = 'closed'

export class StreamSocket {
  readonly #options: SocketOptions
  #isWanted = false
  #url: string | null = null
  #isUp = false
  #failures = 0
  #heardAt = 0
  #cancelWatch: Cancel | null = null
  reconnects = 0

  constructor(options: SocketOptions) {
    this.#options = options
  }

  get isUp(): boolean {
    return this.#isUp
  }

  /** epoch ms of the last message; 0: none yet */
  get heardAt(): number {
    return this.#heardAt
  }

  start(): void {
    if (this.#isWanted) return
    this.#isWanted = true
    void this.#open()
  }

  stop(): void {
    this.#isWanted = false
    this.#cancelWatch?.()
    this.#drop()
  }

  /** Closes this connection; a new one is opened at once. */
  renew(reason: string): void {
    if (this.#isWanted) this.#lost(reason, 0)
  }

  async #open(): Promise<void> {
    const { client, address, streams, onMessage, onUp } = this.#options
    try {
      const url = await address()
      if (!this.#isWanted) return
      this.#url = url
      client.listeners.set(url, (message) => {
        this.#heardAt = this.#options.clock.now()
        onMessage(message)
      })
      const request = streams.length === 0 ? undefined : { method: 'SUBSCRIBE', params: streams, id: 1 }
      const closed = client.watchMultiple(url, [CLOSED], request, ['streams'])
      closed.catch((problem: unknown) => {
        if (this.#url === url) this.#lost(String(problem))
      })
      await client.client(url).connected
      if (this.#url !== url) return
      this.#isUp = true
      this.#failures = 0
      this.#heardAt = this.#options.clock.now()
      this.#watchSilence()
      onUp()
    } catch (problem) {
      this.#lost(String(problem))
    }
  }

  #lost(reason: string, wait = this.#pause()): void {
    this.#drop()
    this.#cancelWatch?.()
    if (!this.#isWanted) return
    if (this.#isUp) this.#options.onDown(withoutQueries(reason))
    this.#isUp = false
    this.#failures++
    this.reconnects++
    const { clock } = this.#options
    clock.at(clock.now() + wait, () => {
      if (this.#isWanted && this.#url === null) void this.#open()
    })
  }

  #drop(): void {
    const { client } = this.#options
    const url = this.#url
    this.#url = null
    if (url === null) return
    client.listeners.delete(url)
    const socket = client.clients[url]
    delete client.clients[url]
    void socket?.close()
  }

  #pause(): number {
    const { settings, random } = this.#options
    const most = Math.min(settings.reconnectMs * 2 ** this.#failures, settings.reconnectMostMs)
    return most / 2 + (random() * most) / 2
  }

  #watchSilence(): void {
    const { clock, settings, isTalkative } = this.#options
    if (!isTalkative) return
    this.#cancelWatch = clock.at(this.#heardAt + settings.silentMs, () => {
      const silent = clock.now() - this.#heardAt
      if (silent >= settings.silentMs) this.#lost(`nothing was heard for ${Math.round(silent / 1000)} s`, 0)
      else this.#watchSilence()
    })
  }
}
