/** The clock on the wall behind the same port as virtual time. */
import type { Cancel, HoldableClock } from '../../core/ports/clock.ts'
import { WakeQueue } from './wake-queue.ts'

/** Never sleeps longer at once: a timer stands still while a laptop is suspended. */
const MAX_SLEEP_MS = 30_000

export class RealClock implements HoldableClock {
  private readonly queue = new WakeQueue()
  private timer: NodeJS.Timeout | null = null
  private readonly onError: ((error: unknown) => void) | undefined

  /** `onError` is told of an error thrown in a wake; without it the error is thrown to the process. The other wakes go on either way. */
  constructor(onError?: (error: unknown) => void) {
    this.onError = onError
  }

  now(): number {
    return Date.now()
  }

  at(time: number, wake: () => void): Cancel {
    if (!Number.isFinite(time)) throw new RangeError(`a wake needs a finite time, was ${time}`)
    const asked = this.queue.add(Math.max(time, this.now()), wake)
    this.sleep()
    return () => this.queue.cancel(asked)
  }

  holdAt(): Cancel {
    return () => undefined
  }

  /** Forgets everything scheduled. */
  close(): void {
    this.queue.clear()
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private sleep(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    const next = this.queue.nextTime()
    if (next === Infinity) return
    this.timer = setTimeout(this.wakeDue, Math.min(Math.max(next - this.now(), 0), MAX_SLEEP_MS))
  }

  private readonly wakeDue = (): void => {
    this.timer = null
    try {
      const now = this.now()
      while (this.queue.nextTime() <= now) this.wakeOne(this.queue.take())
    } finally {
      this.sleep()
    }
  }

  private wakeOne(wake: () => void): void {
    if (this.onError === undefined) {
      wake()
      return
    }
    try {
      wake()
    } catch (error) {
      this.onError(error)
    }
  }
}
