/**
 * The Meta Strategy Controller at work: gathers, evaluates, writes mode, numbers, lists and the evaluation in one version,
 * and journals each run. A step that fails leaves the last policy as it is (SPEC §5).
 */
import type { GlobalState } from '../core/market/global-state.ts'
import type { HealthStatus } from '../core/model/health.ts'
import { traceIdOf, type TraceId } from '../core/model/ids.ts'
import type { Trigger } from '../core/msc/decision.ts'
import {
  evaluate,
  type Evaluated,
  type Evaluation,
  type EvaluationInput,
  type RunStep,
  type StepName,
} from '../core/msc/evaluation.ts'
import type { MscTrade } from '../core/msc/evidence.ts'
import { failedEvaluation } from '../core/msc/failed-evaluation.ts'
import { memoryOf } from '../core/msc/memory.ts'
import type { StrategyRecord } from '../core/msc/score.ts'
import type { GovernorState } from '../core/policy/policy.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Journal, MscPolicyRow } from '../core/ports/journal.ts'
import type { Log } from '../core/ports/log.ts'
import type { Metrics } from '../core/ports/metrics.ts'
import type { Records } from '../core/ports/records.ts'
import type { AlertDesk } from './alert-desk.ts'
import type { Announcer } from './announcer.ts'
import type { MscPast } from './msc-past.ts'
import type { PolicyStore } from './policy-store.ts'
import type { ActiveStrategy } from './strategy-desk.ts'

export interface MscDeskDeps {
  readonly clock: Clock
  readonly policy: PolicyStore
  readonly journal: Pick<Journal, 'write'>
  /** everything said so far is in the tables */
  readonly records: () => Records
  readonly announcer: Pick<Announcer, 'publish' | 'touch'>
  readonly alerts: Pick<AlertDesk, 'raise' | 'clear'>
  readonly log: Pick<Log, 'info' | 'error'>
  readonly metrics: Pick<Metrics, 'evaluated' | 'timed'>
  readonly past: MscPast
  readonly strategies: readonly ActiveStrategy[]
  readonly market: () => GlobalState
  readonly governor: () => GovernorState
  readonly health: () => HealthStatus
  /** epoch ms of the ranking in force, which writes no version when it is like the one before; absent: as the policy's versions say */
  readonly rankedAt?: () => number | null
  /** closed trades of a strategy's shadow account, in order of closing; null: nothing follows it in the shadow */
  readonly shadowTrades: (strategyId: string) => readonly MscTrade[] | null
  /** whether it applies its advice; else it only advises */
  readonly applies: boolean
  /** ms of real time, for how long a run took; it decides nothing */
  readonly stopwatch: () => number
}

/** A run as it is told: how long it took is not journaled, the same input gives the same journal. */
export interface ToldEvaluation extends Evaluation {
  readonly tookMs: number
}

const STEPS: readonly StepName[] = ['gather', 'vote', 'score', 'select', 'build', 'write', 'publish']
const FAILED = 'msc_evaluation_failed'
const PERCENT = 100

const textOf = (problem: unknown): string => (problem instanceof Error ? problem.message : String(problem))

export class MscDesk {
  readonly #deps: MscDeskDeps
  #rebasedAt: number | null = null
  #rankedAt: number | null = null
  #lastDone: (Evaluated & { readonly told: ToldEvaluation }) | null = null
  readonly #tookMs = new Map<string, number>()

  constructor(deps: MscDeskDeps) {
    this.#deps = deps
    deps.policy.onUpdated(({ policy: { updatedBy, updatedAt } }) => {
      if (updatedBy === 'ranker') this.#rankedAt = updatedAt
    })
  }

  /** Reads back what an earlier start knew. */
  load(): void {
    const { policy, past, clock, records } = this.#deps
    const { current } = policy
    past.reach(records, clock.now(), current.rules.msc)
    const ranked = current.sources['oppRankings']?.version
    this.#rankedAt = ranked === undefined ? null : (policy.version(ranked)?.policy.updatedAt ?? null)
    const [rebased] = records().events({ type: 'msc.rebased', limit: 1 }).items
    this.#rebasedAt = rebased?.at ?? null
  }

  /** The last run that did not fail, since this start. */
  get lastDone(): (Evaluated & { readonly told: ToldEvaluation }) | null {
    return this.#lastDone
  }

  get rebasedAt(): number | null {
    return this.#rebasedAt
  }

  /** Windows of evidence begin now. */
  rebase(by: string, reason: string): number {
    const { clock, announcer } = this.#deps
    const at = clock.now()
    this.#rebasedAt = at
    announcer.publish('msc.rebased', traceIdOf('rebase', at), { by, reason })
    return at
  }

  tookMs(traceId: string): number {
    return this.#tookMs.get(traceId) ?? 0
  }

