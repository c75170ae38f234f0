/** When the Meta Strategy Controller runs: at start, every interval, when asked, once after a sleep; never two at once. */
import type { Trigger } from '../core/msc/decision.ts'
import type { Cancel, Clock } from '../core/ports/clock.ts'

interface MscScheduleDeps {
  readonly clock: Clock
  readonly intervalMs: number
  /** must not throw */
  readonly run: (trigger: Trigger) => void
}

/** A run this much late was slept over, ms. */
const SLEPT_MS = 60_000

export class MscSchedule {
  readonly #deps: MscScheduleDeps
  #cancel: Cancel | null = null
  #dueAt: number | null = null
  #isRunning = false
  /** asked for while another ran */
  #waiting: Trigger | null = null

  constructor(deps: MscScheduleDeps) {
    this.#deps = deps
  }

  /** Epoch ms of the next scheduled run; null: it is stopped. */
  get nextAt(): number | null {
    return this.#dueAt
  }

  get isRunning(): boolean {
    return this.#isRunning
  }

  /** The first run comes once control is with the clock. */
  start(): void {
    const now = this.#deps.clock.now()
    this.#wakeAt(now, () => {
      this.#wakeAt(now + this.#deps.intervalMs)
      this.runNow('start')
    })
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#dueAt = null
  }

  /** The computer is awake again: what it slept over is made up for, once. */
  woke(): void {
    if (this.#dueAt !== null && this.#deps.clock.now() >= this.#dueAt) this.#fire()
  }

  /** At once; one asked for from within a run comes right after it. */
  runNow(trigger: Trigger): void {
    if (this.#isRunning) {
      this.#waiting ??= trigger
      return
    }
    this.#isRunning = true
    try {
      this.#deps.run(trigger)
    } finally {
      this.#isRunning = false
    }
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting !== null) this.#deps.clock.at(this.#deps.clock.now(), () => this.runNow(waiting))
  }

  #wakeAt(time: number, wake: () => void = () => this.#fire()): void {
    this.#cancel?.()
    this.#dueAt = time
    this.#cancel = this.#deps.clock.at(time, wake)
  }

  #fire(): void {
    const { clock, intervalMs } = this.#deps
    const now = clock.now()
    const isLate = now - (this.#dueAt ?? now) > SLEPT_MS
    this.#wakeAt(now + intervalMs)
    this.runNow(isLate ? 'wake' : 'schedule')
  }
}
