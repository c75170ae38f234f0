/** The Grafana dashboard that ships with the station asks only for metrics and labels that the station tells. */
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { PrometheusMetrics } from '../../src/adapters/prometheus/prometheus-metrics.ts'
import { namesIn } from '../fixtures/metric-lines.ts'

interface Panel {
  readonly title: string
  readonly type: string
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[]
}

interface Dashboard {
  readonly panels: readonly Panel[]
  readonly annotations: { readonly list: readonly { readonly expr: string }[] }
}

const dashboard = JSON.parse(
  readFileSync(new URL('../../resources/grafana-dashboard.json', import.meta.url), 'utf8'),
) as Dashboard
const asked = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr, legendFormat }) => ({ title, expr, legendFormat })),
)

const metrics = new PrometheusMetrics()
const told = namesIn(await metrics.text())
const isHistogram = new Set((await metrics.text()).match(/(?<=# TYPE )\S+(?= histogram)/g))
/** labels that figures of ours may carry; `le` is the bound of a bucket */
const LABELS = new Set(['profile', 'reason', 'limit', 'set_by', 'strategy', 'risk_mode', 'event', 'le'])
const WORDS = new Set(['by'])

/** Names that are not functions, once durations, labels to sum by and numbers are out. */
const metricsIn = (expr: string): string[] =>
  (expr.replaceAll(/by \([^)]*\)|\[[^\]]*\]|\{[^}]*\}/g, '').match(/[a-z_]+[a-z0-9_]*(?!\w*\s*\()\b/g) ?? []).filter(
    (name) => !WORDS.has(name),
  )

const isTold = (name: string): boolean =>
  told.includes(name) ||
  (/_(bucket|sum|count)$/.test(name) && isHistogram.has(name.replace(/_(bucket|sum|count)$/, '')))

describe('the dashboard', () => {
  it.each(asked)('$title asks for what is told: $expr', ({ expr, legendFormat }) => {
    const names = metricsIn(expr)
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name) => !isTold(name))).toEqual([])
    const labels = [
      ...(/by \(([^)]*)\)/.exec(expr)?.[1]?.split(', ') ?? []),
      ...legendFormat.matchAll(/\{\{(\w+)\}\}/g),
    ]
    const unknown = labels
      .map((label) => (typeof label === 'string' ? label : label[1]!))
      .filter((it) => !LABELS.has(it))
    expect(unknown).toEqual([])
  })

  it('marks changes of the mode by what is told', () => {
    for (const { expr } of dashboard.annotations.list) expect(metricsIn(expr).every(isTold)).toBe(true)
  })

  it('would be caught asking for something else', () => {
    expect(metricsIn('sum by (le) (rate(no_such_metric_bucket[5m])) / 2')).toEqual(['no_such_metric_bucket'])
    expect(isTold('no_such_metric_bucket')).toBe(false)
    expect(isTold('naked_seconds_bucket')).toBe(false)
  })

  it('shows every figure of the station itself', () => {
    const shown = new Set(
      asked.flatMap(({ expr }) => metricsIn(expr)).map((name) => name.replace(/_(bucket|sum|count)$/, '')),
    )
    const own = told.filter((name) => !/^(process|nodejs)_/.test(name))
    expect(own.filter((name) => !shown.has(name))).toEqual([])
  })
})