  /** Evidence as a run would see it now. */
  input(trigger: Trigger): EvaluationInput {
    const { clock, policy, past, records, market, governor, health, applies } = this.#deps
    const now = clock.now()
    const { current } = policy
    past.reach(records, now, current.rules.msc)
    return {
      now,
      trigger,
      policy: current,
      governor: governor(),
      memory: memoryOf(current),
      nav: past.nav,
      trades: past.trades,
      market: market(),
      health: health(),
      rebasedAt: this.#rebasedAt,
      strategies: this.strategyRecords(),
      ranked: { at: this.#deps.rankedAt?.() ?? this.#rankedAt, scores: current.oppRankings },
      applies,
    }
  }

  strategyRecords(): StrategyRecord[] {
    const { strategies, past, shadowTrades } = this.#deps
    return strategies.map(({ definition: { id, regimeTags } }) => ({
      id,
      name: nameOf(id),
      regimeTags,
      live: past.tradesOf(id),
      shadow: shadowTrades(id),
    }))
  }

  run(trigger: Trigger): ToldEvaluation {
    const { clock, policy, stopwatch, metrics } = this.#deps
    const begun = stopwatch()
    const traceId = traceIdOf('msc', trigger, clock.now(), policy.current.version)
    const steps = new Steps(traceId, this.#deps.log)
    const evaluation = metrics.timed('msc_evaluation', () => this.#tried(trigger, traceId, steps))
    const told = { ...evaluation, tookMs: stopwatch() - begun }
    this.#remember(told)
    return told
  }

  #tried(trigger: Trigger, traceId: TraceId, steps: Steps): Evaluation {
    try {
      return this.#done(trigger, traceId, steps)
    } catch (problem) {
      return this.#failed(trigger, traceId, { step: steps.current, message: textOf(problem) })
    }
  }

  #done(trigger: Trigger, traceId: TraceId, steps: Steps): Evaluation {
    const { alerts, metrics } = this.#deps
    const evaluated = evaluate(this.input(trigger), steps.run)
    const version = steps.run('write', () => this.#write(evaluated, traceId))
    const evaluation: Evaluation = { ...evaluated.evaluation, traceId, policyVersion: version }
    steps.run('publish', () => this.#journal(evaluation))
    this.#lastDone = { ...evaluated, told: { ...evaluation, tookMs: 0 } }
    alerts.clear(FAILED)
    metrics.evaluated(evaluation.modeAfter)
    return evaluation
  }

  #write({ patch, evaluation }: Evaluated, traceId: TraceId): number {
    const { policy } = this.#deps
    const result = policy.change(patch, { actor: 'msc', reason: evaluation.sentence, traceId })
    if (result.outcome === 'accepted') return result.policy.version
    const why = result.outcome === 'refused' ? result.reason : result.fields
    throw new Error(`the policy was not changed: ${typeof why === 'string' ? why : JSON.stringify(why)}`)
  }

  #failed(trigger: Trigger, traceId: TraceId, failure: NonNullable<Evaluation['failure']>): Evaluation {
    const { clock, policy, announcer, alerts, log } = this.#deps
    const at = clock.now()
    const evaluation = failedEvaluation({ at, trigger, traceId, policy: policy.current, failure })
    const message = `the evaluation failed at step ${failure.step}: ${failure.message}`
    log.error('msc_failed', { trace_id: traceId, step: failure.step, problem: failure.message })
    this.#journal(evaluation)
    announcer.publish('msc.failed', traceId, { trigger, ...failure })
    alerts.raise({ severity: 'warning', code: FAILED, message, about: '', traceId })
    return evaluation
  }

  /** The policy in force after the run, and the run itself. */
  #journal(evaluation: Evaluation): void {
    const { policy, journal } = this.#deps
    const { riskMode, maxRiskPerTrade, maxPositions, maxDailyTrades, globalMinConfidence, allowedStrategies } =
      policy.current
    const { drawdownPct, winRatePct } = evaluation.evidence
    const row: MscPolicyRow = {
      traceId: evaluation.traceId as TraceId,
      riskMode,
      maxRiskPerTrade,
      maxPositions,
      minConfidence: globalMinConfidence,
      maxDailyTrades,
      allowedStrategies,
      systemDrawdown: drawdownPct,
      systemWinrate: winRatePct === null ? null : winRatePct / PERCENT,
      votes: evaluation,
      createdAt: evaluation.at,
    }
    journal.write('msc_policies', row)
  }

  #remember(told: ToldEvaluation): void {
    if (this.#lastDone?.told.traceId === told.traceId) this.#lastDone = { ...this.#lastDone, told }
    this.#tookMs.set(told.traceId, told.tookMs)
    for (const trace of this.#tookMs.keys()) {
      if (this.#tookMs.size <= MOST_TIMES) return
      this.#tookMs.delete(trace)
    }
  }
}

const MOST_TIMES = 500

/** `trend_following` → `Trend following`. */
const nameOf = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1).replaceAll('_', ' ')

/** The steps of one run, each logged under its trace; `current` is the one that runs or failed. */
class Steps {
  current: StepName = 'gather'
  readonly #traceId: TraceId
  readonly #log: Pick<Log, 'info'>

  constructor(traceId: TraceId, log: Pick<Log, 'info'>) {
    this.#traceId = traceId
    this.#log = log
  }

  readonly run: RunStep = (name, work) => {
    this.current = name
    const result = work()
    this.#log.info('msc_step', { trace_id: this.#traceId, step: name, number: STEPS.indexOf(name) + 1 })
    return result
  }
}
