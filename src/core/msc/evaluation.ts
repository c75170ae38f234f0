/** One run of the Meta Strategy Controller, from evidence to the change it asks of the policy (SPEC §5). */
import type { Regime } from '../model/regime.ts'
import type { PolicyPatch } from '../policy/patch.ts'
import type { GlobalPolicy, GovernorState, RiskMode } from '../policy/policy.ts'
import { openRules, speakingRule } from '../policy/rule-windows.ts'
import { decide, type Decision, type DecisionResult, type MscMemory, type Situation, type Trigger } from './decision.ts'
import type { Evidence } from './evidence.ts'
import { gather, type Observed } from './gather.ts'
import { targetRows, type TargetRow } from './numbers.ts'
import { scoreOf, type StrategyRecord } from './score.ts'
import { select, type Selection } from './select.ts'
import { grounds, sentenceOf } from './sentence.ts'
import { allowedSymbolsOf, type Ranked } from './symbols.ts'
import { vote, type Verdict, type Vote } from './vote.ts'

/** The seven steps; the last two are the station's. */
export type StepName = 'gather' | 'vote' | 'score' | 'select' | 'build' | 'write' | 'publish'

export interface EvaluationInput extends Observed {
  readonly trigger: Trigger
  readonly policy: GlobalPolicy
  readonly governor: GovernorState
  readonly memory: MscMemory | null
  readonly strategies: readonly StrategyRecord[]
  readonly ranked: Ranked
  /** whether the advice is applied; else only `evaluation` is written */
  readonly applies: boolean
}

export interface Evaluation {
  readonly traceId: string
  readonly at: number
  readonly trigger: Trigger
  readonly evidence: Evidence
  readonly votes: readonly Vote[]
  readonly aggressiveVotes: number
  readonly aggressiveNeeded: number
  readonly defensiveWeight: number
  readonly defensiveNeeded: number
  readonly advised: RiskMode
  readonly modeBefore: RiskMode
  readonly modeAfter: RiskMode
  readonly result: DecisionResult | 'advice_only' | 'failed'
  /** what happened, with the numbers */
  readonly sentence: string
  readonly targets: readonly TargetRow[]
  readonly activeStrategies: readonly string[]
  /** null: nothing was written */
  readonly policyVersion: number | null
  readonly failure: { readonly step: StepName; readonly message: string } | null
}

export interface Evaluated {
  readonly evaluation: Omit<Evaluation, 'traceId' | 'policyVersion'>
  readonly selection: Selection
  readonly verdict: Verdict
  readonly memory: MscMemory
  /** all of it in one version */
  readonly patch: PolicyPatch
}

export type RunStep = <Result>(name: StepName, work: () => Result) => Result
const justRun: RunStep = (_name, work) => work()

/** What lets no mode loosen, in words; null: nothing. */
export function aboveAll(policy: GlobalPolicy, governor: GovernorState): string | null {
  if (policy.emergency !== null) return 'the emergency'
  return governor.allowNewPositions ? null : `the safety governor at ${governor.level}`
}

export const ruleThatSpeaks = (policy: GlobalPolicy, now: number, volatility: Evidence['volatility']): string | null =>
  speakingRule(openRules(policy.rules, now, volatility))?.name ?? null

function situationOf(input: EvaluationInput, evidence: Evidence, verdict: Verdict): Situation {
  const { now, trigger, policy, governor, memory } = input
  return {
    now,
    trigger,
    policy,
    advised: verdict.advised,
    defensiveWeight: verdict.defensiveWeight,
    memory,
    rule: ruleThatSpeaks(policy, now, evidence.volatility),
    above: aboveAll(policy, governor),
  }
}

function scoresOf(input: EvaluationInput, regime: Regime | null) {
  const { strategies, now, policy } = input
  const { scoring } = policy.rules.msc
  return strategies.map((record) => scoreOf(record, { now, regime, rules: scoring }))
}

