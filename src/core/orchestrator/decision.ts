/** What became of each signal of a batch, with the stairs that led there. */
import type { DecisionStep } from '../model/decision-step.ts'
import type { IntentId } from '../model/ids.ts'
import type { CloseIntent, EntryIntent } from '../model/intent.ts'
import type { Dropped, DropReason } from '../model/refusal.ts'
import type { Signal } from '../model/signal.ts'

export interface Decision {
  readonly signal: Signal
  readonly intentId: IntentId
  /** null: the symbol has none, or it was dropped before anybody asked */
  readonly ranking: number | null
  readonly outcome: EntryIntent | CloseIntent | Dropped
  /** the stair it was dropped at comes last */
  readonly steps: readonly DecisionStep[]
}

/** A no with its numbers. */
export interface Drop {
  readonly reason: DropReason
  readonly limit: number | string | null
  readonly actual: number | string | null
  readonly sentence: string
  /** who set the limit, as text */
  readonly source: string | null
}

/** A signal on its way through the gates. */
export interface Candidate {
  readonly signal: Signal
  readonly intentId: IntentId
  readonly steps: DecisionStep[]
  /** 0…1 */
  ranking: number
  /** confidence × ranking */
  score: number
}

/** Notes a gate that was passed. */
export function passedGate(candidate: Candidate, gate: Omit<Drop, 'sentence'>): null {
  const { reason: step, actual, limit, source } = gate
  candidate.steps.push({ step, passed: true, actual, limit, source })
  return null
}

export function droppedAt(candidate: Candidate, drop: Drop, policyVersion: number): Decision {
  const { signal, intentId, steps } = candidate
  const { reason, limit, actual, sentence, source } = drop
  return {
    signal,
    intentId,
    ranking: Number.isNaN(candidate.ranking) ? null : candidate.ranking,
    outcome: {
      outcome: 'dropped',
      reason,
      limit,
      actual,
      policyVersion,
      traceId: signal.traceId,
      signalId: signal.id,
      sentence,
    },
    steps: [...steps, { step: reason, passed: false, actual, limit, source }],
  }
}
