/** The station's figures in the text format of Prometheus; one registry per station, nothing global. */
import { performance } from 'node:perf_hooks'

import { collectDefaultMetrics, Registry } from 'prom-client'

import { RISK_MODES, type RiskMode } from '../../core/policy/policy.ts'
import type { MetricFigures, Metrics, MetricsText, TimedWork } from '../../core/ports/metrics.ts'
import { countersIn, gaugesIn } from './figures.ts'

const MS = 1000

export class PrometheusMetrics implements Metrics, MetricsText {
  readonly #registry = new Registry()
  readonly #counters = countersIn(this.#registry)
  readonly #gauges = gaugesIn(this.#registry)
  #figures: (() => MetricFigures) | null = null
  #isProcessShown = false

  /** What is read whenever somebody asks. */
  show(figures: () => MetricFigures): void {
    this.#figures = figures
  }

  approved(profile: RiskMode): void {
    this.#counters.approved.inc({ profile })
  }

  denied(profile: RiskMode, { reason, setBy }: Parameters<Metrics['denied']>[1]): void {
    this.#counters.denied.inc({ profile, reason })
    this.#counters.limitHits.inc({ limit: reason, set_by: setBy })
  }

  dropped(reason: string, strategy: string): void {
    this.#counters.dropped.inc({ reason, strategy })
  }

  evaluated(riskMode: RiskMode): void {
    this.#counters.evaluations.inc({ risk_mode: riskMode })
  }

  policyChanged(): void {
    this.#counters.policyChanges.inc()
  }

  policyFellBack(): void {
    this.#counters.policyFallbacks.inc()
  }

  orderAnswered(ms: number): void {
    this.#counters.orderSeconds.observe(ms / MS)
  }

  timed<Result>(what: TimedWork, work: () => Result): Result {
    const begun = performance.now()
    try {
      return work()
    } finally {
      const { databaseSeconds, evaluationSeconds } = this.#counters
      const histogram = what === 'database_write' ? databaseSeconds : evaluationSeconds
      histogram.observe((performance.now() - begun) / MS)
    }
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  text(): Promise<string> {
    // the watchers of the process cost a little: they begin with the first reader
    if (!this.#isProcessShown) collectDefaultMetrics({ register: this.#registry })
    this.#isProcessShown = true
    const figures = this.#figures?.()
    if (figures !== undefined) this.#look(figures)
    return this.#registry.metrics()
  }

  #look(figures: MetricFigures): void {
    const gauges = this.#gauges
    const { profile, evidence, published } = figures
    for (const mode of RISK_MODES) gauges.profile.set({ profile: mode }, mode === profile ? 1 : 0)
    gauges.drawdown.reset()
    gauges.drawdown.set({ profile }, known(figures.drawdownPct))
    gauges.systemDrawdown.set(known(evidence.drawdownPct))
    gauges.systemWinrate.set(known(evidence.winratePct))
    gauges.activeStrategies.set(figures.activeStrategies)
    gauges.nakedSeconds.set(figures.nakedSeconds)
    gauges.feedAge.set(known(figures.feedAgeSeconds))
    gauges.eventLag.set(known(figures.eventLagSeconds))
    for (const [event, count] of Object.entries(published)) gauges.published.set({ event }, count)
    gauges.subscriberFailures.set(figures.subscriberFailures)
  }
}

/** A figure that is not known is told as the format's own word for it, never as 0. */
const known = (value: number | null): number => value ?? Number.NaN
