/** One watcher of the live state: what it has not been told yet, and the message that tells it. */
import type { LiveMessage, LiveState, LiveTopic } from '../contract/live.ts'
import { LIVE_TOPICS } from '../contract/live.ts'
import { iso } from './answers/wire-values.ts'
import type { StationFacade } from './facade.ts'
import { LivePending } from './live-pending.ts'
import type { LiveSettings } from './live-settings.ts'
import { LiveTable } from './live-table.ts'
import { changesOf, stateOf } from './live-values.ts'
import type { Change } from './station-values.ts'

type Told = IteratorResult<LiveMessage, void>
const DONE: Told = { done: true, value: undefined }

export class LiveWatcher {
  readonly #facade: StationFacade
  readonly #settings: LiveSettings
  readonly #topics: ReadonlySet<LiveTopic>
  readonly #pending: LivePending
  #quotes = new LiveTable()
  #rankings = new LiveTable()
  #seq = 0
  #needsSnapshot = true
  /** a tick found something to tell while nobody asked */
  #due = false
  #ended = false
  #asking: ((told: Told) => void) | null = null

  constructor(facade: StationFacade, settings: LiveSettings, topics: readonly LiveTopic[] | undefined) {
    this.#facade = facade
    this.#settings = settings
    this.#topics = new Set(topics ?? LIVE_TOPICS)
    this.#pending = new LivePending(settings.maxPending)
  }

  /** Remembers what changed; too much of it and the watcher starts over with a snapshot. */
  note(changes: readonly Change[]): void {
    if (this.#needsSnapshot && this.#seq > 0) return
    for (const change of changes) if (this.#topics.has(change.topic)) this.#pending.add(change)
    if (!this.#pending.isFull) return
    this.#pending.clear()
    this.#needsSnapshot = true
  }

  /** The timer says: tell now, or as soon as asked. */
  flush(): void {
    if (!this.#hasNews()) return
    const asking = this.#asking
    this.#asking = null
    if (asking) asking(this.#message())
    else this.#due = true
  }

  next(): Promise<Told> {
    if (this.#ended) return Promise.resolve(DONE)
    if (this.#seq === 0 || (this.#due && this.#hasNews())) return Promise.resolve(this.#message())
    return new Promise((resolve) => {
      this.#asking = resolve
    })
  }

  end(): void {
    this.#ended = true
    this.#pending.clear()
    this.#asking?.(DONE)
    this.#asking = null
  }

  #hasNews(): boolean {
    return this.#needsSnapshot || !this.#pending.isEmpty
  }

  #message(): Told {
    this.#due = false
    const at = iso(this.#facade.status().now)
    const seq = ++this.#seq
    if (this.#needsSnapshot) return { done: false, value: { kind: 'snapshot', seq, at, state: this.#snapshot() } }
    const { tables } = this.#pending
    const quotes = tables.has('quotes') ? this.#quotes.changes(this.#facade.priceTable()) : null
    const rankings = tables.has('rankings') ? this.#rankings.changes(this.#facade.rankingTable()) : null
    const changes = changesOf(this.#facade, this.#pending)
    this.#pending.clear()
    return { done: false, value: { kind: 'changes', seq, at, changes, quotes, rankings } }
  }

  /** Rows noted meanwhile stay pending: the journal's tables may not have them yet. */
  #snapshot(): LiveState {
    this.#needsSnapshot = false
    this.#quotes = new LiveTable()
    this.#rankings = new LiveTable()
    this.#pending.keepRowsOnly()
    const state = stateOf(this.#facade, this.#topics, this.#settings.recentRows)
    const quotes = this.#topics.has('quotes') ? this.#quotes.changes(this.#facade.priceTable()) : null
    const rankings = this.#topics.has('rankings') ? this.#rankings.changes(this.#facade.rankingTable()) : null
    if (quotes !== null) state.quotes = quotes
    if (rankings !== null) state.rankings = rankings
    return state
  }
}
