/** One alert per cause: raised once, told again only when graver, cleared with its cause, acknowledged by a person. */
import { describe, expect, it } from 'vitest'

import type { AlertRow } from '../../src/core/ports/journal.ts'
import { AlertDesk, alertRow, type Alarm } from '../../src/station/alert-desk.ts'
import { MemoryJournal } from '../fixtures/memory-journal.ts'

const T0 = Date.UTC(2025, 5, 2, 12)
const STALE: Alarm = { severity: 'warning', code: 'feed_stale', message: 'no price for 31 s', about: 'BTCUSDT' }

function desk() {
  const journal = new MemoryJournal()
  const told: string[] = []
  const touched: string[] = []
  const logged: string[] = []
  let now = T0
  const alerts = new AlertDesk({
    journal,
    announcer: { publish: (type) => told.push(type), touch: (topic, key) => touched.push(`${topic} ${key}`) },
    clock: { now: () => now },
    log: { warn: (event) => logged.push(event) },
  })
  return {
    alerts,
    told,
    touched,
    logged,
    pass: (ms: number) => (now += ms),
    rows: () => [...new Map(journal.now.rows.alerts.map((row) => [row.id, row])).values()],
  }
}

const only = (rows: readonly AlertRow[]): AlertRow => {
  if (rows.length !== 1 || rows[0] === undefined) throw new Error(`${rows.length} rows`)
  return rows[0]
}

describe('an alert whose cause stands', () => {
  it('is raised once, however often it is said, and keeps its newest words', () => {
    const { alerts, told, logged, rows, touched } = desk()
    alerts.raise(STALE)
    alerts.raise({ ...STALE, message: 'no price for 41 s' })
    expect(told).toEqual(['alert.raised'])
    expect(logged).toEqual(['feed_stale'])
    expect(only(rows())).toMatchObject({ message: 'no price for 41 s', raisedAt: T0, ends: 'cause' })
    expect(touched).toHaveLength(2)
  })

  it('stands once for each thing it is about', () => {
    const { alerts, rows } = desk()
    alerts.raise(STALE)
    alerts.raise({ ...STALE, about: 'ETHUSDT' })
    expect(rows().map(({ about }) => about)).toEqual(['BTCUSDT', 'ETHUSDT'])
    alerts.clear('feed_stale', 'BTCUSDT')
    expect(alerts.standing.map(({ about }) => about)).toEqual(['ETHUSDT'])
  })

  it('is told again when it has become graver, never when it has become milder', () => {
    const { alerts, told, rows, pass } = desk()
    alerts.raise(STALE)
    alerts.acknowledge(only(rows()).id, 'user')
    pass(1000)
    alerts.raise({ ...STALE, severity: 'critical' })
    alerts.raise(STALE)
    expect(told).toEqual(['alert.raised', 'alert.acknowledged', 'alert.raised'])
    expect(only(rows())).toMatchObject({ severity: 'critical', raisedAt: T0, acknowledgedAt: null })
  })

  it('is cleared with its cause, acknowledged or not, and may come again as another', () => {
    const { alerts, told, rows, pass } = desk()
    alerts.raise(STALE)
    alerts.acknowledge(only(rows()).id, 'user')
    expect(only(rows())).toMatchObject({ acknowledgedAt: T0, clearedAt: null })
    pass(5000)
    alerts.clear('feed_stale', 'BTCUSDT')
    alerts.clear('feed_stale', 'BTCUSDT')
    expect(only(rows())).toMatchObject({ acknowledgedAt: T0, clearedAt: T0 + 5000 })
    alerts.hold(true, STALE)
    alerts.hold(false, STALE)
    expect(rows()).toHaveLength(2)
    expect(told.filter((type) => type === 'alert.cleared')).toHaveLength(2)
  })

  it('goes on standing over a restart, and is cleared by whoever looks next', () => {
    const { alerts, rows } = desk()
    alerts.raise(STALE)
    const after = desk()
    after.alerts.load(rows())
    expect(after.alerts.stands('feed_stale', 'BTCUSDT')).toBe(true)
    after.alerts.raise(STALE)
    expect(after.told).toEqual([])
    after.alerts.clear('feed_stale', 'BTCUSDT')
    expect(after.told).toEqual(['alert.cleared'])
  })
})

describe('something that merely happened', () => {
  const LIQUIDATED: Alarm = { severity: 'critical', code: 'liquidated', message: 'it was', about: 'BTCUSDT' }

  it('stands until a person has seen it', () => {
    const { alerts, rows, told, pass } = desk()
    alerts.note(alertRow(T0, LIQUIDATED, 'acknowledged'), null)
    pass(1000)
    const seen = alerts.acknowledge(only(rows()).id, 'api:phone')
    expect(seen).toMatchObject({ acknowledgedAt: T0 + 1000, clearedAt: T0 + 1000 })
    expect(told).toEqual(['alert.raised', 'alert.acknowledged', 'alert.cleared'])
    expect(alerts.standing).toEqual([])
  })

  it('is not there to be acknowledged twice, nor is what never was', () => {
    const { alerts, rows } = desk()
    alerts.note(alertRow(T0, LIQUIDATED, 'acknowledged'), null)
    const { id } = only(rows())
    expect(alerts.acknowledge(id, 'user')).not.toBeNull()
    expect(alerts.acknowledge(id, 'user')).toBeNull()
    expect(alerts.acknowledge('nothing', 'user')).toBeNull()
  })
})
