/** Announces facts to whoever listens, at once and in order. A failing listener never stops another; everything is counted. */

export type Unsubscribe = () => void

interface Channel {
  listeners: readonly ((event: never) => void)[]
  published: number
}

/** How often each event was published, and how often a listener threw. */
export interface BusCounts {
  readonly published: Readonly<Record<string, number>>
  readonly failures: number
}

/** `Events` maps each event's name to its data. */
export class EventBus<Events extends object> {
  readonly #channels = new Map<keyof Events, Channel>()
  readonly #onFailure: (type: string, problem: unknown) => void
  #failures = 0

  /** `onFailure` is told of a listener that threw; it must not throw itself. */
  constructor(onFailure: (type: string, problem: unknown) => void) {
    this.#onFailure = onFailure
  }

  /** Copy-on-write: subscribing or leaving while an event is told concerns the next event. */
  subscribe<Type extends keyof Events>(type: Type, listener: (event: Events[Type]) => void): Unsubscribe {
    const channel = this.#channel(type)
    channel.listeners = [...channel.listeners, listener]
    return () => {
      channel.listeners = channel.listeners.filter((each) => each !== listener)
    }
  }

  publish<Type extends keyof Events>(type: Type, event: Events[Type]): void {
    const channel = this.#channels.get(type) ?? this.#channel(type)
    channel.published++
    const listeners = channel.listeners as readonly ((event: Events[Type]) => void)[]
    for (let index = 0; index < listeners.length; index++) {
      try {
        listeners[index]!(event)
      } catch (problem) {
        this.#failures++
        this.#onFailure(String(type), problem)
      }
    }
  }

  counts(): BusCounts {
    const published: Record<string, number> = {}
    for (const [type, channel] of this.#channels) published[String(type)] = channel.published
    return { published, failures: this.#failures }
  }

  #channel(type: keyof Events): Channel {
    let channel = this.#channels.get(type)
    if (!channel) {
      channel = { listeners: [], published: 0 }
      this.#channels.set(type, channel)
    }
    return channel
  }
}
