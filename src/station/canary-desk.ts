/**
 * The contract canary's desk: looks at start and every hour whether the exchange still is as the station relies on (SPEC
 * §10). While it is not, or nobody has looked yet, nothing is opened, and an alert names each finding.
 */
import type { Cancel, Clock } from '../core/ports/clock.ts'
import type { ContractFinding } from '../core/ports/link.ts'
import type { Venue, VenueReport } from '../core/ports/venue.ts'
import type { AlertDesk } from './alert-desk.ts'
import type { CanarySettings } from './canary-settings.ts'

interface CanaryDeps {
  readonly clock: Clock
  readonly venue: Pick<Venue, 'checkContract'>
  readonly alerts: Pick<AlertDesk, 'raise' | 'clear' | 'standing'>
  readonly settings: CanarySettings
  /** that may be traded */
  readonly symbols: () => readonly string[]
  /** what was said is told, and becomes durable */
  readonly settle: () => void
}

export interface CanaryLook {
  readonly at: number
  /** sentences for people; empty: all is as we rely on it */
  readonly findings: readonly string[]
}

const CODE = 'exchange_contract'

export class CanaryDesk {
  readonly #deps: CanaryDeps
  #last: CanaryLook | null = null
  #isLooking = false
  #isRunning = false
  #cancel: Cancel | null = null

  constructor(deps: CanaryDeps) {
    this.#deps = deps
  }

  /** null: there is nothing to look at, or nobody has looked yet */
  get last(): CanaryLook | null {
    return this.#last
  }

  /** Why no entry may be made now; null: nothing of the exchange stands against it. */
  get entriesOff(): string | null {
    if (this.#deps.venue.checkContract === undefined) return null
    if (this.#last === null) return 'what the station relies on at the exchange is not checked yet'
    const [first, ...others] = this.#last.findings
    if (first === undefined) return null
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`
    return `the exchange is not as the station relies on: ${first}${more}`
  }

  start(): void {
    this.#isRunning = true
    this.#look()
  }

  stop(): void {
    this.#isRunning = false
    this.#cancel?.()
  }

  /** An order was refused for a reason nobody foresaw: perhaps the exchange has changed. */
  onReport(report: VenueReport): void {
    if (report.kind !== 'rejected' || report.code !== 'OTHER') return
    const { clock, settings } = this.#deps
    if (clock.now() - (this.#last?.at ?? 0) >= settings.doubtMs) this.#look()
  }

  #look(): void {
    const { venue, symbols } = this.#deps
    if (venue.checkContract === undefined || this.#isLooking || !this.#isRunning) return
    this.#isLooking = true
    this.#cancel?.()
    venue.checkContract(symbols()).then(
      (findings) => this.#found(findings),
      () => this.#later(this.#deps.settings.retryMs),
    )
  }

  #found(findings: readonly ContractFinding[]): void {
    const { clock, settings } = this.#deps
    this.#later(findings.length === 0 ? settings.everyMs : settings.againMs)
    if (!this.#isRunning) return
    this.#last = { at: clock.now(), findings: findings.map(({ message }) => message) }
    this.#tell(findings)
    this.#deps.settle()
  }

  #tell(findings: readonly ContractFinding[]): void {
    const { alerts } = this.#deps
    const sentences = new Map<string, string>()
    for (const { about, message } of findings)
      sentences.set(about, [sentences.get(about), message].filter((text) => text !== undefined).join('; '))
    for (const { code, about } of alerts.standing) if (code === CODE && !sentences.has(about)) alerts.clear(CODE, about)
    for (const [about, text] of sentences) {
      const message = `entries are off, the exchange is not as the station relies on (${about}): ${text}`
      alerts.raise({ severity: 'critical', code: CODE, message, about })
    }
  }

  #later(ms: number): void {
    const { clock } = this.#deps
    this.#isLooking = false
    if (this.#isRunning) this.#cancel = clock.at(clock.now() + ms, () => this.#look())
  }
}
