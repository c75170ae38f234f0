/** Starts a venue on this machine: the simulated exchange behind HTTP and WebSocket. */
import type { MarketSimulatorSettings } from '../../src/adapters/market-simulator/settings.ts'
import { VirtualClock, type Speed } from '../../src/adapters/system/virtual-clock.ts'
import type { Clock } from '../../src/core/ports/clock.ts'
import { moveTo } from './control-path.ts'
import { type Answering, Doors } from './doors.ts'
import { Exchange } from './exchange.ts'
import type { FaultRule } from './faults/fault-names.ts'
import { ManualSource, type ManualSymbol } from './market/manual-source.ts'
import type { MarketSource } from './market/market-source.ts'
import { SimulatedSource } from './market/simulated-source.ts'
import { RestDoor } from './rest/rest-door.ts'
import { keyOf, type ApiKey } from './rest/signing.ts'
import { VENUE_SETTINGS, type VenueSettings } from './settings.ts'
import { Sockets } from './streams/sockets.ts'

export const VENUE_KEY = 'venue-key-of-a-test'
export const VENUE_SECRET = 'venue-secret-of-a-test'

export interface VenueOptions {
  /** 0: any free one */
  readonly port?: number
  readonly keys?: readonly ApiKey[]
  readonly seed?: number
  /** shared with whoever else lives in its time; without one the venue has its own virtual clock */
  readonly clock?: Clock
  /** own clock: where it begins, and how fast it goes; `stepped`: only when told to */
  readonly startAt?: number
  readonly speed?: Speed | 'stepped'
  readonly settings?: Partial<VenueSettings>
  /** prices moved by hand; without symbols and source the market simulator moves them */
  readonly symbols?: readonly ManualSymbol[]
  readonly source?: MarketSource
  readonly simulator?: Partial<MarketSimulatorSettings>
  readonly faults?: readonly FaultRule[]
  /** stands before what answers requests */
  readonly answering?: (answer: Answering) => Answering
}

export interface RunningVenue {
  readonly port: number
  readonly http: string
  readonly ws: string
  readonly exchange: Exchange
  readonly sockets: Sockets
  now(): number
  /** Lets time go by, where the venue has its own stepped clock. */
  advance(ms: number): void
  moveTo(symbol: string, price: number): void
  inject(rule: FaultRule): void
  close(): Promise<void>
}

const START_AT = Date.UTC(2026, 0, 5)

export async function startVenue(options: VenueOptions = {}): Promise<RunningVenue> {
  const speed = options.speed ?? 'stepped'
  const own = new VirtualClock({ startAt: options.startAt ?? START_AT, ...(speed === 'stepped' ? {} : { speed }) })
  const clock = options.clock ?? own
  const seed = options.seed ?? 1
  const timeScale = typeof speed === 'number' ? Math.max(1, speed) : 1
  const settings = { ...VENUE_SETTINGS, timeScale, ...options.settings }
  const source = await sourceOf(options, clock, seed)
  const exchange = new Exchange({ clock, settings, seed, source })
  await exchange.start()
  const sockets = new Sockets(exchange)
  const keys = options.keys ?? [keyOf(VENUE_KEY, VENUE_SECRET)]
  const rest = new RestDoor(exchange, keys)
  const answer: Answering = (request) => rest.answer(request)
  const doors = new Doors({ exchange, sockets, clock, answer: options.answering?.(answer) ?? answer })
  const port = await doors.open(options.port ?? 0)
  for (const rule of options.faults ?? []) exchange.faults.inject(rule)
  const running = options.clock === undefined && speed !== 'stepped' ? own.run() : Promise.resolve()
  return {
    port,
    http: `http://127.0.0.1:${port}`,
    ws: `ws://127.0.0.1:${port}`,
    exchange,
    sockets,
    now: () => clock.now(),
    advance: (ms) => own.advanceTo(own.now() + ms),
    moveTo: (symbol, price) => moveTo(exchange, symbol, price),
    inject: (rule) => exchange.faults.inject(rule),
    close: async () => {
      own.stop()
      await exchange.stop()
      await doors.close()
      await running
    },
  }
}

function sourceOf(options: VenueOptions, clock: Clock, seed: number): Promise<MarketSource> {
  if (options.source !== undefined) return Promise.resolve(options.source)
  if (options.symbols !== undefined) return Promise.resolve(new ManualSource(options.symbols))
  return SimulatedSource.of(clock, { seed, ...options.simulator })
}
