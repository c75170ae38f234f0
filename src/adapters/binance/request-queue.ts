/** Requests wait here for their turn: what reduces risk before what is waited for, entries before reading, none for ever. */
import type { Cancel, Clock } from '../../core/ports/clock.ts'
import { BinanceFault } from './faults.ts'
import type { BinanceSettings } from './settings.ts'
import type { Priority, WeightBudget } from './weight-budget.ts'

export interface Turn {
  readonly priority: Priority
  readonly weight: number
  readonly isNewOrder: boolean
}

interface Waiting extends Turn {
  /** epoch ms at which it has failed */
  readonly until: number
  readonly leave: () => void
  readonly fail: (fault: BinanceFault) => void
}

const RANKS: Readonly<Record<Priority, number>> = { safety: 0, recovery: 1, entry: 2, read: 3 }

export class RequestQueue {
  readonly #budget: WeightBudget
  readonly #clock: Clock
  readonly #settings: BinanceSettings
  /** by rank, then by arrival */
  readonly #waiting: Waiting[] = []
  #cancelWake: Cancel | null = null

  constructor(budget: WeightBudget, clock: Clock, settings: BinanceSettings) {
    this.#budget = budget
    this.#clock = clock
    this.#settings = settings
  }

  get length(): number {
    return this.#waiting.length
  }

  /** Resolves when it may leave, its weight spent; null: at once. @throws BinanceFault when its patience would end first: it was not sent */
  admit(turn: Turn): Promise<void> | null {
    const now = this.#clock.now()
    const wait = this.#waitOf(turn, now)
    if (wait <= 0 && this.#waiting.length === 0) {
      this.#budget.spend(turn.weight, turn.isNewOrder, now)
      return null
    }
    const patience = this.#patienceOf(turn.priority)
    if (wait > patience) throw notSent(wait)
    return new Promise<void>((leave, fail) => {
      const rank = RANKS[turn.priority]
      const index = this.#waiting.findIndex((other) => RANKS[other.priority] > rank)
      this.#waiting.splice(index < 0 ? this.#waiting.length : index, 0, { ...turn, until: now + patience, leave, fail })
      this.#pump()
    })
  }

  #waitOf({ priority, weight, isNewOrder }: Turn, now: number): number {
    return this.#budget.waitFor(priority, weight, isNewOrder, now)
  }

  #patienceOf(priority: Priority): number {
    const { safetyPatienceMs, entryPatienceMs, readPatienceMs } = this.#settings
    return priority === 'safety' ? safetyPatienceMs : priority === 'entry' ? entryPatienceMs : readPatienceMs
  }

  /** Whoever may leave does, the first in rank first. */
  #pump(): void {
    const now = this.#clock.now()
    let next = Infinity
    for (const each of this.#waiting.splice(0)) {
      const wait = this.#waitOf(each, now)
      if (wait <= 0) {
        this.#budget.spend(each.weight, each.isNewOrder, now)
        each.leave()
      } else if (now + wait > each.until) {
        each.fail(notSent(wait))
      } else {
        this.#waiting.push(each)
        next = Math.min(next, now + wait)
      }
    }
    this.#cancelWake?.()
    this.#cancelWake = next === Infinity ? null : this.#clock.at(next, () => this.#pump())
  }
}

const SECOND_MS = 1000

const notSent = (wait: number): BinanceFault =>
  new BinanceFault({
    status: 429,
    code: null,
    message: `not sent: the exchange asked for ${Math.ceil(wait / SECOND_MS)} s of silence, or our own limit is reached`,
    retryAfterMs: wait,
    isOurs: true,
  })
