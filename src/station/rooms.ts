/** The station's own rooms, each given what it needs of the others. The one place that knows them all. */
import type { Exact } from '../core/model/decimal.ts'
import type { EntryIntent, Intent } from '../core/model/intent.ts'
import type { MscWatchSettings } from '../core/msc/settings.ts'
import { followUp } from '../core/orchestrator/entry-style.ts'
import type { OrchestratorSettings } from '../core/orchestrator/settings.ts'
import type { GovernorState } from '../core/policy/policy.ts'
import type { HoldableClock } from '../core/ports/clock.ts'
import type { Feed } from '../core/ports/feed.ts'
import type { Journal } from '../core/ports/journal.ts'
import type { Log } from '../core/ports/log.ts'
import type { Machine } from '../core/ports/machine.ts'
import type { Metrics } from '../core/ports/metrics.ts'
import type { RankingShelf } from '../core/ports/ranking-shelf.ts'
import type { Records } from '../core/ports/records.ts'
import type { Venue } from '../core/ports/venue.ts'
import type { RankingEngine } from '../core/ranker/ranking-engine.ts'
import { RANKER_SETTINGS } from '../core/ranker/settings.ts'
import type { Approved } from '../core/risk-guard/risk-guard.ts'
import type { StrategyDefinition } from '../core/strategy/strategy.ts'
import { AlertDesk } from './alert-desk.ts'
import { Announcer } from './announcer.ts'
import { Books } from './books.ts'
import { CanaryDesk } from './canary-desk.ts'
import { CANARY_SETTINGS } from './canary-settings.ts'
import { Commits } from './commits.ts'
import { EquityKeeper } from './equity-keeper.ts'
import { EventBus } from './event-bus.ts'
import type { StationEvents } from './events.ts'
import type { Fact } from './executor-facts.ts'
import type { ExecutorSettings } from './executor-settings.ts'
import { Executor } from './executor.ts'
import { GuardDesk } from './guard-desk.ts'
import { HostWatch } from './host-watch.ts'
import { MarketBoard } from './market-board.ts'
import { marketVote } from './market-state.ts'
import { figuresOf, meteredCheck, meterEvents } from './metering.ts'
import { ModeRules } from './mode-rules.ts'
import { MscController, type MscControllerSettings } from './msc-controller.ts'
import { MscPast } from './msc-past.ts'
import { orchestratorContext } from './orchestrator-view.ts'
import { OwnAlerts } from './own-alerts.ts'
import { Phase } from './phase.ts'
import { Pipeline } from './pipeline.ts'
import { cancelDenied, watchPolicy } from './policy-effects.ts'
import { PolicyReaders } from './policy-readers.ts'
import type { PolicyStore } from './policy-store.ts'
import { RankingDesk } from './ranking-desk.ts'
import { RankingKeeper } from './ranking-keeper.ts'
import type { RankingSettings } from './ranking-settings.ts'
import { RankingTable } from './ranking-table.ts'
import { toldOf } from './ranking.ts'
import { buildSafety, type Safety, type SafetySettings } from './safety.ts'
import { StrategyDesk } from './strategy-desk.ts'
import { SymbolWins } from './symbol-wins.ts'

export interface RoomSettings {
  readonly executor: ExecutorSettings
  readonly orchestrator: OrchestratorSettings
  readonly ranking: RankingSettings
  readonly safety: SafetySettings
  readonly msc: MscControllerSettings
  readonly mscWatch: MscWatchSettings
  readonly equitySampleMs: number
  /** 1 h candles per symbol asked for at start (SPEC §6) */
  readonly warmUpHours: number
  /** closed candles kept per symbol and interval */
  readonly keptBars: number
  /** closed trades read back at start, for sizing and cooldown */
  readonly rememberedTrades: number
  /** interval strategies decide on; null: each its own */
  readonly decisionInterval: StrategyInterval
}

type StrategyInterval = ConstructorParameters<typeof StrategyDesk>[1]

