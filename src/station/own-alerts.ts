/** A person's own alerts: kept in the journal, looked at every few seconds, raised and cleared like all others. */
import { isOfPrice, lookAt, type OwnAlert, type OwnAlertFigures } from '../core/health/own-alerts.ts'
import type { Actor } from '../core/policy/policy.ts'
import type { Cancel, Clock } from '../core/ports/clock.ts'
import type { Records } from '../core/ports/records.ts'
import type { AlertDesk } from './alert-desk.ts'
import type { Announcer } from './announcer.ts'

interface OwnAlertsDeps {
  readonly clock: Clock
  readonly alerts: Pick<AlertDesk, 'hold' | 'clear'>
  readonly announcer: Pick<Announcer, 'publish'>
  readonly records: Pick<Records, 'events'>
  readonly figures: () => OwnAlertFigures
  readonly isListed: (symbol: string) => boolean
  /** what was raised is told and made durable soon */
  readonly settle: () => void
}

export type OwnAlertsSet =
  | { readonly outcome: 'set'; readonly rules: readonly OwnAlert[] }
  | { readonly outcome: 'refused'; readonly reason: string }

const CODE = 'own_alert'
const EVERY_MS = 10_000
const EVENT = 'own_alerts.changed'

export class OwnAlerts {
  readonly #deps: OwnAlertsDeps
  #rules: readonly OwnAlert[] = []
  #isStarted = false
  #cancel: Cancel | null = null

  constructor(deps: OwnAlertsDeps) {
    this.#deps = deps
  }

  get rules(): readonly OwnAlert[] {
    return this.#rules
  }

  /** After a restart: as they were last. */
  load(): void {
    const stored = this.#deps.records.events({ limit: 1, type: EVENT }).items[0]?.data as
      | { readonly rules?: readonly OwnAlert[] }
      | undefined
    this.#rules = stored?.rules ?? []
  }

  start(): void {
    this.#isStarted = true
    this.look()
    this.#again()
  }

  stop(): void {
    this.#isStarted = false
    this.#cancel?.()
  }

  /** All of them at once; what is no longer among them is cleared. */
  set(rules: readonly OwnAlert[], actor: Actor): OwnAlertsSet {
    const fault = this.#faultOf(rules)
    if (fault !== null) return { outcome: 'refused', reason: fault }
    const { alerts, announcer } = this.#deps
    const kept = new Set(rules.map(({ name }) => name))
    for (const { name } of this.#rules) if (!kept.has(name)) alerts.clear(CODE, name)
    this.#rules = rules
    announcer.publish(EVENT, null, { rules, by: actor })
    this.look()
    this.#again()
    return { outcome: 'set', rules }
  }

  look(): void {
    if (this.#rules.length === 0) return
    const { alerts, figures } = this.#deps
    const seen = figures()
    for (const rule of this.#rules) {
      const found = lookAt(rule, seen)
      if (found === null) continue
      const { severity, name } = rule
      alerts.hold(found.isPassed, { code: CODE, severity, message: found.message, about: name })
    }
  }

  /** Without any there is nothing to wake for. */
  #again(): void {
    const { clock, settle } = this.#deps
    this.#cancel?.()
    if (!this.#isStarted || this.#rules.length === 0) return
    this.#cancel = clock.at((Math.floor(clock.now() / EVERY_MS) + 1) * EVERY_MS, () => {
      this.look()
      this.#again()
      settle()
    })
  }

  #faultOf(rules: readonly OwnAlert[]): string | null {
    const names = new Set<string>()
    for (const { name, kind, symbol } of rules) {
      if (names.has(name)) return `two alerts are named "${name}"`
      names.add(name)
      if (isOfPrice(kind) && (symbol === null || !this.#deps.isListed(symbol)))
        return `"${name}" looks at a price: it needs a symbol of this station, was ${symbol ?? 'none'}`
      if (!isOfPrice(kind) && symbol !== null)
        return `"${name}" looks at the whole account: it takes no symbol, was ${symbol}`
    }
    return null
  }
}
