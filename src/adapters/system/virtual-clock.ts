/** Virtual time: a discrete-event queue that a replay, the market simulator and the paper exchange share, at 1×…1000× or as fast as it goes. */
import type { Cancel, HoldableClock } from '../../core/ports/clock.ts'
import { WakeQueue } from './wake-queue.ts'

/** Multiple of real time, 1…1000, or `max`: from one event to the next without waiting. */
export type Speed = number | 'max'

export interface VirtualClockOptions {
  /** epoch ms at which virtual time begins */
  readonly startAt: number
  readonly speed?: Speed
  /** ms of work before the doors get their turn */
  readonly sliceMs?: number
  /** told of an error thrown in a wake, and the clock goes on; without it `run` rejects and the clock stops */
  readonly onError?: (error: unknown) => void
}

const SLOWEST = 1
const FASTEST = 1000
const SLICE_MS = 5
/** Real ms that virtual time may fall behind before it stops trying to catch up: after a suspend the world goes on, it does not race. */
const MAX_LAG_MS = 1000
/** Longest real sleep at once. */
const MAX_SLEEP_MS = 1000

interface Run {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export class VirtualClock implements HoldableClock {
  private readonly queue = new WakeQueue()
  private readonly sliceMs: number
  private readonly onError: ((error: unknown) => void) | undefined
  private speed: Speed
  private time: number
  private paused = false
  private holds = 0
  /** times that may not be reached yet, one for each hold */
  private readonly barriers = new Set<{ readonly time: number }>()
  /** the earliest of them */
  private barrier = Infinity
  private waking = false
  private current: Run | null = null
  /** virtual and real time that belong together, for paced speeds */
  private anchorVirtual: number
  private anchorReal = 0
  private timer: NodeJS.Timeout | null = null
  private immediate: NodeJS.Immediate | null = null

  constructor(options: VirtualClockOptions) {
    this.time = options.startAt
    this.anchorVirtual = options.startAt
    this.speed = checkedSpeed(options.speed ?? 'max')
    this.sliceMs = options.sliceMs ?? SLICE_MS
    this.onError = options.onError
  }

  /** Inside a wake the time of that wake; between wakes at a paced speed the time that has gone by, never beyond the next wake. */
  now(): number {
    if (!this.waking && this.pacing()) {
      this.time = Math.max(this.time, Math.min(this.target(), this.queue.nextTime(), this.barrier - 1))
    }
    return this.time
  }

  at(time: number, wake: () => void): Cancel {
    if (!Number.isFinite(time)) throw new RangeError(`a wake needs a finite time, was ${time}`)
    const asked = this.queue.add(Math.max(time, this.now()), wake)
    if (!this.waking) this.pumpSoon()
    return () => this.queue.cancel(asked)
  }

  /** Resolves on `stop`, or when nothing is scheduled and nothing holds the clock; rejects with the error of a wake. */
  run(): Promise<void> {
    if (this.current !== null) throw new Error('the clock is running already')
    return new Promise((resolve, reject) => {
      this.current = { resolve, reject }
      this.anchor()
      this.pumpSoon()
    })
  }

  stop(): void {
    this.finish((run) => run.resolve())
  }

  get pace(): { readonly speed: Speed; readonly paused: boolean } {
    return { speed: this.speed, paused: this.paused }
  }

  setSpeed(speed: Speed): void {
    const checked = checkedSpeed(speed)
    this.now()
    this.speed = checked
    this.anchor()
    this.pumpSoon()
  }

  /** While paused no virtual time passes and nothing is woken. */
  setPaused(paused: boolean): void {
    this.now()
    this.paused = paused
    this.anchor()
    this.pumpSoon()
  }

  /** Keeps `run` from resolving while nothing is scheduled; the answer lets go. */
  hold(): Cancel {
    this.holds++
    let held = true
    return () => {
      if (!held) return
      held = false
      this.holds--
      this.pumpSoon()
    }
  }

