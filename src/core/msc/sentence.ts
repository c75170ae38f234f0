/** What a run did and why, in one sentence with its numbers: the reason of the version it writes. */
import { activePin } from '../policy/holds.ts'
import type { MscRules } from '../policy/policy.ts'
import type { Decision, Situation } from './decision.ts'
import type { Verdict, Vote } from './vote.ts'
import { isoOf, shown } from './words.ts'

const reading = ({ reading: value, unit }: Vote): string =>
  typeof value === 'number' ? `${shown(value)} ${unit}` : String(value)

/** `drawdown 5.2 %: 2, regime CHOPPY: 1`. */
const defensiveVotes = ({ votes }: Verdict): string =>
  votes
    .filter(({ outcome }) => outcome === 'defensive')
    .map((vote) => `${vote.voter} ${reading(vote)}: ${vote.weight}`)
    .join(', ')

const aggressiveVotes = ({ votes }: Verdict): string =>
  votes
    .filter(({ outcome }) => outcome === 'aggressive')
    .map((vote) => `${vote.voter} ${reading(vote)}`)
    .join(', ')

const inBrackets = (text: string): string => (text === '' ? '' : ` (${text})`)

/** Why this mode is advised. */
export function grounds(verdict: Verdict, health: string, { decision }: MscRules): string {
  const weight = `defensive weight ${verdict.defensiveWeight} of ${decision.defensiveWeight}`
  const votes = `${verdict.aggressiveVotes} of ${decision.aggressiveVotes} aggressive votes`
  const told = `${weight}${inBrackets(defensiveVotes(verdict))}, ${votes}${inBrackets(aggressiveVotes(verdict))}`
  return health === 'HEALTHY' ? told : `${told}, health ${health}`
}

interface Told {
  readonly situation: Situation
  readonly decision: Decision
  readonly why: string
}

const MINUTE_MS = 60_000

function waiting({ situation, decision }: Told): string {
  const { policy, advised, above } = situation
  const asks = `${policy.riskMode} stays, ${advised} is advised`
  if (above !== null) return `${asks}: ${above} lets nothing loosen`
  const { asking } = decision.memory
  if (asking === null) return `${asks}: only scheduled evaluations count towards loosening`
  const from = asking.since + policy.rules.msc.decision.loosenGapMinutes * MINUTE_MS
  return `${asks} since ${isoOf(asking.since)}: it loosens at a scheduled evaluation from ${isoOf(from)} on`
}

export function sentenceOf(told: Told): string {
  const { situation, decision, why } = told
  const { policy, advised, now, memory, rule } = situation
  const { riskMode } = policy
  const pin = activePin(policy, now)
  switch (decision.result) {
    case 'unchanged':
      return `${riskMode} stays: ${why}`
    case 'tightened': {
      const risen = decision.memory.underPin
      const under = risen === null ? '' : ` against the pin, the weight was ${risen.weight} when it was set`
      return `${riskMode} → ${decision.mode}${under}: ${why}`
    }
    case 'loosened': {
      const since = memory?.asking == null ? '' : `, asked for since ${isoOf(memory.asking.since)}`
      return `${riskMode} → ${decision.mode}${since}: ${why}`
    }
    case 'waiting':
      return `${waiting(told)}: ${why}`
    case 'held_by_pin':
      return `${riskMode} is pinned by ${pin?.by ?? 'a person'}, ${advised} is advised; the numbers take the tighter of both: ${why}`
    case 'held_by_rule':
      return `${riskMode} stays while rule "${rule ?? ''}" is open, ${advised} is advised: ${why}`
  }
}