const sameSet = (one: readonly string[] | null, other: readonly string[]): boolean =>
  one !== null && one.length === other.length && new Set([...one, ...other]).size === other.length

/** Lists whose members stay are left as they are. */
function listsOf(input: EvaluationInput, selected: readonly string[]): PolicyPatch {
  const { policy, ranked, now } = input
  const symbols = allowedSymbolsOf(ranked, now, policy.rules.msc.symbols)
  return {
    ...(sameSet(policy.allowedStrategies, selected) ? {} : { allowedStrategies: selected }),
    ...(symbols === null || sameSet(policy.allowedSymbols, symbols) ? {} : { allowedSymbols: symbols }),
  }
}

const numbersOf = (targets: readonly TargetRow[]): PolicyPatch =>
  Object.fromEntries(targets.map(({ field, wouldBe }) => [field, wouldBe]))

/** What the policy itself keeps of a run: enough to explain the mode and to go on after a restart. */
function kept(evaluation: Evaluated['evaluation'], memory: MscMemory): Record<string, unknown> {
  const { at, trigger, evidence, advised, modeAfter, result, sentence, defensiveWeight, aggressiveVotes } = evaluation
  const votes = evaluation.votes.map(({ voter, reading, outcome, weight }) => ({ voter, reading, outcome, weight }))
  return {
    at,
    trigger,
    evidence,
    votes,
    aggressiveVotes,
    defensiveWeight,
    advised,
    applied: modeAfter,
    result,
    sentence,
    memory,
  }
}

/** Steps 1 to 5. `step` runs each and may throw: nothing has been written then. */
export function evaluate(input: EvaluationInput, step: RunStep = justRun): Evaluated {
  const { policy, applies } = input
  const { msc } = policy.rules
  const evidence = step('gather', () => gather(input, msc.evidence))
  const verdict = step('vote', () => vote(evidence, msc))
  const situation = situationOf(input, evidence, verdict)
  const decision = decide(situation)
  const scores = step('score', () => scoresOf(input, evidence.regime))
  const selection = step('select', () =>
    select({
      scores,
      blocked: policy.blockedStrategies,
      mode: applies ? decision.mode : policy.riskMode,
      rules: msc.selection,
      warmTrades: msc.scoring.warmTrades,
    }),
  )
  return step('build', () => {
    const evaluation = told(input, { evidence, verdict, situation, decision, selection })
    const { memory } = decision
    const write = { riskMode: decision.mode, ...numbersOf(evaluation.targets), ...listsOf(input, selection.selected) }
    const patch = { ...(applies ? write : {}), evaluation: kept(evaluation, memory) }
    return { evaluation, selection, verdict, memory, patch }
  })
}

interface Parts {
  readonly evidence: Evidence
  readonly verdict: Verdict
  readonly situation: Situation
  readonly decision: Decision
  readonly selection: Selection
}

function told(input: EvaluationInput, parts: Parts): Evaluated['evaluation'] {
  const { policy, applies, trigger, now } = input
  const { evidence, verdict, situation, decision, selection } = parts
  const { msc } = policy.rules
  const why = grounds(verdict, evidence.health, msc)
  const sentence = sentenceOf({ situation, decision, why })
  return {
    at: now,
    trigger,
    evidence,
    votes: verdict.votes,
    aggressiveVotes: verdict.aggressiveVotes,
    aggressiveNeeded: msc.decision.aggressiveVotes,
    defensiveWeight: verdict.defensiveWeight,
    defensiveNeeded: msc.decision.defensiveWeight,
    advised: verdict.advised,
    modeBefore: policy.riskMode,
    modeAfter: applies ? decision.mode : policy.riskMode,
    result: applies ? decision.result : 'advice_only',
    sentence: applies ? sentence : `only advice: ${sentence}`,
    targets: targetRows(policy, decision, verdict.advised),
    activeStrategies: selection.selected,
    failure: null,
  }
}
