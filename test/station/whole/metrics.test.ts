/** What the metrics of a run tell is what its journal tells. */
import { describe, expect, it } from 'vitest'

import type { Order } from '../../../src/core/model/order.ts'
import { MADE_UP_START, madeUpRecording } from '../../fixtures/candle-files.ts'
import { policiesOf, rowsOf } from '../../fixtures/journal-reader.ts'
import { linesOf } from '../../fixtures/metric-lines.ts'
import { DAY_MS, runToEnd, type WholeStation } from '../../fixtures/whole-station.ts'

const replay = madeUpRecording({ symbols: ['AAAUSDT', 'BBBUSDT', 'CCCUSDT'], days: 3, seed: 17 })
const SWITCH_AT = MADE_UP_START + 2 * DAY_MS

const switches = ({ rooms, facade }: WholeStation): void => {
  rooms.clock.at(
    SWITCH_AT,
    () => void facade.policy.change({ riskMode: 'DEFENSIVE' }, { actor: 'user', reason: 'test' }),
  )
}

type Counts = Record<string, number>

function countBy<Row>(rows: readonly Row[], nameOf: (row: Row) => string): Counts {
  const counts: Counts = {}
  for (const row of rows) counts[nameOf(row)] = (counts[nameOf(row)] ?? 0) + 1
  return counts
}

const startingWith = (lines: ReadonlyMap<string, number>, name: string): Counts =>
  Object.fromEntries([...lines].filter(([each]) => each.startsWith(`${name}{`)))

describe('the metrics of a run', () => {
  it('count every approval, denial, drop and order exactly once, under the profile it was judged by', async () => {
    const station = await runToEnd({ replay, 'policy.risk_mode': 'AGGRESSIVE' }, switches)
    const lines = linesOf(await station.metrics.text())
    const decisions = rowsOf(station.folder, 'decisions')
    const profile = (row: { readonly policyVersion: number }): string =>
      row.policyVersion === 1 ? 'AGGRESSIVE' : 'DEFENSIVE'
    const entries = decisions.filter(({ kind }) => kind === 'ENTRY')
    const approved = entries.filter(({ outcome }) => outcome === 'approved')
    const denied = decisions.filter(({ outcome }) => outcome === 'denied')
    const dropped = decisions.filter(({ outcome }) => outcome === 'dropped')
    expect(approved.length).toBeGreaterThan(5)
    expect(startingWith(lines, 'trades_approved_total')).toEqual(
      countBy(approved, (row) => `trades_approved_total{profile="${profile(row)}"}`),
    )
    expect(startingWith(lines, 'trades_denied_total')).toEqual(
      countBy(denied, (row) => `trades_denied_total{profile="${profile(row)}",reason="${row.code ?? ''}"}`),
    )
    expect(startingWith(lines, 'signals_dropped_total')).toEqual(
      countBy(dropped, (row) => `signals_dropped_total{reason="${row.code ?? ''}",strategy="${row.strategyId}"}`),
    )
    const hits = Object.values(startingWith(lines, 'limit_hits_total')).reduce((sum, count) => sum + count, 0)
    expect(hits).toBe(denied.length)

    const answered = rowsOf(station.folder, 'orders').filter(({ state }: Pick<Order, 'state'>) => state !== 'SUBMITTED')
    expect(lines.get('order_latency_seconds_count')).toBe(answered.length)
    const mean = (lines.get('order_latency_seconds_sum') ?? 0) / answered.length
    expect(mean).toBeGreaterThan(0.02)
    expect(mean).toBeLessThan(0.5)
    expect(lines.get('database_write_seconds_count')).toBeGreaterThan(1)
  })

  it('look up what is so now', async () => {
    const station = await runToEnd({ replay, 'policy.risk_mode': 'NORMAL' }, switches)
    const lines = linesOf(await station.metrics.text())
    expect(startingWith(lines, 'risk_profile_active')).toEqual({
      'risk_profile_active{profile="DEFENSIVE"}': 1,
      'risk_profile_active{profile="NORMAL"}': 0,
      'risk_profile_active{profile="AGGRESSIVE"}': 0,
    })
    expect(lines.get('drawdown_pct{profile="DEFENSIVE"}')).toBeCloseTo(
      (station.facade.account()?.drawdown ?? -1) * 100,
      9,
    )
    expect(lines.get('naked_seconds')).toBe(station.facade.usage()?.unprotectedSeconds)
    expect(lines.get('msc_ai_active_strategies')).toBe(4)
    expect(lines.get('msc_ai_policy_changes_total')).toBe(0)
    expect(lines.get('policy_fallbacks_total')).toBe(0)
    expect(lines.get('feed_age_seconds')).toBeGreaterThanOrEqual(0)
    expect(lines.get('event_lag_seconds')).toBe(0)
    expect(lines.get('events_published{event="trade.executed"}')).toBe(rowsOf(station.folder, 'trades').length)
  })

  it('count the runs of the meta strategy controller, the policies it changed, and what it saw', async () => {
    const station = await runToEnd({ replay, 'policy.risk_mode': 'NORMAL', 'msc.enabled': true })
    const lines = linesOf(await station.metrics.text())
    const runs = rowsOf(station.folder, 'msc_policies')
    const counted = Object.values(startingWith(lines, 'msc_ai_evaluations_total')).reduce(
      (sum, count) => sum + count,
      0,
    )
    expect(counted).toBe(runs.length)
    expect(counted).toBeGreaterThan(100)
    expect(lines.get('msc_ai_evaluation_duration_seconds_count')).toBe(counted)
    const changed = policiesOf(station.folder).filter(
      ({ policy, changes }) => policy.updatedBy === 'msc' && changes.some(({ path }) => !path.startsWith('evaluation')),
    )
    expect(lines.get('msc_ai_policy_changes_total')).toBe(changed.length)
    expect(lines.get('msc_system_health_drawdown_pct')).toBe(runs.at(-1)?.systemDrawdown ?? Number.NaN)
    const winrate = runs.at(-1)?.systemWinrate ?? null
    if (winrate !== null) expect(lines.get('msc_system_health_winrate_pct')).toBeCloseTo(winrate * 100, 9)
  })
})
