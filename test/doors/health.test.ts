/** Health through the contract: the report in its shape, alerts and streaks a person has seen, changes told live. */
import { createRouterClient } from '@orpc/server'
import { beforeEach, describe, expect, it } from 'vitest'

import { traceIdOf } from '../../src/core/model/ids.ts'
import { answersOf, type Caller } from '../../src/station/answers/index.ts'
import { LiveStream } from '../../src/station/live-stream.ts'
import { ALERT } from '../fixtures/facade-rows.ts'
import { FakeStation } from '../fixtures/facade.ts'
import type { Client } from './door-under-test.ts'

let station: FakeStation
let clientOf: (scope: Caller['scope']) => Client

beforeEach(() => {
  station = new FakeStation()
  const quiet = (): void => undefined
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  const answers = answersOf(station, new LiveStream(station))
  clientOf = (scope) =>
    createRouterClient(answers, {
      context: { actor: 'api:phone', scope, log, newTraceId: () => traceIdOf('health') } satisfies Caller,
    })
})

describe('health', () => {
  it('is reported with components, latencies, counters, the process and what stands', async () => {
    const report = await clientOf('read').health.report()
    expect(report).toMatchObject({
      status: 'HEALTHY',
      governor: { level: 'NORMAL' },
      latencies: [{ name: 'database_write', p50_ms: 0.4, p99_ms: 1.5, count: 20 }],
      counters: [{ name: 'events_published' }, { name: 'live_watchers', value: 0 }],
      process: { resident_bytes: 100_000_000, cpu_pct: 5 },
      open_alerts: [{ id: ALERT.id }],
    })
    expect(report.components).toHaveLength(7)
    expect(report.components[0]).toMatchObject({ component: 'feed', unit: 'ms', critical: true, steers: true })
    expect(report.components[5]).toMatchObject({ component: 'disk', unit: 'bytes', critical: false, steers: false })
  })

  it('has its alerts acknowledged, each once, by who may write', async () => {
    const { health } = clientOf('control')
    const { id } = ALERT
    await expect(clientOf('read').health.acknowledgeAlert({ id })).rejects.toMatchObject({ code: 'FORBIDDEN_SCOPE' })
    expect(await health.acknowledgeAlert({ id })).toMatchObject({ id, acknowledged_at: expect.any(String) })
    await expect(health.acknowledgeAlert({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(station.writes).toEqual([`acknowledge ${id} api:phone`])
  })

  it('refuses to acknowledge a streak that is none', async () => {
    const refused = clientOf('control').health.acknowledgeStreak({})
    await expect(refused).rejects.toMatchObject({
      code: 'REFUSED',
      message: 'there is no losing streak to acknowledge',
    })
  })

  it('is told live', async () => {
    const stream = await clientOf('read').station.watch({ topics: ['health'] })
    const { value } = await stream.next()
    expect(value).toMatchObject({ kind: 'snapshot', state: { health: { status: 'HEALTHY' } } })
    await stream.return()
  })
})
