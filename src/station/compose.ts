/** The composition root: picks the adapters, builds the station with them, and takes it down again. */
import { join } from 'node:path'

import { PrometheusMetrics } from '../adapters/prometheus/prometheus-metrics.ts'
import { dailyBackup } from '../adapters/sqlite/backup.ts'
import { openDatabase } from '../adapters/sqlite/open-database.ts'
import { storeOf, type SqliteStore } from '../adapters/sqlite/store.ts'
import { openMachine } from '../adapters/system/machine.ts'
import { FileVault } from '../adapters/vault/file-vault.ts'
import type { Log } from '../core/ports/log.ts'
import type { MetricsText } from '../core/ports/metrics.ts'
import type { TokenShelf } from '../core/ports/token-shelf.ts'
import type { Vault } from '../core/ports/vault.ts'
import { BUILT_IN_STRATEGIES } from '../core/strategy/built-in.ts'
import type { StrategyDefinition } from '../core/strategy/strategy.ts'
import { RankThread } from '../workers/rank-thread.ts'
import { requireLive, takeArrival } from './compose-live.ts'
import { openMarket } from './compose-market.ts'
import type { SECTIONS, Settings } from './compose-sections.ts'
import type { Time } from './compose-time.ts'
import { bindFolder, checkFolder, openTrading } from './compose-trading.ts'
import { firstPolicyOf } from './config/first-policy.ts'
import type { ReadConfiguration } from './config/read-configuration.ts'
import type { SimulatedPrices } from './connections-facade.ts'
import { alarmFact } from './executor-facts.ts'
import type { StationFacade } from './facade.ts'
import { FrontDesk } from './front-desk.ts'
import { NO_KEYS, onlyHere } from './homeless.ts'
import type { PastTeller } from './past-teller.ts'
import type { Arrival } from './place-desk.ts'
import { placeOf } from './place-of.ts'
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
  /** exchange keys; a file of its owner in the data folder, or the environment, where absent */
  readonly vault?: Vault
  /** strategies that trade; the built-in ones where absent */
  readonly strategies?: readonly StrategyDefinition[]
  /** minds keys and places of the home that the station runs for; absent: it stands alone and stays where it is */
  readonly minding?: (rooms: Rooms) => Pick<StationFacade, 'keys' | 'places'>
  /** what a person said on the way to this place */
  readonly arrival?: Arrival
  /** live prices were wanted and this market stands in for them */
  readonly simulatedPrices?: () => SimulatedPrices | null
  /** whose time rules at the exchange; the clock on the wall where absent */
  readonly time?: Time
  /** told how far the reading of the past is while the station comes up */
  readonly progress?: PastTeller
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
  const { configuration, log, version, now, arrival } = options
  const { settings, dataFolder } = configuration
  const place = placeOf(settings)
  const machine = openMachine(dataFolder)
  const store = storeOf(openDatabase(dataFolder, { settings: settings.database, backgroundCheckpoints: true }))
  const undo: (() => unknown)[] = [() => machine.close(), () => store.database.close()]
  try {
    const recovered = store.journal.recover(now())
    checkFolder(store.settings, settings.exchange.account, recovered.lastAt === 0)
    const vault = options.vault ?? new FileVault(join(dataFolder, 'keys.json'), process.env)
    const exchangeTime = options.time ?? null
    const market = await openMarket(settings, { store, recovered, now: now(), vault, log, exchangeTime })
    const { time } = market
    const { clock } = time
    undo.unshift(() => time.stop())
    const trading = await openTrading(settings, { market, store })
    undo.unshift(() => trading.close())
    const initial = firstPolicyOf(configuration)
    const policy = new PolicyStore({
      shelf: store.policies,
      now: () => clock.now(),
      initial,
      exposed: () => trading.hasPositions,
      listenerFailed: (problem) => log.error('policy_listener_failed', { problem: String(problem) }),
    })
    if (arrival !== undefined) takeArrival(arrival, policy, store.settings, now())
    if (settings.exchange.account === 'live') requireLive(policy.current, store.settings)
    log.info('risk_guard_risk_profile_loaded', { profile_name: policy.current.riskMode, origin: policy.origin })
    const end = Promise.withResolvers<void>()
    const metrics = new PrometheusMetrics()
    const rooms = buildRooms({
      clock,
      feed: trading.feed,
      venue: trading.venue,
      journal: store.journal,
      records: store.records,
      rankings: store.rankings,
      rankingEngine: new RankThread(),
      policy,
      log,
      metrics,
      machine,
      settings: roomSettings(settings),
      strategies: options.strategies ?? BUILT_IN_STRATEGIES,
      isLive: settings.exchange.account === 'live',
      isDurable: trading.isReal,
      afterTurn: (work) => void setImmediate(work),
      onEnd: () => {
        time.rest(settings.market.exitAtEnd)
        end.resolve()
      },
    })
    metrics.show(rooms.figures)
    const station = new Station(rooms)
    undo.unshift(() => station.stop())
    await station.start(options.progress)
    bindFolder(store.settings, settings.exchange.account)
    tellOrigin(rooms)
    const facade = new FrontDesk({
      rooms,
      station,
      pace: time.pace,
      deposit: trading.deposit,
      startedAt: clock.now(),
      version,
      configuration: configuration.effective,
      where: { place, account: settings.exchange.account, simulatedPrices: options.simulatedPrices ?? (() => null) },
      ...(options.minding?.(rooms) ?? { keys: NO_KEYS, places: onlyHere(place) }),
    })
    const backups = keepBackups(store, dataFolder, options)
    const run = time.run()
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
        time.stop()
        trading.close()
        machine.close()
        store.database.close()
      },
    }
  } catch (problem) {
    for (const step of undo) await attempt(step, log)
    throw problem
  }
}

/** What cannot be taken down does not keep the rest up. */
async function attempt(step: () => unknown, log: Log): Promise<void> {
  try {
    await step()
  } catch (problem) {
    log.warn('not_taken_down', { problem: String(problem) })
  }
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
    ranking: settings.ranker,
    safety: { health: settings.health, governor: settings.governor },
    msc: settings.msc,
    mscWatch: settings.mscWatch,
    equitySampleMs: settings.station.equitySampleSeconds * 1000,
    warmUpHours: settings.marketModel.historyBars,
    keptBars: KEPT_BARS,
    rememberedTrades: REMEMBERED_TRADES,
    decisionInterval: null,
  }
}

const KEPT_BARS = 240
const REMEMBERED_TRADES = 1000

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
