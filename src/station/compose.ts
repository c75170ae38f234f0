/** The composition root: picks the adapters, builds the station with them, and takes it down again. */
import { PaperExchange } from '../adapters/paper/paper-exchange.ts'
import { PrometheusMetrics } from '../adapters/prometheus/prometheus-metrics.ts'
import { dailyBackup } from '../adapters/sqlite/backup.ts'
import { openDatabase } from '../adapters/sqlite/open-database.ts'
import { storeOf, type SqliteStore } from '../adapters/sqlite/store.ts'
import type { VirtualClock } from '../adapters/system/virtual-clock.ts'
import type { Feed } from '../core/ports/feed.ts'
import type { Log } from '../core/ports/log.ts'
import type { MetricsText } from '../core/ports/metrics.ts'
import type { TokenShelf } from '../core/ports/token-shelf.ts'
import { BUILT_IN_STRATEGIES } from '../core/strategy/built-in.ts'
import type { StrategyDefinition } from '../core/strategy/strategy.ts'
import { openMarket, type Settings } from './compose-market.ts'
import type { SECTIONS } from './compose-sections.ts'
import { firstPolicyOf } from './config/first-policy.ts'
import type { ReadConfiguration } from './config/read-configuration.ts'
import { alarmFact } from './executor-facts.ts'
import type { StationFacade } from './facade.ts'
import { FrontDesk } from './front-desk.ts'
import { PolicyStore } from './policy-store.ts'
import { buildRooms, type Rooms } from './rooms.ts'
import { Station } from './station.ts'

export interface ComposeOptions {
  readonly configuration: ReadConfiguration<typeof SECTIONS>
  readonly log: Log
  /** release of this program */
  readonly version: string
  /** real time, epoch ms */
  readonly now: () => number
  /** strategies that trade; the built-in ones where absent */
  readonly strategies?: readonly StrategyDefinition[]
}

