/** Watches over the Meta Strategy Controller: counts its runs, mode changes and blocked signals, raises its alerts, tells time per mode. */
import type { Evaluation } from '../core/msc/evaluation.ts'
import type { MscWatchSettings } from '../core/msc/settings.ts'
import { isLate, modeShares, watchAlarms, type ModeShare, type ModeSpan, type WatchFigures } from '../core/msc/watch.ts'
import type { RiskMode } from '../core/policy/policy.ts'
import type { Cancel, Clock } from '../core/ports/clock.ts'
import type { AlertDesk } from './alert-desk.ts'
import type { EventBus } from './event-bus.ts'
import type { StationEvents } from './events.ts'
import type { PolicyStore } from './policy-store.ts'

interface MscWatchDeps {
  readonly clock: Clock
  readonly policy: PolicyStore
  readonly bus: EventBus<StationEvents>
  readonly alerts: Pick<AlertDesk, 'hold'>
  readonly intervalMs: number
  readonly settings: MscWatchSettings
}

export interface MscHealth {
  readonly status: 'HEALTHY' | 'DEGRADED' | 'CRITICAL'
  readonly runs24h: number
  readonly failed24h: number
  readonly modeChanges1h: number
  readonly signals1h: number
  readonly blocked1h: number
  readonly lastSuccessAt: number | null
  readonly shares: readonly ModeShare[]
  /** epoch ms; null: not watched yet */
  readonly sharesSince: number | null
}

type Run = Pick<Evaluation, 'at' | 'result'>

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

export class MscWatch {
  readonly #deps: MscWatchDeps
  #runs: Run[] = []
  #spans: ModeSpan[] = []
  readonly #modeChanges: number[] = []
  /** entry signals of the last hour by trace: whether they were blocked */
  readonly #signals = new Map<string, { readonly at: number; isBlocked: boolean }>()
  /** of these */
  #blocked = 0
  #startedAt: number | null = null
  #selected: number | null = null
  #cancel: Cancel | null = null

  constructor(deps: MscWatchDeps) {
    this.#deps = deps
    const { bus, policy, clock } = deps
    bus.subscribe('signal.created', ({ kind, traceId }) => {
      if (kind === 'ENTRY' && !this.#signals.has(traceId))
        this.#signals.set(traceId, { at: clock.now(), isBlocked: false })
    })
    bus.subscribe('signal.dropped', ({ traceId }) => this.#block(traceId))
    bus.subscribe('intent.denied', ({ traceId }) => this.#block(traceId))
    policy.onUpdated(({ changes }) => {
      if (changes.some(({ path }) => path === 'riskMode')) this.#modeIs(policy.current.riskMode, clock.now())
    })
  }

  /** `runs`: of the time before this start, oldest first, with the mode after each. */
  start(runs: readonly (Run & { readonly mode: RiskMode })[]): void {
    const { clock, policy } = this.#deps
    this.#startedAt = clock.now()
    this.#runs = [...runs]
    for (const { at, mode } of runs) this.#span(mode, at)
    this.#span(policy.current.riskMode, clock.now())
    this.#look()
  }

  stop(): void {
    this.#cancel?.()
  }

  ran(run: Run, selectedStrategies: number | null): void {
    this.#runs.push({ at: run.at, result: run.result })
    if (selectedStrategies !== null) this.#selected = selectedStrategies
    this.#judge()
  }

  get isLate(): boolean {
    return isLate(this.#figures(), this.#deps.settings)
  }

  health(): MscHealth {
    const figures = this.#figures()
    const { settings, clock } = this.#deps
    const since = Math.max(clock.now() - settings.shareDays * DAY_MS, this.#spans[0]?.from ?? clock.now())
    const wrong = watchAlarms(figures, settings).filter(({ isWrong }) => isWrong)
    const isSilent = wrong.some(({ code }) => code === 'msc_silent')
    return {
      ...figures,
      status: isSilent ? 'CRITICAL' : wrong.length > 0 ? 'DEGRADED' : 'HEALTHY',
      lastSuccessAt: this.#lastSuccessAt(),
      shares: modeShares(this.#spans, { since, now: clock.now() }, settings),
      sharesSince: this.#spans.length === 0 ? null : since,
    }
  }

  #look(): void {
    this.#judge()
    this.#cancel = this.#deps.clock.at(this.#deps.clock.now() + MINUTE_MS, () => this.#look())
  }

  #judge(): void {
    const { alerts, settings } = this.#deps
    for (const { code, severity, isWrong, message } of watchAlarms(this.#figures(), settings))
      alerts.hold(isWrong, { code, severity, message, about: '' })
  }

  #figures(): WatchFigures {
    const { clock, intervalMs, policy } = this.#deps
    const now = clock.now()
    this.#forget(now)
    const lately = this.#runsSince(now - DAY_MS)
    return {
      now,
      intervalMs,
      lastSuccessAt: Math.max(this.#lastSuccessAt() ?? 0, this.#startedAt ?? now),
      defensiveSince: policy.current.riskMode === 'DEFENSIVE' ? (this.#spans.at(-1)?.from ?? now) : null,
      selectedStrategies: this.#selected,
      runs24h: lately.runs,
      failed24h: lately.failed,
      modeChanges1h: this.#modeChanges.length,
      signals1h: this.#signals.size,
      blocked1h: this.#blocked,
    }
  }

  #lastSuccessAt(): number | null {
    return this.#runs.findLast(({ result }) => result !== 'failed')?.at ?? null
  }

  /** Runs are in order of time: the newest are the last. */
  #runsSince(since: number): { readonly runs: number; readonly failed: number } {
    let [runs, failed] = [0, 0]
    for (let index = this.#runs.length - 1; index >= 0; index--) {
      const run = this.#runs[index]
      if (run === undefined || run.at <= since) break
      runs++
      if (run.result === 'failed') failed++
    }
    return { runs, failed }
  }

  #block(traceId: string): void {
    const signal = this.#signals.get(traceId)
    if (signal === undefined || signal.isBlocked) return
    signal.isBlocked = true
    this.#blocked++
  }

  #modeIs(mode: RiskMode, at: number): void {
    this.#modeChanges.push(at)
    this.#span(mode, at)
  }

  #span(mode: RiskMode, from: number): void {
    if (this.#spans.at(-1)?.mode !== mode) this.#spans.push({ from, mode })
  }

  #forget(now: number): void {
    const { settings } = this.#deps
    while ((this.#modeChanges[0] ?? now) <= now - HOUR_MS) this.#modeChanges.shift()
    for (const [trace, { at, isBlocked }] of this.#signals) {
      if (at > now - HOUR_MS) break
      this.#signals.delete(trace)
      if (isBlocked) this.#blocked--
    }
    const kept = now - settings.shareDays * DAY_MS
    while ((this.#spans[1]?.from ?? now) < kept) this.#spans.shift()
    if ((this.#runs[0]?.at ?? now) > kept) return
    const lastSuccess = this.#runs.findLast(({ result }) => result !== 'failed')
    this.#runs = this.#runs.filter((run) => run.at > kept || run === lastSuccess)
  }
}
