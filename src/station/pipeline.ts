/** The hallway: candle → signal → orchestrator → risk guard → decision journaled → executor. */
import type { DecisionStep } from '../core/model/decision-step.ts'
import type { IntentId } from '../core/model/ids.ts'
import type { CloseIntent, EntryIntent, Intent } from '../core/model/intent.ts'
import type { Denied } from '../core/model/refusal.ts'
import type { Signal } from '../core/model/signal.ts'
import type { OrchestratorContext } from '../core/orchestrator/context.ts'
import type { Decision } from '../core/orchestrator/decision.ts'
import type { RanAway } from '../core/orchestrator/entry-style.ts'
import { orchestrate } from '../core/orchestrator/orchestrate.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Journal } from '../core/ports/journal.ts'
import type { Approved, ExplainedDenial } from '../core/risk-guard/risk-guard.ts'
import type { Announcer } from './announcer.ts'
import { closeCause, decisionRow, type DecisionCause, isNews } from './decision-row.ts'

interface PipelineDeps {
  readonly clock: Clock
  readonly journal: Journal
  readonly announcer: Announcer
  readonly context: (used: { has(intentId: string): boolean }) => OrchestratorContext
  readonly check: (intent: Intent) => Approved | ExplainedDenial
  readonly policyVersion: () => number
  /** sends what was approved */
  readonly execute: (approved: Approved) => void
}

const stepsOf = (verdict: Approved | Denied | ExplainedDenial): readonly DecisionStep[] =>
  'steps' in verdict ? verdict.steps : []

const DAY_MS = 86_400_000

export class Pipeline {
  readonly #deps: PipelineDeps
  /** signals of the instant, decided together */
  #batch: Signal[] = []
  /** when each intent was decided; a signal cannot come again a day later, it would have expired */
  readonly #used = new Map<string, number>()

  constructor(deps: PipelineDeps) {
    this.#deps = deps
  }

  /** After a restart: these were decided before. */
  remember(intentIds: readonly IntentId[]): void {
    for (const id of intentIds) this.#used.set(id, this.#deps.clock.now())
  }

  /** Whether it was decided before: an intent is used once, ever. */
  isUsed(intentId: IntentId): boolean {
    return this.#used.has(intentId)
  }

  /** Signals of one instant are decided together, once everything of that instant has been told. */
  add(signal: Signal): void {
    const { clock, journal, announcer } = this.#deps
    journal.write('signals', signal)
    announcer.publish('signal.created', signal.traceId, signal)
    if (this.#batch.length === 0) clock.at(clock.now(), () => this.decide())
    this.#batch.push(signal)
  }

  /** Closes first, then entries best first, each judged with what the ones before it have left. */
  decide(): void {
    const signals = this.#batch
    this.#batch = []
    if (signals.length === 0) return
    const { decisions } = orchestrate(signals, this.#deps.context(this.#used))
    const now = this.#deps.clock.now()
    for (const decision of decisions) {
      this.#used.set(decision.intentId, now)
      this.#carryOut(decision)
    }
    this.#forget(now - DAY_MS)
  }

  /** Any wish on its way to the market, a person's too: the guard's word is journaled, then it is carried out. */
  submit(intent: Intent, cause: DecisionCause): Approved | ExplainedDenial {
    const verdict = this.#deps.check(intent)
    this.#record(intent, verdict, cause)
    if (verdict.outcome === 'approved') this.#deps.execute(verdict)
    return verdict
  }

  /** A position is closed that no signal asked for: the executor sends it, the reason is kept here. */
  closeDecided(intent: CloseIntent, verdict: Approved | Denied, attempt: number): void {
    this.#record(intent, verdict, closeCause(intent, attempt))
  }

  /** A person moves a resting entry: what is sent in its place passes the guard once more. */
  moveDecided(intent: EntryIntent, verdict: Approved | ExplainedDenial): void {
    const asked = { step: 'asked_by', passed: true, actual: intent.actor, limit: null, source: 'user' }
    this.#record(intent, verdict, { kind: 'MANUAL', part: `moved ${intent.createdAt}`, ranking: null, steps: [asked] })
  }

  /** The second step of an entry was denied, or its price ran away: the last word on that intent. */
  deniedSecondStep(intent: EntryIntent, denial: ExplainedDenial): void {
    this.#record(intent, denial, { kind: 'ENTRY', part: 'second step', ranking: null, steps: [] })
  }

  /** The price left while the first step waited: there is no second one. */
  ranAway(intent: EntryIntent, { limit, actual, sentence }: RanAway): void {
    const { clock, journal, announcer, policyVersion } = this.#deps
    const reason = 'price_ran_away'
    const { traceId, strategyId, symbol } = intent
    const dropped = {
      outcome: 'dropped',
      reason,
      limit,
      actual,
      sentence,
      traceId,
      policyVersion: policyVersion(),
    } as const
    const steps = [{ step: reason, passed: false, actual, limit, source: null }]
    const row = decisionRow(intent, dropped, { at: clock.now(), part: 'second step', ranking: null, steps })
    journal.write('decisions', row)
    announcer.touch('decisions', row.id, row)
    announcer.publish('signal.dropped', traceId, { ...dropped, signalId: intent.signalId, strategyId, symbol })
  }

  #carryOut({ signal, outcome, ranking, steps }: Decision): void {
    if ('kind' in outcome) {
      this.submit(outcome, { kind: signal.kind, part: '', ranking, steps, signal })
      return
    }
    const { clock, journal, announcer } = this.#deps
    const row = decisionRow(signal, outcome, { at: clock.now(), ranking, steps })
    journal.write('decisions', row)
    if (isNews(row)) announcer.touch('decisions', row.id, row)
    announcer.publish('signal.dropped', signal.traceId, {
      ...outcome,
      strategyId: signal.strategyId,
      symbol: signal.symbol,
    })
  }

  #record(intent: Intent, verdict: Approved | Denied, cause: DecisionCause): void {
    const { clock, journal, announcer } = this.#deps
    const row = decisionRow(intent, verdict, {
      at: clock.now(),
      ...cause,
      steps: [...cause.steps, ...stepsOf(verdict)],
    })
    journal.write('decisions', row)
    announcer.touch('decisions', row.id, row)
    if (verdict.outcome === 'approved') return
    const { strategyId, symbol } = intent
    announcer.publish('intent.denied', intent.traceId, { ...verdict, strategyId, symbol })
  }

  #forget(before: number): void {
    for (const [id, at] of this.#used) {
      if (at >= before) return
      this.#used.delete(id)
    }
  }
}