export interface RunningStation {
  readonly facade: StationFacade
  readonly tokens: TokenShelf
  readonly metrics: MetricsText
  readonly rooms: Rooms
  /** resolves when the source has nothing more to tell; rejects when the station cannot go on */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

const HOUR_MS = 3_600_000

/** Opens the data folder and starts the station in it. */
export async function startStation(options: ComposeOptions): Promise<RunningStation> {
  const { configuration, log, version, now } = options
  const { settings, dataFolder } = configuration
  const store = storeOf(openDatabase(dataFolder, { settings: settings.database, backgroundCheckpoints: true }))
  try {
    const recovered = store.journal.recover(now())
    const { clock, feed } = await openMarket(settings, { store, recovered, now: now() })
    const told = recovered.feedPosition ?? clock.now()
    const paper = await openPaper(settings, { clock, feed, store, told })
    const initial = firstPolicyOf(configuration)
    const policy = new PolicyStore({
      shelf: store.policies,
      now: () => clock.now(),
      initial,
      exposed: () => paper.hasPositions,
      listenerFailed: (problem) => log.error('policy_listener_failed', { problem: String(problem) }),
    })
    log.info('risk_guard_risk_profile_loaded', { profile_name: policy.current.riskMode, origin: policy.origin })
    const end = Promise.withResolvers<void>()
    const metrics = new PrometheusMetrics()
    const rooms = buildRooms({
      clock,
      feed: tapped(feed, paper),
      venue: paper,
      journal: store.journal,
      records: store.records,
      policy,
      log,
      metrics,
      settings: roomSettings(settings),
      strategies: options.strategies ?? BUILT_IN_STRATEGIES,
      isLive: false,
      afterTurn: (work) => void setImmediate(work),
      onEnd: () => {
        rest(clock, settings.market.exitAtEnd)
        end.resolve()
      },
    })
    metrics.show(rooms.figures)
    const station = new Station(rooms)
    await station.start()
    tellOrigin(rooms)
    const facade = new FrontDesk({
      rooms,
      station,
      pace: paceOf(clock),
      deposit: (amount) => paper.move(amount),
      startedAt: clock.now(),
      version,
      configuration: configuration.effective,
    })
    const backups = keepBackups(store, dataFolder, options)
    const run = clock.run()
    run.catch((problem: unknown) => {
      log.error('clock_failed', { problem: String(problem) })
      end.reject(problem)
    })
    return {
      facade,
      tokens: store.tokens,
      metrics,
      rooms,
      ended: end.promise,
      async stop() {
        clearInterval(backups)
        await station.stop()
        clock.stop()
        paper.close()
        store.database.close()
      },
    }
  } catch (problem) {
    store.database.close()
    throw problem
  }
}

/** With nothing left to tell, virtual time would race on empty: it stands still for the end, or goes on at the pace of real time. */
function rest(clock: VirtualClock, isOver: boolean): void {
  if (isOver) clock.setPaused(true)
  else clock.setSpeed(1)
}

/** A policy that had to be recovered is a person's business. */
function tellOrigin({ policy, announce, clock }: Rooms): void {
  const { origin, current } = policy
  if (origin === 'new' || origin === 'current') return
  const message =
    origin === 'history'
      ? `the policy was unreadable and was recovered from history as version ${String(current.version)}`
      : 'the policy and its history were unreadable: NORMAL defaults are in force and trading is stopped'
  announce(alarmFact(clock.now(), { severity: 'critical', code: 'policy_recovered', message, about: origin }))
}

function roomSettings(settings: Settings) {
  return {
    executor: settings.executor,
    orchestrator: settings.orchestrator,
    equitySampleMs: settings.station.equitySampleSeconds * 1000,
    warmUpHours: settings.marketModel.historyBars,
    keptBars: KEPT_BARS,
    rememberedTrades: REMEMBERED_TRADES,
    decisionInterval: null,
  }
}

const KEPT_BARS = 240
const REMEMBERED_TRADES = 1000

interface PaperPlace {
  readonly clock: VirtualClock
  readonly feed: Feed
  readonly store: SqliteStore
  /** feed time up to which everything was told */
  readonly told: number
}

async function openPaper(settings: Settings, { clock, feed, store, told }: PaperPlace): Promise<PaperExchange> {
  const instruments = await feed.instruments()
  const { paper, marketModel, station } = settings
  const exchange = new PaperExchange({
    clock,
    shelf: store.paper,
    instruments,
    settings: paper,
    market: marketModel,
    seed: station.seed,
  })
  for (const { symbol } of instruments) exchange.prime(await feed.history(symbol, '1h', told, 24))
  return exchange
}

/** The exchange sees each market event before the station does. */
function tapped(feed: Feed, paper: PaperExchange): Feed {
  return {
    description: feed.description,
    instruments: () => feed.instruments(),
    history: (symbol, interval, before, limit) => feed.history(symbol, interval, before, limit),
    stop: () => feed.stop(),
    start: (tell, after) =>
      feed.start((event) => {
        paper.onMarket(event)
        tell(event)
      }, after),
  }
}

function paceOf(clock: VirtualClock) {
  return {
    get speed() {
      return clock.pace.speed
    },
    get paused() {
      return clock.pace.paused
    },
    setSpeed: (speed: number | 'max') => clock.setSpeed(speed),
    setPaused: (paused: boolean) => clock.setPaused(paused),
  }
}

/** One backup a day of real time, whatever the station's clock says. */
function keepBackups(store: SqliteStore, folder: string, { configuration, log, now }: ComposeOptions): NodeJS.Timeout {
  let day = ''
  const backUp = (): void => {
    const today = new Date(now()).toISOString().slice(0, 10)
    if (day === today) return
    day = today
    dailyBackup(store.database, folder, now(), configuration.settings.database).catch((problem: unknown) =>
      log.error('backup_failed', { problem: String(problem) }),
    )
  }
  const timer = setInterval(backUp, HOUR_MS)
  timer.unref()
  return timer
}
