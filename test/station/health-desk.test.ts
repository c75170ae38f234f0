/** Components looked at in the station: told when they change, alerted and cleared, and on a made-up clock only shown. */
import { describe, expect, it } from 'vitest'

import { HEALTH_SETTINGS } from '../../src/core/health/settings.ts'
import type { MachineGauges } from '../../src/core/ports/machine.ts'
import { AlertDesk } from '../../src/station/alert-desk.ts'
import { HealthDesk } from '../../src/station/health-desk.ts'
import { IDLE_GAUGES } from '../fixtures/machine.ts'
import { MemoryJournal } from '../fixtures/memory-journal.ts'

const START = 1_750_000_000_000

function desk(isVirtual: boolean) {
  const told: unknown[] = []
  const world = { now: START, elapsed: 0, lastAt: null as number | null, silentSince: null as number | null }
  let gauges: MachineGauges = IDLE_GAUGES
  let expects = true
  const announcer = {
    publish: (type: string, _trace: unknown, data: unknown) => told.push([type, data]),
    touch: () => undefined,
  }
  const clock = { now: () => world.now }
  const journal = new MemoryJournal()
  const alerts = new AlertDesk({
    journal,
    announcer: { publish: () => undefined, touch: () => undefined },
    clock,
    log: { warn: () => undefined },
  })
  const health = new HealthDesk({
    clock,
    machine: { elapsedMs: () => world.elapsed, gauges: () => gauges, close: () => undefined },
    settings: HEALTH_SETTINGS,
    announcer,
    alerts,
    priceEveryMs: 1000,
    isVirtual,
    lastMarketAt: () => world.lastAt,
    expectsPrices: () => expects,
    silentSince: () => world.silentSince,
    clockSkewMs: () => null,
    counters: () => [{ name: 'journal_pending', value: 3 }],
  })
  health.start()
  return {
    health,
    told,
    world,
    alerts,
    codes: () => alerts.standing.map(({ code, severity }) => `${severity} ${code}`),
    use: (changed: Partial<MachineGauges>) => (gauges = { ...gauges, ...changed }),
    marketIsClosed: () => (expects = false),
  }
}

describe('the feed', () => {
  it('grows old on the station’s clock; alerted, told, cleared', () => {
    const { health, told, world, codes } = desk(true)
    world.now += 5000
    health.look()
    expect(told).toEqual([])
    world.now += 2000
    health.look()
    expect(codes()).toEqual(['warning health_feed'])
    world.now += 30_000
    health.look()
    expect(codes()).toEqual(['critical health_feed'])
    expect(health.system.status).toBe('CRITICAL')
    world.lastAt = world.now
    health.look()
    expect(codes()).toEqual([])
    expect(told.map((each) => (each as [string, { component: string; status: string }])[1])).toMatchObject([
      { component: 'feed', status: 'DEGRADED' },
      { component: 'system', status: 'DEGRADED' },
      { component: 'feed', status: 'CRITICAL' },
      { component: 'system', status: 'CRITICAL' },
      { component: 'feed', status: 'HEALTHY' },
      { component: 'system', status: 'HEALTHY' },
    ])
  })

  it('of a clock that stands still does not grow old, nor of a market that has ended', () => {
    const { health, world, marketIsClosed } = desk(true)
    world.lastAt = world.now
    health.look()
    expect(health.system.status).toBe('HEALTHY')
    marketIsClosed()
    world.now += 3_600_000
    health.look()
    expect(health.system.status).toBe('HEALTHY')
    expect(health.now().components[0]).toMatchObject({ component: 'feed', value: null })
  })

  it('is as old as the start when nothing was ever told', () => {
    const { health, world } = desk(true)
    world.lastAt = START - 3_600_000
    world.now += 4000
    expect(health.now().components[0]).toMatchObject({ value: 4000, status: 'HEALTHY' })
  })
})

describe('measures of the machine', () => {
  const SHORT = { diskFreeBytes: 1000, memoryPct: 99, eventLagP99Ms: 5000 }

  it('on a real clock are told, alerted, and make the system DEGRADED', () => {
    const { health, codes, use, told } = desk(false)
    use(SHORT)
    health.look()
    expect(codes()).toEqual(['critical health_events', 'critical health_disk', 'critical health_memory'])
    expect(health.system.status).toBe('DEGRADED')
    expect(told).toHaveLength(4)
  })

  it('on a made-up clock are in the report and nowhere else', () => {
    const { health, codes, use, told } = desk(true)
    use(SHORT)
    health.look()
    expect(codes()).toEqual([])
    expect(told).toEqual([])
    expect(health.system.status).toBe('HEALTHY')
    const { status, components } = health.report()
    expect(status).toBe('HEALTHY')
    expect(
      components.filter((each) => each.status === 'CRITICAL').map(({ component, steers }) => [component, steers]),
    ).toEqual([
      ['events', false],
      ['disk', false],
      ['memory', false],
    ])
  })
})

describe('the report', () => {
  it('has latencies, counters and the process', () => {
    const { health, world } = desk(true)
    for (const ms of [1, 2, 3, 4]) health.timed(() => (world.elapsed += ms))
    health.answered(120)
    expect(health.report()).toMatchObject({
      latencies: [
        { name: 'database_write', p50: 2, p99: 4, count: 4 },
        { name: 'order_answer', p50: 120, p99: 120, count: 1 },
        { name: 'event_lag', p50: 0.5, p99: 2 },
      ],
      counters: [{ name: 'journal_pending', value: 3 }],
      machine: { uptimeMs: 3_600_000 },
    })
  })

  it('says that the journal fails, on any clock; its alert is raised by whoever writes it', () => {
    const { health, codes } = desk(true)
    health.journalFault = 'the disk is full'
    health.look()
    expect(health.system).toMatchObject({ status: 'CRITICAL', detail: 'the disk is full' })
    expect(codes()).toEqual([])
    health.journalFault = null
    health.look()
    expect(health.system.status).toBe('HEALTHY')
    expect(codes()).toEqual([])
  })

  it('has the silence of the venue', () => {
    const { health, world } = desk(true)
    world.silentSince = START
    world.now += 61_000
    world.lastAt = world.now
    expect(health.now()).toMatchObject({ status: 'CRITICAL' })
  })
})
