/** What would change the mode next, in sentences with numbers (SPEC §5). */
import { activePin } from '../policy/holds.ts'
import type { GlobalPolicy } from '../policy/policy.ts'
import { oneLooser } from '../policy/risk-mode.ts'
import type { MscMemory, Situation } from './decision.ts'
import type { Evidence } from './evidence.ts'
import type { Verdict } from './vote.ts'
import { isoOf, shown } from './words.ts'

export interface NextChangesInput extends Pick<Situation, 'now' | 'policy' | 'rule' | 'above'> {
  readonly evidence: Evidence
  readonly verdict: Verdict
  /** what the last run told the next */
  readonly memory: MscMemory
  /** whether it applies its advice */
  readonly applies: boolean
}

const MINUTE_MS = 60_000

/** Who stands between the advice and the mode. */
function standsAbove({ now, policy, rule, above, memory, verdict, applies }: NextChangesInput): string[] {
  const told: string[] = []
  if (!applies) told.push('MSC only advises: a person writes the mode')
  if (above !== null) told.push(`${above} lets nothing loosen`)
  const pin = activePin(policy, now)
  if (pin !== null) {
    const until = pin.until === null ? 'until it is released' : `until ${isoOf(pin.until)}`
    const { pinWeight } = policy.rules.msc.decision
    const atPin = memory.underPin?.weight ?? verdict.defensiveWeight
    const needs = Math.max(pinWeight, atPin + 1)
    told.push(
      `${policy.riskMode} is pinned by ${pin.by} ${until}: it tightens only from a defensive weight of ${needs} on, it is ${verdict.defensiveWeight}`,
    )
  } else if (rule !== null) told.push(`rule "${rule}" is open: MSC may only tighten`)
  return told
}

/** What the voters lack for the mode to tighten to DEFENSIVE. */
function towardsDefensive({ policy, verdict }: NextChangesInput): string[] {
  if (policy.riskMode === 'DEFENSIVE') return []
  const needed = policy.rules.msc.decision.defensiveWeight
  const missing = needed - verdict.defensiveWeight
  if (missing <= 0) return []
  const turns = verdict.votes.flatMap(({ voter, turnsWhen }) =>
    turnsWhen?.includes('a defensive vote') === true ? [`${voter} ${turnsWhen}`] : [],
  )
  const hints = turns.length === 0 ? '' : `: ${turns.join('; ')}`
  return [
    `DEFENSIVE at a defensive weight of ${needed}, it is ${verdict.defensiveWeight}, ${missing} to go${hints}`,
    `DEFENSIVE at once when health becomes CRITICAL`,
  ]
}

function outOfAggressive({ policy, verdict, evidence }: NextChangesInput): string[] {
  if (policy.riskMode !== 'AGGRESSIVE') return []
  const { aggressiveVotes: needed } = policy.rules.msc.decision
  const { aggressiveVotes } = verdict
  return [
    `NORMAL as soon as fewer than ${needed} votes are aggressive (${aggressiveVotes} are), one is defensive, or health is not HEALTHY (${evidence.health})`,
  ]
}

function aggressiveLacks({ policy, verdict, evidence }: NextChangesInput): string {
  const { msc } = policy.rules
  const lacks = [
    verdict.aggressiveVotes < msc.decision.aggressiveVotes &&
      `${msc.decision.aggressiveVotes} aggressive votes (${verdict.aggressiveVotes} now)`,
    verdict.defensiveWeight > 0 && `no defensive weight (${verdict.defensiveWeight} now)`,
    evidence.trades < msc.evidence.minTrades && `${msc.evidence.minTrades} closed trades (${evidence.trades} now)`,
    evidence.health !== 'HEALTHY' && `health HEALTHY (${evidence.health} now)`,
  ].filter((lack) => lack !== false)
  return lacks.join(', ')
}

function twice(policy: GlobalPolicy): string {
  const { loosenGapMinutes } = policy.rules.msc.decision
  return `at two scheduled evaluations in a row, at least ${shown(loosenGapMinutes)} min apart`
}

function towardsLooser(input: NextChangesInput): string[] {
  const { policy, verdict, memory, evidence } = input
  const { riskMode } = policy
  if (riskMode === 'AGGRESSIVE') return []
  const looser = oneLooser(riskMode)
  if (memory.asking !== null && memory.asking.mode === riskMode) {
    const from = memory.asking.since + policy.rules.msc.decision.loosenGapMinutes * MINUTE_MS
    return [`${looser} at a scheduled evaluation from ${isoOf(from)} on, if ${verdict.advised} is still advised`]
  }
  if (riskMode === 'NORMAL') {
    const lacks = aggressiveLacks(input)
    return [`AGGRESSIVE with ${lacks === '' ? 'votes as they are now' : lacks}, ${twice(policy)}`]
  }
  const { defensiveWeight: needed } = policy.rules.msc.decision
  const health = evidence.health === 'CRITICAL' ? ' and health no longer CRITICAL' : ''
  return [`NORMAL with a defensive weight under ${needed} (${verdict.defensiveWeight} now)${health}, ${twice(policy)}`]
}

export const nextChanges = (input: NextChangesInput): string[] => [
  ...standsAbove(input),
  ...outOfAggressive(input),
  ...towardsDefensive(input),
  ...towardsLooser(input),
]
