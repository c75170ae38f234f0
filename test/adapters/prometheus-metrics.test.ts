/** Every metric of SPEC §14 by its exact name and labels, and a registry of its own for each station. */
import { describe, expect, it } from 'vitest'

import { PrometheusMetrics } from '../../src/adapters/prometheus/prometheus-metrics.ts'
import type { MetricFigures } from '../../src/core/ports/metrics.ts'
import { linesOf, namesIn } from '../fixtures/metric-lines.ts'

const FIGURES: MetricFigures = {
  profile: 'NORMAL',
  drawdownPct: 1.25,
  evidence: { drawdownPct: 2.5, winratePct: 58 },
  activeStrategies: 3,
  nakedSeconds: 0.4,
  feedAgeSeconds: 1.5,
  eventLagSeconds: 0.02,
  published: { 'market.candle': 12, 'policy.updated': 2 },
  subscriberFailures: 1,
}

function counted(figures: Partial<MetricFigures> = {}): PrometheusMetrics {
  const metrics = new PrometheusMetrics()
  metrics.show(() => ({ ...FIGURES, ...figures }))
  return metrics
}

describe('the metrics', () => {
  it('carry the names and labels that dashboards know', async () => {
    const metrics = counted()
    metrics.evaluated('DEFENSIVE')
    metrics.policyChanged()
    metrics.policyFellBack()
    metrics.approved('NORMAL')
    metrics.denied('NORMAL', { reason: 'max_positions', setBy: 'policy' })
    metrics.dropped('cooldown', 'trend_following')
    metrics.orderAnswered(80)
    metrics.timed('msc_evaluation', () => {})
    metrics.timed('database_write', () => {})
    const lines = linesOf(await metrics.text())
    expect(Object.fromEntries(lines)).toMatchObject({
      'msc_ai_evaluations_total{risk_mode="DEFENSIVE"}': 1,
      msc_ai_policy_changes_total: 1,
      msc_ai_active_strategies: 3,
      msc_ai_evaluation_duration_seconds_count: 1,
      msc_system_health_drawdown_pct: 2.5,
      msc_system_health_winrate_pct: 58,
      'risk_profile_active{profile="DEFENSIVE"}': 0,
      'risk_profile_active{profile="NORMAL"}': 1,
      'risk_profile_active{profile="AGGRESSIVE"}': 0,
      'trades_approved_total{profile="NORMAL"}': 1,
      'trades_denied_total{profile="NORMAL",reason="max_positions"}': 1,
      'drawdown_pct{profile="NORMAL"}': 1.25,
      'signals_dropped_total{reason="cooldown",strategy="trend_following"}': 1,
      'limit_hits_total{limit="max_positions",set_by="policy"}': 1,
      policy_fallbacks_total: 1,
      naked_seconds: 0.4,
      order_latency_seconds_sum: 0.08,
      'order_latency_seconds_bucket{le="0.1"}': 1,
      'order_latency_seconds_bucket{le="0.05"}': 0,
      event_lag_seconds: 0.02,
      feed_age_seconds: 1.5,
      database_write_seconds_count: 1,
      'events_published{event="market.candle"}': 12,
      subscriber_failures: 1,
    })
  })

  it('tell the figures of the process', async () => {
    const names = namesIn(await counted().text())
    for (const name of [
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_p99_seconds',
    ])
      expect(names).toContain(name)
  })

  it('move the label with the profile: the drawdown of one that is left is told no more', async () => {
    let profile: MetricFigures['profile'] = 'NORMAL'
    const metrics = new PrometheusMetrics()
    metrics.show(() => ({ ...FIGURES, profile }))
    await metrics.text()
    profile = 'DEFENSIVE'
    const lines = linesOf(await metrics.text())
    expect(lines.get('drawdown_pct{profile="DEFENSIVE"}')).toBe(1.25)
    expect(lines.has('drawdown_pct{profile="NORMAL"}')).toBe(false)
    expect(lines.get('risk_profile_active{profile="NORMAL"}')).toBe(0)
  })

  it('say what is not known, never 0', async () => {
    const nothing = { drawdownPct: null, evidence: { drawdownPct: null, winratePct: null }, feedAgeSeconds: null }
    const lines = linesOf(await counted(nothing).text())
    for (const name of ['drawdown_pct{profile="NORMAL"}', 'msc_system_health_winrate_pct', 'feed_age_seconds'])
      expect(lines.get(name)).toBeNaN()
  })

  it('of two stations do not mix, and each may be read again and again', async () => {
    const [one, other] = [counted(), counted()]
    one.approved('NORMAL')
    await one.text()
    other.approved('NORMAL')
    other.approved('NORMAL')
    expect(linesOf(await one.text()).get('trades_approved_total{profile="NORMAL"}')).toBe(1)
    expect(linesOf(await other.text()).get('trades_approved_total{profile="NORMAL"}')).toBe(2)
  })

  it('time what throws, and let it throw', async () => {
    const metrics = counted()
    const broken = (): never => {
      throw new Error('disk full')
    }
    expect(() => metrics.timed('database_write', broken)).toThrow('disk full')
    expect(metrics.timed('database_write', () => 7)).toBe(7)
    expect(linesOf(await metrics.text()).get('database_write_seconds_count')).toBe(2)
  })
})
