/**
 * A connection that stays: opened anew when it is lost or silent, with growing pauses, and replaced before the exchange
 * ends it. It says when it is up and when it is down.
 */
import type { Cancel, Clock } from '../../core/ports/clock.ts'
import type { BinanceSettings } from './settings.ts'
import { StreamLine } from './stream-line.ts'
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
  /** silent for so long, ms, it is broken; null: silence is usual */
  readonly silentMs: number | null
  /** the next connection is up before the old one goes; else it is closed first */
  readonly overlaps: boolean
  readonly onMessage: (message: unknown) => void
  readonly onUp: () => void
  readonly onDown: (reason: string) => void
}

export class StreamSocket {
  readonly #options: SocketOptions
  #isWanted = false
  #line: StreamLine | null = null
  /** opened to take over from an old line */
  #next: StreamLine | null = null
  /** of openings: what an earlier one learns is of no interest */
  #attempt = 0
  #failures = 0
  #upSince: number | null = null
  #heardAt: number | null = null
  #messages = 0
  #cancelWatch: Cancel | null = null
  #cancelAge: Cancel | null = null
  #cancelReopen: Cancel | null = null
  reconnects = 0

  constructor(options: SocketOptions) {
    this.#options = options
  }

  get isUp(): boolean {
    return this.#upSince !== null
  }

  /** epoch ms; null: it is down */
  get upSince(): number | null {
    return this.#upSince
  }

  /** epoch ms of the last message; null: none yet */
  get heardAt(): number | null {
    return this.#heardAt
  }

  get messages(): number {
    return this.#messages
  }

  start(): void {
    if (this.#isWanted) return
    this.#isWanted = true
    void this.#open()
  }

  stop(): void {
    this.#isWanted = false
    this.#drop()
    this.#upSince = null
  }

  /** Closes this connection; a new one is opened at once. */
  renew(reason: string): void {
    if (!this.#isWanted) return
    this.#failures = 0
    this.#lost(reason, 0)
  }

  async #open(): Promise<void> {
    const attempt = ++this.#attempt
    try {
      const line = await this.#made(
        () => this.#up(),
        (reason) => this.#lost(reason),
      )
      if (attempt !== this.#attempt || !this.#isWanted) return
      this.#line = line
      void line.open()
    } catch (problem) {
      if (attempt === this.#attempt) this.#lost(String(problem))
    }
  }

  async #made(onUp: () => void, onLost: (reason: string) => void): Promise<StreamLine> {
    const { client, streams, clock, onMessage } = this.#options
    const url = await this.#options.address()
    const heard = (message: unknown): void => {
      this.#heardAt = clock.now()
      this.#messages++
      onMessage(message)
    }
    return new StreamLine({ client, url, streams, onMessage: heard, onUp, onLost })
  }

  #up(): void {
    const now = this.#options.clock.now()
    this.#upSince = now
    this.#failures = 0
    this.#watchSilence(now)
    this.#watchAge(now)
    this.#options.onUp()
  }

  #lost(reason: string, wait = this.#pause()): void {
    this.#drop()
    if (!this.#isWanted) return
    const wasUp = this.isUp
    this.#upSince = null
    this.#failures++
    this.reconnects++
    const { clock, onDown } = this.#options
    this.#cancelReopen = clock.at(clock.now() + wait, () => void this.#open())
    if (wasUp) onDown(reason)
  }

  #drop(): void {
    this.#attempt++
    for (const cancel of [this.#cancelWatch, this.#cancelAge, this.#cancelReopen]) cancel?.()
    this.#line?.close()
    this.#next?.close()
    this.#line = null
    this.#next = null
  }

  #pause(): number {
    const { settings, random } = this.#options
    const most = Math.min(settings.reconnectMs * 2 ** this.#failures, settings.reconnectMostMs)
    return Math.round(most / 2 + (random() * most) / 2)
  }

  /** Counted from the last message, or from `since` where nothing was said yet. */
  #watchSilence(since: number): void {
    const { clock, silentMs } = this.#options
    if (silentMs === null) return
    const heardAt = Math.max(since, this.#heardAt ?? since)
    this.#cancelWatch = clock.at(heardAt + silentMs, () => {
      const silent = clock.now() - Math.max(since, this.#heardAt ?? since)
      if (silent >= silentMs) this.#lost(`nothing was heard for ${Math.round(silent / SECOND_MS)} s`, 0)
      else this.#watchSilence(since)
    })
  }

  /** The exchange ends every connection after a day: ours ends earlier, each at a time of its own. */
  #watchAge(since: number): void {
    const { clock, settings, random, overlaps } = this.#options
    this.#cancelAge = clock.at(since + Math.round(settings.connectionMs * (1 - random() * AGE_SPREAD)), () => {
      if (overlaps) void this.#replace()
      else this.renew('it is a day old')
    })
  }

  /** Until the new line is up the old one goes on; what both tell is told twice. */
  async #replace(): Promise<void> {
    const attempt = this.#attempt
    const { clock, settings } = this.#options
    const isStale = (): boolean => attempt !== this.#attempt
    const later = (): void => {
      if (isStale()) return
      this.#next = null
      this.#cancelAge = clock.at(clock.now() + settings.reconnectMostMs, () => void this.#replace())
    }
    try {
      const line = await this.#made(
        () => this.#swap(line),
        () => (this.#line === line ? this.#lost('it was cut') : later()),
      )
      if (isStale()) return
      this.#next = line
      void line.open()
    } catch {
      later()
    }
  }

  #swap(line: StreamLine): void {
    this.#line?.close()
    this.#line = line
    this.#next = null
    const now = this.#options.clock.now()
    this.#upSince = now
    this.#watchAge(now)
  }
}

const SECOND_MS = 1000
const AGE_SPREAD = 0.1
