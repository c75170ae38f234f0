/** Critical alerts as the system's own notifications: each kind at most once a minute, however often it is raised. */
import { Notification } from 'electron'

import type { Alert } from '../contract/events.ts'

const QUIET_MS = 60_000

export class Notices {
  readonly #clicked: () => void
  readonly #saidAt = new Map<string, number>()

  /** `clicked`: a person wants to see */
  constructor(clicked: () => void) {
    this.#clicked = clicked
  }

  tell({ severity, code, message }: Alert, environment: string): void {
    if (severity !== 'critical') return
    const now = performance.now()
    const last = this.#saidAt.get(code)
    if (last !== undefined && now - last < QUIET_MS) return
    this.#saidAt.set(code, now)
    this.say(`Signalbox · ${environment}`, message, true)
  }

  say(title: string, body: string, isUrgent = false): void {
    if (!Notification.isSupported()) return
    const notification = new Notification({ title, body, urgency: isUrgent ? 'critical' : 'normal' })
    notification.on('click', this.#clicked)
    notification.show()
  }
}
