/** The stream says that the wallet moved, the list of income says why, a little later: each movement is told once. */
import type { Clock } from '../../core/ports/clock.ts'
import type { Income } from '../../core/ports/venue.ts'
import { faultOf } from './faults.ts'
import { incomeOf, incomeRows } from './income.ts'
import type { Rest } from './rest.ts'
import type { BinanceSettings } from './settings.ts'

interface IncomeDeps {
  readonly rest: Rest
  readonly clock: Clock
  readonly settings: BinanceSettings
  readonly tell: (income: Income) => void
  readonly problem: (message: string) => void
}

/** the exchange's clock may be ahead, and funding is booked a moment after its hour */
const AHEAD_MS = 5_000
/** rows of so long ago may still appear */
const OVERLAP_MS = 3_600_000

export class IncomeWatch {
  readonly #deps: IncomeDeps
  /** told already, with their times; what is older than the next question cannot come again */
  readonly #told = new Map<string, number>()
  #since = 0
  #isDue = false
  /** movements of which no row was seen yet */
  #owed = 0
  #looksLeft = 0

  constructor(deps: IncomeDeps) {
    this.#deps = deps
  }

  /** movements that are remembered */
  get remembered(): number {
    return this.#told.size
  }

  start(): void {
    this.#since = this.#deps.clock.now()
  }

  /** The wallet moved once more: the list is looked at until it has as many new rows, or often enough. */
  soon(): void {
    this.#owed++
    this.#looksLeft = this.#deps.settings.incomeLooks
    this.#later()
  }

  #later(): void {
    if (this.#isDue || this.#looksLeft === 0) return
    const { clock, settings } = this.#deps
    this.#isDue = true
    this.#looksLeft--
    clock.at(clock.now() + settings.incomeAfterMs, () => {
      this.#isDue = false
      void this.#look().then((fresh) => {
        this.#owed = Math.max(0, this.#owed - fresh)
        if (this.#owed > 0) this.#later()
      })
    })
  }

  /** How many movements were new. */
  async #look(): Promise<number> {
    const { rest, clock, tell, problem } = this.#deps
    const now = clock.now()
    try {
      const rows = incomeOf(await incomeRows(rest, this.#since, now + AHEAD_MS))
      const fresh = rows.filter(({ id }) => !this.#told.has(id))
      this.#since = Math.max(this.#since, now - OVERLAP_MS)
      for (const [id, at] of this.#told) if (at <= this.#since) this.#told.delete(id)
      for (const income of fresh) {
        this.#told.set(income.id, income.at)
        tell(income)
      }
      return fresh.length
    } catch (thrown) {
      problem(`the wallet's movements could not be read: ${faultOf(thrown).message}`)
      return 0
    }
  }
}
