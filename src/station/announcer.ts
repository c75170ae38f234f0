/** Tells what happened: on the event bus, in the journal, and to whoever looks at the live state. Events never steer. */
import type { TraceId } from '../core/model/ids.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Journal } from '../core/ports/journal.ts'
import type { EventBus } from './event-bus.ts'
import { journaledData } from './event-data.ts'
import type { StationEvents, StationEventType } from './events.ts'
import type { Change, JournalRow, Topic } from './station-values.ts'

type ChangeListener = (changes: readonly Change[]) => void

interface AnnouncerDeps {
  readonly bus: EventBus<StationEvents>
  readonly journal: Journal
  readonly clock: Clock
  readonly listenerFailed: (problem: unknown) => void
}

export class Announcer {
  readonly #deps: AnnouncerDeps
  #listeners: readonly ChangeListener[] = []
  #changes = new Map<string, Change>()
  #seq = 0

  constructor(deps: AnnouncerDeps) {
    this.#deps = deps
  }

  /** Number of the last journaled event; a restart goes on from it. */
  resumeAfter(seq: number): void {
    this.#seq = seq
  }

  publish<Type extends StationEventType>(type: Type, traceId: TraceId | null, event: StationEvents[Type]): void {
    const { bus, journal, clock } = this.#deps
    const data = journaledData(type, event)
    if (data !== null) journal.write('events', { seq: ++this.#seq, at: clock.now(), type, traceId, data })
    bus.publish(type, event)
  }

  /** This key of the live state is another now; told when the input being handled is done. */
  touch(topic: Topic, key = '', row?: JournalRow): void {
    if (this.#listeners.length === 0) return
    this.#changes.set(`${topic} ${key}`, row === undefined ? { topic, key } : { topic, key, row })
  }

  onChange(listener: ChangeListener): () => void {
    this.#listeners = [...this.#listeners, listener]
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== listener)
    }
  }

  /** Tells the listeners what was touched since the last time. */
  tellChanges(): void {
    if (this.#changes.size === 0) return
    const changes = [...this.#changes.values()]
    this.#changes = new Map()
    for (const listener of this.#listeners) {
      try {
        listener(changes)
      } catch (problem) {
        this.#deps.listenerFailed(problem)
      }
    }
  }
}
