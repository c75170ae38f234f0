/** What the Meta Strategy Controller reads back at a start: the equity curve hour by hour, and its own runs. */
import { describe, expect, it } from 'vitest'

import { openInMemory } from '../../../src/adapters/sqlite/open-database.ts'
import { storeOf } from '../../../src/adapters/sqlite/store.ts'
import type { TraceId } from '../../../src/core/model/ids.ts'
import { account } from './rows.ts'

const HOUR_MS = 3_600_000

describe('the equity curve by the hour', () => {
  it('is each hour’s last sample with its highest NAV, hours without one left out', () => {
    const { journal, records } = storeOf(openInMemory())
    const samples = [
      [0, 1],
      [0.5, 1.2],
      [0.9, 1.1],
      [3, 0.9],
      [3.99, 0.95],
    ] as const
    for (const [hours, nav] of samples) journal.write('equity', account({ at: hours * HOUR_MS, nav }))
    journal.flush(1)
    expect(records.equityByHour(0)).toEqual([
      { at: 0.9 * HOUR_MS, nav: 1.1, navHigh: 1.2 },
      { at: 3.99 * HOUR_MS, nav: 0.95, navHigh: 0.95 },
    ])
    expect(records.equityByHour(HOUR_MS)).toHaveLength(1)
    journal.close()
  })
})

describe('runs of MSC', () => {
  it('come back newest first, as they were', () => {
    const { journal, records } = storeOf(openInMemory())
    const row = (index: number) => ({
      traceId: `t${index}` as TraceId,
      riskMode: 'NORMAL',
      maxRiskPerTrade: 0.0075,
      maxPositions: 10,
      minConfidence: 0.65,
      maxDailyTrades: 30,
      allowedStrategies: index === 0 ? null : ['a', 'b'],
      systemDrawdown: index === 0 ? null : 2.5,
      systemWinrate: index === 0 ? null : 0.55,
      votes: { result: 'unchanged', number: index },
      createdAt: index,
    })
    for (const index of [0, 1, 2]) journal.write('msc_policies', row(index))
    journal.flush(1)
    expect(records.mscPolicies({ limit: 10 }).items).toEqual([row(2), row(1), row(0)])
    expect(records.mscPolicies({ limit: 10, from: 1, to: 1 }).items).toEqual([row(1)])
    expect(records.mscPolicies({ limit: 10, traceId: 't0' }).items).toEqual([row(0)])
    journal.close()
  })
})