export interface RoomDeps {
  readonly clock: HoldableClock
  readonly feed: Feed
  readonly venue: Venue
  readonly journal: Journal
  readonly records: Records
  readonly rankings: RankingShelf
  readonly rankingEngine: RankingEngine
  readonly policy: PolicyStore
  readonly log: Log
  readonly metrics: Metrics
  readonly machine: Machine
  readonly settings: RoomSettings
  readonly strategies: readonly StrategyDefinition[]
  /** real money: limits in USDT must be set */
  readonly isLive: boolean
  /** orders leave this machine: they are journaled with full sync first */
  readonly isDurable: boolean
  /** runs once control returns to the event loop: rows of many inputs become durable together */
  readonly afterTurn: (work: () => void) => void
  /** the source has nothing more to tell */
  readonly onEnd: () => void
}

export type Rooms = ReturnType<typeof buildRooms>

const NO_PRICE = 0

export function buildRooms(deps: RoomDeps) {
  const { clock, feed, venue, journal, policy, log, metrics, settings, isLive } = deps
  const readers = new PolicyReaders(policy, clock)
  const governor = (): GovernorState => safety.governor.state
  const listenerFailed = (problem: unknown): void => log.error('listener_failed', { problem: String(problem) })
  const bus = new EventBus<StationEvents>((type, problem) =>
    log.error('subscriber_failed', { type, problem: String(problem) }),
  )
  const announcer = new Announcer({ bus, journal, clock, listenerFailed })
  const alerts = new AlertDesk({ journal, announcer, clock, log })
  const commits = new Commits({
    journal,
    metrics: { timed: (what, work) => metrics.timed(what, () => safety.health.timed(work)) },
    durable: deps.isDurable,
    afterTurn: deps.afterTurn,
    onUnwritable: (problem, isFirst) => {
      const message = `the journal cannot be written: ${String(problem)}`
      safety.health.journalFault = message
      policy.engageEmergency({ actor: 'governor', reason: message })
      if (!isFirst) return
      log.error('journal_unwritable', { problem: String(problem) })
      alerts.raise({ severity: 'critical', code: 'journal_unwritable', message, about: 'journal' })
    },
    onWritableAgain: () => {
      log.info('journal_writable')
      safety.health.journalFault = null
      alerts.clear('journal_unwritable', 'journal')
      policy.storeWaiting()
    },
  })
  const phase = new Phase(() => announcer.touch('status'))
  const riskModeOf = (version: number): string =>
    version === policy.current.version
      ? policy.current.riskMode
      : (policy.version(version)?.policy.riskMode ?? policy.current.riskMode)
  const books = new Books({ journal, settings: settings.executor, riskModeOf })
  const strategies = new StrategyDesk(deps.strategies, settings.decisionInterval)
  const market: MarketBoard = new MarketBoard({
    baseInterval: feed.description.interval,
    higherIntervals: [...new Set(['1h' as const, ...strategies.intervals])],
    keptBars: settings.keptBars,
    onBar: (_desk, candle) => {
      if (candle.interval !== feed.description.interval) commits.candle(candle)
      strategies.next(candle, (signal) => pipeline.add(signal))
      if (candle.interval !== '1h') return
      ranking.onHour(candle)
      modeRules.hourClosed()
    },
  })
  const marketState = () => marketVote(market)
  const modeRules: ModeRules = new ModeRules({
    clock,
    policy: readers.as('mode_rules'),
    log,
    volatility: () => marketState().volatility,
    advised: () => msc.advised(),
  })
  const settle = (): void => {
    announcer.tellChanges()
    commits.soon()
  }
  const rankingTable = new RankingTable(() => ranking.last)
  const wins = new SymbolWins(RANKER_SETTINGS.ownTrades)
  const ranking: RankingDesk = new RankingDesk({
    clock,
    market,
    policy: readers.as('ranker'),
    alerts,
    wins,
    settle,
    engine: deps.rankingEngine,
    shelf: deps.rankings,
    keeper: new RankingKeeper({
      shelf: deps.rankings,
      afterTurn: deps.afterTurn,
      failed: (problem) => log.warn('ranking_not_kept', { problem: String(problem) }),
    }),
    regime: () => marketState().regime,
    equity: () => account()?.equity.toNumber() ?? null,
    isRunning: () => phase.name === 'running',
    told: (made, traceId) => {
      announcer.publish('opportunities.updated', traceId, toldOf(made, settings.ranking.topN))
      announcer.touch('rankings')
    },
    settings: settings.ranking,
  })
  const equity = new EquityKeeper({
    books,
    market,
    clock,
    journal,
    sampleMs: settings.equitySampleMs,
    isBehind: () => executor.reconciler.doneAt === null,
    navAtDayStart: (day) => deps.records.equity({ from: day, to: clock.now(), points: 2 })[0]?.nav ?? null,
    sampled: () => {
      msc.sampled()
      announcer.touch('account')
      announcer.touch('usage')
    },
  })
  const account = () => equity.account()
  const entriesOff = (symbol: string): string | null => {
    if (phase.name !== 'running') return `the station is ${phase.name}`
    if (canary.entriesOff !== null) return canary.entriesOff
    return host.entriesOff ?? executor.entriesOffOn(symbol)
  }
  const guard = new GuardDesk({
    clock,
    feed: feed.description,
    isLive,
    policy: readers.as('risk_guard'),
    books,
    market,
    governor,
    account,
    dayLossUsd: () => equity.dayLossUsd(),
    entriesOff,
    equityJump: () => equity.jump,
  })
  const quoteOf = (symbol: string) => {
    const desk = market.desk(symbol)
    return {
      last: desk?.last ?? NO_PRICE,
      bid: desk?.ticker?.bid ?? null,
      ask: desk?.ticker?.ask ?? null,
      mark: desk?.mark ?? NO_PRICE,
      spread: desk?.model.state.spread ?? null,
    }
  }
  const checkNext = (intent: Intent) => {
    const verdict = guard.check(intent)
    if (verdict.outcome === 'denied' && intent.kind === 'ENTRY') pipeline.deniedSecondStep(intent, verdict)
    return verdict
  }
  const announce = (fact: Fact): void => {
    if (fact.type === 'account.changed') {
      equity.moved()
      announcer.touch('account')
      announcer.touch('usage')
      return
    }
    if (fact.type === 'foreign.changed') {
      for (const id of fact.data) announcer.touch('orders', id)
      announcer.touch('usage')
      return
    }
    if (fact.type === 'order.changed') {
      announcer.touch('orders', fact.data.clientOrderId)
      announcer.touch('usage')
      if (books.positions.has(fact.data.symbol)) announcer.touch('positions', fact.data.symbol)
    }
    if (fact.type === 'position.changed') {
      equity.moved()
      announcer.touch('positions', fact.data.symbol)
      announcer.touch('account')
      announcer.touch('usage')
    }
    if (fact.type === 'trade.executed') {
      announcer.touch('trades', fact.data.id, fact.data)
      safety.governor.closed(fact.data)
      wins.remember(fact.data)
    }
    if (fact.type === 'alert.raised') {
      alerts.note(fact.data, fact.traceId)
      return
    }
    announcer.publish(fact.type, fact.traceId, fact.data)
  }
  const executor: Executor = new Executor(
    {
      venue,
      clock,
      books,
      settings: settings.executor,
      flush: () => commits.now(),
      check: checkNext,
      closeDecided: (intent, verdict, attempt) => pipeline.closeDecided(intent, verdict, attempt),
      reservations: guard.reservations,
      followUp: (intent: EntryIntent, rest: Exact) => {
        const next = followUp(intent, rest, quoteOf(intent.symbol), clock.now())
        if (next === null || !('outcome' in next)) return next
        pipeline.ranAway(intent, next)
        return null
      },
      markOf: market.markOf,
      instrumentOf: (symbol) => market.desk(symbol)?.instrument ?? null,
      priceEveryMs: feed.description.priceEveryMs,
      announce,
    },
    {
      onReconciled: () => {
        for (const symbol of books.positions.keys()) announcer.touch('positions', symbol)
        equity.reconciled()
        announcer.touch('status')
      },
    },
  )
  const orchestratorPolicy = readers.as('orchestrator')
  const pipeline: Pipeline = new Pipeline({
    clock,
    journal,
    announcer,
    context: (used) =>
      orchestratorContext(
        {
          clock,
          policy: orchestratorPolicy,
          books,
          market,
          guard,
          account,
          isBusy: (symbol) => executor.isBusy(symbol),
          isWarmingUp: (strategyId) => msc.isWarmingUp(strategyId),
          isRanked: () => ranking.isRanked,
          settings: settings.orchestrator,
        },
        used,
      ),
    check: meteredCheck((intent) => guard.check(intent), { metrics, policy }),
    policyVersion: () => policy.current.version,
    execute: (approved: Approved) => void executor.execute(approved),
  })
  const canary: CanaryDesk = new CanaryDesk({
    clock,
    venue,
    alerts,
    settings: CANARY_SETTINGS,
    symbols: () => [...market.desks].map(({ symbol }) => symbol),
    settle: () => {
      announcer.touch('status')
      settle()
    },
  })
  const host = new HostWatch({
    executor,
    lines: [venue, feed],
    publish: (kind) => {
      announcer.publish('system.changed', null, { kind })
      if (kind !== 'resumed') return
      modeRules.look()
      msc.woke()
    },
    statusChanged: () => announcer.touch('status'),
  })
  const effects = { policy, guard, books, market, executor, announcer, account }
  const safety: Safety = buildSafety({
    ...deps,
    policy: readers.as('governor'),
    settings: settings.safety,
    feed: feed.description,
    bus,
    announcer,
    alerts,
    phase,
    books,
    market,
    equity,
    executor,
    limitsChanged: () => guard.refresh(),
    cancelDenied: () => cancelDenied(effects),
    settle,
  })
  const msc: MscController = new MscController({
    clock,
    policy: readers.as('msc'),
    journal,
    records: () => {
      commits.now()
      return deps.records
    },
    announcer,
    alerts,
    log,
    metrics,
    bus,
    past: new MscPast(),
    account,
    strategies: strategies.active,
    market: marketState,
    rankedAt: () => ranking.lastAt,
    governor,
    health: () => safety.health.system.status,
    shadowTrades: () => null,
    stopwatch: () => deps.machine.elapsedMs(),
    settings: settings.msc,
    watch: settings.mscWatch,
    warmSizes: { defensive: settings.orchestrator.warmingUpSizeDefensive, other: settings.orchestrator.warmingUpSize },
  })
  const ownAlerts = new OwnAlerts({
    clock,
    alerts,
    announcer,
    records: deps.records,
    figures: () => {
      const now = account()
      return {
        priceOf: (symbol) => market.markOf(symbol),
        drawdown: now?.drawdown ?? null,
        dayLossUsd: now === null ? null : equity.dayLossUsd(),
      }
    },
    isListed: (symbol) => market.desk(symbol) !== undefined,
    settle,
  })
  watchPolicy(effects)
  meterEvents({ metrics, bus, policy })
  return {
    ...deps,
    bus,
    announcer,
    alerts,
    ownAlerts,
    commits,
    phase,
    books,
    strategies,
    market,
    equity,
    guard,
    executor,
    pipeline,
    canary,
    host,
    modeRules,
    readers,
    marketState,
    ranking,
    rankingTable,
    wins,
    governor,
    safety,
    msc,
    announce,
    cancelDenied: () => cancelDenied(effects),
    figures: () => figuresOf({ clock, bus, policy, strategies, market, executor, msc, account }),
  }
}