  holdAt(time: number): Cancel {
    const held = { time }
    this.barriers.add(held)
    this.barrier = Math.min(this.barrier, time)
    return () => {
      if (!this.barriers.delete(held)) return
      this.now()
      this.barrier = Math.min(Infinity, ...[...this.barriers].map((each) => each.time))
      this.pumpSoon()
    }
  }

  /** For tests and stepping: wakes everything up to and including `time`, at once; errors are thrown here. */
  advanceTo(time: number): void {
    if (this.current !== null) throw new Error('the clock is running by itself')
    if (time < this.time) throw new RangeError(`virtual time is ${this.time} already, asked for ${time}`)
    while (this.nextWake() <= time) this.wakeNext()
    if (time >= this.barrier) throw new Error(`virtual time is held at ${this.barrier}, asked for ${time}`)
    this.time = time
  }

  private pacing(): boolean {
    return this.speed !== 'max' && !this.paused && this.current !== null
  }

  /** Where virtual time should be by now, at a paced speed. */
  private target(): number {
    const speed = this.speed === 'max' ? 0 : this.speed
    return this.anchorVirtual + Math.floor((performance.now() - this.anchorReal) * speed)
  }

  private anchor(): void {
    this.anchorVirtual = this.time
    this.anchorReal = performance.now()
  }

  private readonly pump = (): void => {
    this.timer = null
    this.immediate = null
    if (this.current === null) return
    try {
      this.slice()
    } catch (error) {
      this.finish((run) => run.reject(error))
      return
    }
    if (this.queue.size === 0 && this.holds === 0 && this.barriers.size === 0) this.finish((run) => run.resolve())
    else this.pumpLater()
  }

  private slice(): void {
    const until = performance.now() + this.sliceMs
    const { speed } = this
    const horizon = this.horizon()
    // a wake may pause the clock or give it another pace: the horizon was of the old one
    while (this.current !== null && !this.paused && this.speed === speed && this.nextWake() <= horizon) {
      try {
        this.wakeNext()
      } catch (error) {
        if (this.onError === undefined) throw error
        this.onError(error)
      }
      if (performance.now() >= until) return
    }
  }

  /** Time of the next wake that may come; `Infinity` when there is none, or none before what is held. */
  private nextWake(): number {
    const next = this.queue.nextTime()
    return next < this.barrier ? next : Infinity
  }

  /** How far this slice may go. */
  private horizon(): number {
    if (this.speed === 'max') return Number.MAX_VALUE
    const target = this.target()
    const due = Math.min(target, this.nextWake())
    if (target - due <= MAX_LAG_MS * this.speed) return target
    this.time = Math.max(this.time, due)
    this.anchor()
    return this.time
  }

  private wakeNext(): void {
    this.time = Math.max(this.time, this.queue.nextTime())
    const wake = this.queue.take()
    this.waking = true
    try {
      wake()
    } finally {
      this.waking = false
    }
  }

  private pumpLater(): void {
    const next = this.nextWake()
    if (this.immediate !== null || this.paused || next === Infinity || this.current === null) return
    const waitMs = this.speed === 'max' ? 0 : (next - this.target()) / this.speed
    if (waitMs > 0) this.timer = setTimeout(this.pump, Math.min(Math.ceil(waitMs), MAX_SLEEP_MS))
    else this.immediate = setImmediate(this.pump)
  }

  /** Something outside a wake changed: look again, after the caller is done. */
  private pumpSoon(): void {
    if (this.current === null || this.immediate !== null) return
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.immediate = setImmediate(this.pump)
  }

  private finish(settle: (run: Run) => void): void {
    const run = this.current
    if (run === null) return
    this.now()
    this.current = null
    if (this.timer !== null) clearTimeout(this.timer)
    if (this.immediate !== null) clearImmediate(this.immediate)
    this.timer = null
    this.immediate = null
    settle(run)
  }
}

function checkedSpeed(speed: Speed): Speed {
  if (speed === 'max' || (speed >= SLOWEST && speed <= FASTEST)) return speed
  throw new RangeError(`speed must be ${SLOWEST}…${FASTEST} or max, was ${speed}`)
}
