/** A run that failed: what it was, and that nothing came of it. */
import type { GlobalPolicy } from '../policy/policy.ts'
import type { Evaluation } from './evaluation.ts'
import { NO_EVIDENCE } from './evidence.ts'

interface Failed extends Pick<Evaluation, 'at' | 'trigger' | 'traceId'> {
  readonly policy: GlobalPolicy
  readonly failure: NonNullable<Evaluation['failure']>
}

export function failedEvaluation({ at, trigger, traceId, policy, failure }: Failed): Evaluation {
  const { riskMode, rules, allowedStrategies } = policy
  return {
    traceId,
    at,
    trigger,
    evidence: NO_EVIDENCE,
    votes: [],
    aggressiveVotes: 0,
    aggressiveNeeded: rules.msc.decision.aggressiveVotes,
    defensiveWeight: 0,
    defensiveNeeded: rules.msc.decision.defensiveWeight,
    advised: riskMode,
    modeBefore: riskMode,
    modeAfter: riskMode,
    result: 'failed',
    sentence: `the evaluation failed at step ${failure.step}, the policy stays: ${failure.message}`,
    targets: [],
    activeStrategies: allowedStrategies ?? [],
    policyVersion: null,
    failure,
  }
}
