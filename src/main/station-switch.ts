/** Which station is behind the window: none yet, this computer's own, or one elsewhere; one at a time. */
import type { MessagePortMain } from 'electron'

import type { Alert } from '../contract/events.ts'
import type { SystemEvent } from '../station/station-values.ts'
import { type Glance, GlanceKeeper } from './glance.ts'
import type { StationHost } from './station-host.ts'

export interface SwitchListeners {
  readonly taken: (host: StationHost) => void
  readonly changed: (glance: Glance, host: StationHost) => void
  readonly alerted: (alert: Alert, environment: string) => void
}

export class StationSwitch {
  readonly #listeners: SwitchListeners
  #host: StationHost | null = null
  /** null: it did not come up */
  #opening: Promise<StationHost | null> = Promise.resolve(null)
  #glance: GlanceKeeper | null = null
  /** resolves with the station that is there, or comes next */
  #next = Promise.withResolvers<StationHost>()

  constructor(listeners: SwitchListeners) {
    this.#listeners = listeners
  }

  get isEmpty(): boolean {
    return this.#host === null
  }

  get isOwn(): boolean {
    return this.#host?.isOwn ?? true
  }

  /** positions that nobody watches once this process ends */
  get openPositions(): number {
    return this.#host?.openPositions() ?? 0
  }

  tell(kind: SystemEvent): void {
    this.#host?.tell(kind)
  }

  /** A page that comes early waits until the station is up. */
  connect(port: MessagePortMain): void {
    void this.#next.promise.then((host) => host.connect(port))
  }

  async take(open: () => Promise<StationHost>): Promise<void> {
    const opening = open()
    this.#opening = opening.catch(() => null)
    const host = await opening
    this.#host = host
    this.#listeners.taken(host)
    const glance = new GlanceKeeper(host, {
      changed: (now) => this.#listeners.changed(now, host),
      alerted: (alert) => this.#listeners.alerted(alert, glance.now.status?.environment ?? host.place),
    })
    this.#glance = glance
    void glance.start()
    this.#next.resolve(host)
  }

  /** Also of one that is just coming up. */
  async letGo(): Promise<void> {
    const host = await this.#opening
    if (host === null) return
    this.#opening = Promise.resolve(null)
    this.#next = Promise.withResolvers<StationHost>()
    this.#host = null
    this.#glance?.stop()
    await host.close()
  }

  async engageEmergency(reason: string): Promise<void> {
    const line = this.#host?.openLine()
    try {
      await line?.client.emergency.engage({ reason })
    } finally {
      line?.close()
    }
  }
}
