/** Keeps the page connected: opens a wire, watches the live state, notices when it dies, and tries again. */
import type { LiveMessage, LiveTopic } from '../../contract/live.ts'
import { backOffMs } from './back-off.ts'
import type { StationClient } from './client.ts'
import type { LinkState } from './link-state.ts'
import { pageNow } from './page-clock.ts'
import type { ClosedWhy, Transport } from './transport.ts'

export interface ConnectionDeps {
  readonly open: () => Promise<Transport>
  readonly station: StationClient
  readonly take: (link: Transport['link'] | null) => void
  readonly topics: LiveTopic[]
  /** false: a message is missing or makes no sense, a new snapshot is needed */
  readonly apply: (message: LiveMessage) => boolean
  readonly tell: (state: LinkState) => void
  /** ms that a question took to be answered */
  readonly answered: (ms: number) => void
}

/** Between two questions whether the station still answers, and how long it may take. */
const ASK_EVERY_MS = 2500
const ANSWER_WITHIN_MS = 5000
/** Subscriptions in a row that told nothing usable: then the wire is left, and a new one opened after a wait. */
const MOST_REFUSED = 3
/** A wire that broke sooner does not count as well again: the next wait is longer still. */
const STEADY_MS = 10_000

export class Connection {
  readonly #deps: ConnectionDeps
  #state: LinkState = { phase: 'connecting' }
  #attempt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #transport: Transport | null = null
  #isOpening = false
  #refused = 0

  constructor(deps: ConnectionDeps) {
    this.#deps = deps
  }

  start(): void {
    void this.#connect()
  }

  /** Does not wait for the next attempt. */
  retryNow(): void {
    if (this.#state.phase !== 'lost' && this.#state.phase !== 'signed-out') return
    clearTimeout(this.#timer)
    this.#attempt = 0
    void this.#connect()
  }

  /** What the page holds cannot be trusted: everything is asked for anew. */
  startOver(): void {
    this.#transport?.close()
  }

  async #connect(): Promise<void> {
    if (this.#isOpening) return
    this.#isOpening = true
    try {
      const transport = await this.#deps.open().finally(() => (this.#isOpening = false))
      this.#transport = transport
      transport.onClosed((why) => this.#lose(transport, why))
      this.#deps.take(transport.link)
      await this.#watch(transport)
    } catch {
      this.#retryLater()
    }
  }

  async #watch(transport: Transport): Promise<void> {
    void this.#keepAsking(transport)
    while (this.#transport === transport) {
      try {
        const messages = await this.#deps.station.station.watch({ topics: this.#deps.topics })
        for await (const message of messages) {
          if (!this.#deps.apply(message)) {
            this.#refused++
            break
          }
          this.#refused = 0
          if (this.#state.phase !== 'live') this.#live()
        }
      } catch {
        transport.close()
        return
      }
      if (this.#refused < MOST_REFUSED) continue
      this.#refused = 0
      transport.close()
    }
  }

  async #keepAsking(transport: Transport): Promise<void> {
    while (this.#transport === transport) {
      const asked = performance.now()
      try {
        await this.#deps.station.station.health(undefined, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
        this.#deps.answered(performance.now() - asked)
      } catch {
        transport.close()
        return
      }
      await new Promise((resolve) => {
        setTimeout(resolve, ASK_EVERY_MS)
      })
    }
  }

  #live(): void {
    this.#tell({ phase: 'live', since: pageNow() })
  }

  #lose(transport: Transport, why: ClosedWhy): void {
    if (this.#transport !== transport) return
    this.#transport = null
    this.#deps.take(null)
    if (why === 'signed-out') this.#tell({ phase: 'signed-out' })
    else this.#retryLater()
  }

  #retryLater(): void {
    const now = pageNow()
    const before = this.#state
    if (before.phase === 'live' && now - before.since > STEADY_MS) this.#attempt = 0
    const wait = backOffMs(this.#attempt++, Math.random())
    const since = before.phase === 'lost' ? before.since : now
    this.#tell({ phase: 'lost', since, attempt: this.#attempt, retryAt: now + wait })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#connect(), wait)
  }

  #tell(state: LinkState): void {
    this.#state = state
    this.#deps.tell(state)
  }
}
