/** Knows the account at any instant, samples it for the journal, and notices when equity jumps for no known reason. */
import type { AccountState } from '../core/model/position.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Journal } from '../core/ports/journal.ts'
import type { Books } from './books.ts'
import type { MarketBoard } from './market-board.ts'

interface EquityKeeperDeps {
  readonly books: Books
  readonly market: MarketBoard
  readonly clock: Clock
  readonly journal: Journal
  readonly sampleMs: number
  /** the books may lack what has happened at the venue: no sample before they have it */
  readonly isBehind: () => boolean
  /** unit price of the first sample since then, from the journal; null: none */
  readonly navAtDayStart: (day: number) => number | null
  readonly sampled: () => void
}

const DAY_MS = 86_400_000

export class EquityKeeper {
  readonly #deps: EquityKeeperDeps
  #account: AccountState | null = null
  #isFresh = false
  /** equity of the last sample, and whether a fill or a flow has moved it since */
  #lastSample: number | null = null
  #isMoved = false
  #jump = 0
  #day = -1
  #navAtDayStart = 1

  constructor(deps: EquityKeeperDeps) {
    this.#deps = deps
  }

  /** Samples from now on. */
  start(): void {
    const { clock, sampleMs } = this.#deps
    const next = Math.floor(clock.now() / sampleMs + 1) * sampleMs
    clock.at(next, () => {
      this.sample()
      this.start()
    })
  }

  /** The account now; null until there is money. Looking changes nothing: what the highs are made of are the samples. */
  account(): AccountState | null {
    const { books, market, clock } = this.#deps
    if (books.isNew) return null
    if (this.#account === null || !this.#isFresh) {
      this.#account = books.account(clock.now(), market.markOf)
      this.#isFresh = true
    }
    return this.#account
  }

  /** A price moved: whoever asks next gets a new account. */
  refresh(): void {
    this.#isFresh = false
  }

  /** A fill or a flow moved money. */
  moved(): void {
    this.#isFresh = false
    this.#isMoved = true
  }

  /** What the day has lost, USDT, ≥ 0: deposits and withdrawals do not count. */
  dayLossUsd(): number {
    const account = this.account()
    return account === null ? 0 : Math.max(0, this.#dayStart(account) - account.nav) * account.units.toNumber()
  }

  /** Unit price at 00:00 UTC; that of now while there is no other. */
  navAtDayStart(account: AccountState): number {
    return this.#dayStart(account)
  }

  /** Largest unexplained jump since the last reconciliation, a fraction. */
  get jump(): number {
    return this.#jump
  }

  /** The books agree with the venue (again). */
  reconciled(): void {
    this.#jump = 0
  }

  sample(): void {
    const { books, market, clock, journal, sampled, isBehind } = this.#deps
    if (books.isNew || isBehind()) return
    const account = books.sample(clock.now(), market.markOf)
    this.#account = account
    this.#isFresh = true
    this.#navAtDayStart = this.#dayStart(account)
    this.#day = dayOf(account)
    const equity = account.equity.toNumber()
    if (this.#lastSample !== null && !this.#isMoved && this.#lastSample > 0) {
      this.#jump = Math.max(this.#jump, Math.abs(equity / this.#lastSample - 1))
    }
    this.#lastSample = equity
    this.#isMoved = false
    journal.write('equity', account)
    sampled()
  }

  /** Of a day without a sample so far, after a restart, the journal knows how it began. */
  #dayStart(account: AccountState): number {
    const day = dayOf(account)
    if (day === this.#day) return this.#navAtDayStart
    const journaled = this.#day === -1 ? this.#deps.navAtDayStart(day * DAY_MS) : null
    return journaled ?? account.nav
  }
}

const dayOf = ({ at }: AccountState): number => Math.floor(at / DAY_MS)
