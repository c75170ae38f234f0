/**
 * Looks at the components every few seconds of the station's clock, says when one becomes better or worse, and reports
 * ages and latencies to whoever asks. On a made-up clock measures of this machine are shown only: they are neither
 * journaled nor alerted, and steer nothing, so that the same input gives the same journal on any computer.
 */
import { boundsOf, type Bounds, type ComponentName, type Readings } from '../core/health/components.ts'
import { Durations, type DurationFigures } from '../core/health/durations.ts'
import { healthOf, type ComponentHealth, type Health } from '../core/health/health.ts'
import type { HealthSettings } from '../core/health/settings.ts'
import type { HealthStatus } from '../core/model/health.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Machine, MachineGauges } from '../core/ports/machine.ts'
import type { AlertDesk } from './alert-desk.ts'
import type { Announcer } from './announcer.ts'

export interface HealthDeskDeps {
  readonly clock: Pick<Clock, 'now'>
  readonly machine: Machine
  readonly settings: HealthSettings
  readonly announcer: Pick<Announcer, 'publish' | 'touch'>
  readonly alerts: Pick<AlertDesk, 'raise' | 'clear'>
  /** the feed's longest time between two prices, ms */
  readonly priceEveryMs: number
  readonly isVirtual: boolean
  /** time of the last price told; null: none yet */
  readonly lastMarketAt: () => number | null
  /** prices are expected now: the market is open to us and has not ended */
  readonly expectsPrices: () => boolean
  /** since when the venue owes an answer or the link is down; null: it does not, and is not */
  readonly silentSince: () => number | null
  readonly clockSkewMs: () => number | null
  readonly counters: () => readonly Counter[]
}

export interface Counter {
  readonly name: string
  readonly value: number
}

export interface HealthReport extends Health {
  readonly latencies: readonly (DurationFigures & { readonly name: string })[]
  readonly counters: readonly Counter[]
  readonly machine: MachineGauges
}

const SEVERITY = { DEGRADED: 'warning', CRITICAL: 'critical' } as const
const ORDER_ANSWERS = 500

export class HealthDesk {
  readonly #deps: HealthDeskDeps
  readonly #bounds: Readonly<Record<ComponentName, Bounds>>
  readonly #writes: Durations
  readonly #answers = new Durations(ORDER_ANSWERS)
  #journalFault: string | null = null
  #startedAt: number | null = null
  #health: Health | null = null

  constructor(deps: HealthDeskDeps) {
    this.#deps = deps
    this.#bounds = boundsOf(deps.settings, deps.priceEveryMs)
    this.#writes = new Durations(deps.settings.databaseWrites)
  }

  start(): void {
    this.#startedAt = this.#deps.clock.now()
  }

  /** As the last look found it. */
  get system(): { readonly status: HealthStatus; readonly detail: string } {
    return this.#health ?? { status: 'HEALTHY', detail: 'not looked at yet' }
  }

  /** Now, nothing told. */
  now(): Health {
    return this.#judge(this.#deps.machine.gauges())
  }

  report(): HealthReport {
    const machine = this.#deps.machine.gauges()
    const { eventLagP50Ms: p50, eventLagP99Ms: p99 } = machine
    const latencies = [
      { name: 'database_write', ...this.#writes.figures() },
      { name: 'order_answer', ...this.#answers.figures() },
      { name: 'event_lag', p50, p99, count: p99 === null ? 0 : 1 },
    ]
    return { ...this.#judge(machine), latencies, counters: this.#deps.counters(), machine }
  }

  /** Looks at everything and says what has changed. */
  look(): void {
    const { isVirtual, machine, announcer } = this.#deps
    const before = this.#health
    // gauges of the machine cost time, and steer nothing here
    const health = this.#judge(isVirtual ? null : machine.gauges())
    this.#health = health
    if (health.components.some((each, index) => isNews(each, before?.components[index]))) announcer.touch('status')
    announcer.touch('health')
    for (const [index, each] of health.components.entries()) this.#tellComponent(each, before?.components[index])
    const { status, detail } = health
    if ((before?.status ?? 'HEALTHY') === status) return
    announcer.publish('health.status_changed', null, { component: 'system', status, detail })
  }

  /** Measures a write to the database. */
  timed<Result>(write: () => Result): Result {
    const { machine } = this.#deps
    const began = machine.elapsedMs()
    const result = write()
    this.#writes.note(machine.elapsedMs() - began)
    return result
  }

  /** Why the database takes no writes; null: it does again. */
  set journalFault(fault: string | null) {
    this.#journalFault = fault
  }

  get journalFault(): string | null {
    return this.#journalFault
  }

  /** The venue answered for an order so long after it was made, ms of the station's clock. */
  answered(ms: number): void {
    this.#answers.note(ms)
  }

  /** How long the venue typically needs to answer for an order, ms; null: it never did. */
  get answerMs(): number | null {
    return this.#answers.figures().p50
  }

  #judge(gauges: MachineGauges | null): Health {
    const { clock, isVirtual } = this.#deps
    const context = { now: clock.now(), bounds: this.#bounds, isVirtual }
    return healthOf(this.#readings(gauges), this.#health, context)
  }

  #readings(gauges: MachineGauges | null): Readings {
    const { silentSince, clockSkewMs, clock } = this.#deps
    const since = silentSince()
    const skew = clockSkewMs()
    return {
      feed: { value: this.#feedAge() },
      venue: { value: since === null ? 0 : clock.now() - since },
      database: { value: gauges === null ? null : this.#writes.figures().p99, failing: this.#journalFault },
      events: { value: gauges?.eventLagP99Ms ?? null },
      clock: { value: skew === null ? null : Math.abs(skew) },
      disk: { value: gauges?.diskFreeBytes ?? null },
      memory: { value: gauges?.memoryPct ?? null },
    }
  }

  /** On the feed's clock: one that stands still ages nothing. */
  #feedAge(): number | null {
    const { lastMarketAt, expectsPrices, clock } = this.#deps
    const since = lastMarketAt() ?? this.#startedAt
    if (since === null || !expectsPrices()) return null
    return Math.max(0, clock.now() - Math.max(since, this.#startedAt ?? since))
  }

  #tellComponent(now: ComponentHealth, before: ComponentHealth | undefined): void {
    if (!now.steers && before?.steers !== true) return
    if (!isNews(now, before)) return
    const { component, status, detail } = now
    this.#deps.announcer.publish('health.status_changed', null, { component, status, detail })
    const code = codeOf(component)
    // a journal that takes no writes has an alert of its own
    const isTold = component === 'database' && this.#journalFault !== null
    if (status === 'HEALTHY' || isTold) this.#deps.alerts.clear(code)
    else this.#deps.alerts.raise({ severity: SEVERITY[status], code, message: detail, about: '' })
  }
}

const codeOf = (component: ComponentName): string => `health_${component}`

/** A component of which nothing is known was well. */
const isNews = (now: ComponentHealth, before: ComponentHealth | undefined): boolean =>
  now.status !== (before?.status ?? 'HEALTHY')
