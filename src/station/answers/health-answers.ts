/** Health answered: components, latencies, counters; alerts and losing streaks that a person has seen. */
import type { StationFacade } from '../facade.ts'
import type { LiveStream } from '../live-stream.ts'
import { answering } from './call.ts'
import { notThere, refused } from './faults.ts'
import { healthWire } from './health-wire.ts'
import { governorWire } from './policy-wire.ts'
import { alertWire } from './station-wire.ts'

export const healthAnswers = (facade: StationFacade, live: Pick<LiveStream, 'watching'>) => ({
  report: answering.health.report.handler(() => {
    const { health } = facade
    const report = health.report()
    const { machine } = report
    return {
      ...healthWire(report),
      governor: governorWire(facade.governor()),
      latencies: report.latencies.map(({ name, p50, p99, count }) => ({ name, p50_ms: p50, p99_ms: p99, count })),
      counters: [...report.counters, { name: 'live_watchers', value: live.watching }],
      process: {
        uptime_ms: machine.uptimeMs,
        resident_bytes: machine.residentBytes,
        heap_bytes: machine.heapBytes,
        cpu_pct: machine.cpuPct,
      },
      open_alerts: health.standingAlerts().map(alertWire),
    }
  }),
  acknowledgeAlert: answering.health.acknowledgeAlert.handler(({ input, context }) => {
    const alert = facade.health.acknowledgeAlert(input.id, context.actor)
    if (alert === null) throw notThere(`standing alert ${input.id}`)
    return alertWire(alert)
  }),
  ownAlerts: answering.health.ownAlerts.handler(() => ({ items: [...facade.health.ownAlerts()], next: null })),
  setOwnAlerts: answering.health.setOwnAlerts.handler(({ input, context }) => {
    const result = facade.health.setOwnAlerts(input.items, context.actor)
    if (result.outcome === 'refused') throw refused(result.reason)
    return { items: [...result.rules], next: null }
  }),
  acknowledgeStreak: answering.health.acknowledgeStreak.handler(({ context }) => {
    const result = facade.health.acknowledgeStreak(context.actor)
    if (result.outcome === 'refused') throw refused(result.reason)
    return { governor: governorWire(result.governor) }
  }),
})
