/** One made-up time for the station and its venue: nothing happens in it but what was asked for, one wake after another. */
import { WakeQueue } from '../../src/adapters/system/wake-queue.ts'
import type { Cancel, HoldableClock } from '../../src/core/ports/clock.ts'

export class MadeUpTime implements HoldableClock {
  readonly #queue = new WakeQueue()
  readonly #held = new Set<{ readonly time: number }>()
  #now: number

  constructor(startAt: number) {
    this.#now = startAt
  }

  now(): number {
    return this.#now
  }

  at(time: number, wake: () => void): Cancel {
    if (!Number.isFinite(time)) throw new RangeError(`a wake needs a finite time, was ${time}`)
    const asked = this.#queue.add(Math.max(time, this.#now), wake)
    return () => this.#queue.cancel(asked)
  }

  holdAt(time: number): Cancel {
    const held = { time }
    this.#held.add(held)
    return () => this.#held.delete(held)
  }

  /** of the next wake; `Infinity`: there is none */
  get nextAt(): number {
    return this.#queue.nextTime()
  }

  /** Whether work elsewhere does not let time go on to `time`. */
  isHeldBefore(time: number): boolean {
    for (const held of this.#held) if (held.time <= time) return true
    return false
  }

  wakeNext(): void {
    this.#now = Math.max(this.#now, this.#queue.nextTime())
    this.#queue.take()()
  }

  /** To a time before the next wake. */
  passTo(time: number): void {
    this.#now = Math.max(this.#now, time)
  }
}

/** What a computer shows of that time to its station: it may be wrong, sleep, or end. */
export class ComputerClock implements HoldableClock {
  readonly #time: MadeUpTime
  readonly #failed: (problem: unknown) => void
  #missed: (() => void)[] | null = null
  #isDead = false
  /** ms by which it is ahead */
  skewMs = 0

  constructor(time: MadeUpTime, failed: (problem: unknown) => void) {
    this.#time = time
    this.#failed = failed
  }

  now(): number {
    return this.#time.now() + this.skewMs
  }

  at(time: number, wake: () => void): Cancel {
    return this.#time.at(time - this.skewMs, () => this.#due(wake))
  }

  holdAt(time: number): Cancel {
    return this.#time.holdAt(time - this.skewMs)
  }

  /** What would be woken meanwhile is woken when it wakes up. */
  sleep(): void {
    this.#missed = []
  }

  wakeUp(): void {
    const missed = this.#missed ?? []
    this.#missed = null
    for (const wake of missed) this.#due(wake)
  }

  /** Nothing is woken any more. */
  die(): void {
    this.#isDead = true
  }

  #due(wake: () => void): void {
    if (this.#isDead) return
    if (this.#missed !== null) {
      this.#missed.push(wake)
      return
    }
    try {
      wake()
    } catch (problem) {
      this.#failed(problem)
    }
  }
}
