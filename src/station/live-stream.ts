/** The live state for every screen: one snapshot, then numbered changes, coalesced per watcher on a short timer. */
import { AsyncIteratorClass } from '@orpc/server'

import type { LiveMessage, LiveTopic } from '../contract/live.ts'
import type { StationFacade } from './facade.ts'
import { LIVE_SETTINGS, type LiveSettings } from './live-settings.ts'
import { LiveWatcher } from './live-watcher.ts'

export { LIVE_SETTINGS, type LiveSettings }

type Cancel = () => void

function afterMs(ms: number, wake: () => void): Cancel {
  const timer = setTimeout(wake, ms)
  return () => clearTimeout(timer)
}

export class LiveStream {
  readonly #facade: StationFacade
  readonly #settings: LiveSettings
  readonly #after: (ms: number, wake: () => void) => Cancel
  readonly #watchers = new Set<LiveWatcher>()
  #leave: Cancel | null = null
  #cancelTick: Cancel | null = null

  /** `after` is real time: screens are served at their own pace, whatever the station's clock does. */
  constructor(facade: StationFacade, settings: LiveSettings = LIVE_SETTINGS, after = afterMs) {
    this.#facade = facade
    this.#settings = settings
    this.#after = after
  }

  /** how many watch now; none: the station is not listened to */
  get watching(): number {
    return this.#watchers.size
  }

  /** Ends when the signal aborts, the iterator is returned or the stream closes. */
  watch(topics: readonly LiveTopic[] | undefined, signal?: AbortSignal): AsyncIteratorClass<LiveMessage, void, void> {
    const watcher = new LiveWatcher(this.#facade, this.#settings, topics)
    const end = (): void => {
      signal?.removeEventListener('abort', end)
      watcher.end()
      this.#remove(watcher)
    }
    if (signal?.aborted) watcher.end()
    else this.#add(watcher)
    signal?.addEventListener('abort', end)
    return new AsyncIteratorClass(
      () => watcher.next(),
      async () => end(),
    )
  }

  close(): void {
    for (const watcher of this.#watchers) {
      watcher.end()
      this.#remove(watcher)
    }
  }

  #add(watcher: LiveWatcher): void {
    this.#watchers.add(watcher)
    this.#leave ??= this.#facade.onChange((changes) => {
      for (const each of this.#watchers) each.note(changes)
      this.#cancelTick ??= this.#after(this.#settings.flushMs, () => this.#tick())
    })
  }

  #remove(watcher: LiveWatcher): void {
    this.#watchers.delete(watcher)
    if (this.#watchers.size > 0) return
    this.#leave?.()
    this.#cancelTick?.()
    this.#leave = null
    this.#cancelTick = null
  }

  #tick(): void {
    this.#cancelTick = null
    for (const watcher of this.#watchers) watcher.flush()
  }
}
