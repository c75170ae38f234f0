/** The station itself answered: health, status, clock, configuration, live state. */
import type { StationFacade } from '../facade.ts'
import type { LiveStream } from '../live-stream.ts'
import { answering } from './call.ts'
import { refused } from './faults.ts'
import { statusWire } from './station-wire.ts'
import { iso, isoOrNull } from './wire-values.ts'

const NOT_VIRTUAL = 'the clock of this environment is not virtual'

export const stationAnswers = (facade: StationFacade, live: LiveStream) => ({
  health: answering.station.health.handler(() => {
    const { phase, version } = facade.status()
    return { status: phase === 'running' ? ('ok' as const) : phase, version }
  }),
  status: answering.station.status.handler(() => statusWire(facade.status())),
  watch: answering.station.watch.handler(({ input, signal }) => live.watch(input.topics, signal)),
  components: answering.station.components.handler(() => {
    const { now } = facade.status()
    const items = facade.components().map(({ name, isConnected, version, at, detail }) => ({
      name,
      connected: isConnected,
      version,
      at: isoOrNull(at),
      age_ms: at === null ? null : Math.max(0, now - at),
      detail,
    }))
    return { items, next: null, policy_version: facade.policy.current.version, timestamp: iso(now) }
  }),
  configuration: answering.station.configuration.handler(() => ({
    items: [...facade.configuration()],
    next: null,
  })),
  setSpeed: answering.station.setSpeed.handler(({ input }) => {
    if (!facade.setSpeed(input.speed)) throw refused(NOT_VIRTUAL)
    return { speed: facade.status().speed }
  }),
  setPaused: answering.station.setPaused.handler(({ input }) => {
    if (!facade.setPaused(input.paused)) throw refused(NOT_VIRTUAL)
    return { paused: facade.status().paused }
  }),
})
