/** Step 2: the seven votes and what they come to (SPEC §5.2). */
import type { MscRules, RiskMode } from '../policy/policy.ts'
import { holdsReading, rangeLabel, type CellOutcome } from './cells.ts'
import type { Evidence } from './evidence.ts'
import { turnsWhen } from './turns-when.ts'
import { VOTERS, type RangeVoter, type Voter, type VoterName, type WordVoter } from './voters.ts'

export interface VoteCell {
  readonly outcome: CellOutcome
  readonly weight: number
  readonly label: string
  readonly hit: boolean
}

export interface Vote {
  readonly voter: VoterName
  readonly reading: number | string | null
  readonly unit: string
  readonly outcome: CellOutcome | 'abstains'
  readonly weight: number
  readonly cells: readonly VoteCell[]
  /** why it abstains, or why its defensive vote does not count; null: nothing to say */
  readonly note: string | null
  /** what would turn it, with the numbers; null: cannot be said */
  readonly turnsWhen: string | null
}

export interface Verdict {
  readonly votes: readonly Vote[]
  readonly aggressiveVotes: number
  readonly defensiveWeight: number
  readonly advised: RiskMode
}

function abstention(voter: Voter, evidence: Evidence, { evidence: needs }: MscRules): string | null {
  if (voter.needsTrades && evidence.trades < needs.minTrades)
    return `${evidence.trades} of the ${needs.minTrades} trades it needs`
  return voter.reading(evidence) === null ? 'not known yet' : null
}

interface Spoken {
  readonly cells: VoteCell[]
  readonly turnsWhen: string | null
}

function rangeCells(voter: RangeVoter, evidence: Evidence, rules: MscRules): Spoken {
  const reading = voter.reading(evidence)
  const ranges = voter.cells(rules)
  const hit = reading === null ? undefined : ranges.find((cell) => holdsReading(cell, reading))
  const cells = ranges.map((cell) => ({
    outcome: cell.outcome,
    weight: cell.weight,
    label: rangeLabel(cell),
    hit: cell === hit,
  }))
  const turns = reading === null || hit === undefined ? null : turnsWhen(ranges, hit, reading, voter.unit)
  return { cells, turnsWhen: turns }
}

function wordCells(voter: WordVoter, evidence: Evidence, rules: MscRules): Spoken {
  const reading = voter.reading(evidence)
  const cells = voter.cells(rules).map(({ outcome, weight, words }) => ({
    outcome,
    weight,
    label: words.join(' or '),
    hit: reading !== null && words.includes(reading),
  }))
  return { cells, turnsWhen: null }
}

function voteOf(voter: Voter, evidence: Evidence, rules: MscRules): Vote {
  const { cells, turnsWhen: turns } =
    voter.kind === 'range' ? rangeCells(voter, evidence, rules) : wordCells(voter, evidence, rules)
  const base = { voter: voter.name, reading: voter.reading(evidence), unit: voter.unit, cells, turnsWhen: null }
  const silent = abstention(voter, evidence, rules)
  const hit = cells.find((cell) => cell.hit)
  if (silent !== null || hit === undefined)
    return { ...base, cells: unhit(cells), outcome: 'abstains', weight: 0, note: silent ?? 'a word it does not know' }
  const kept = hit.outcome === 'defensive' ? (voter.gate?.(evidence, rules) ?? null) : null
  const spoken =
    kept === null ? { outcome: hit.outcome, weight: hit.weight } : ({ outcome: 'none', weight: 0 } as const)
  return { ...base, ...spoken, note: kept, turnsWhen: turns }
}

const unhit = (cells: readonly VoteCell[]): VoteCell[] => cells.map((cell) => ({ ...cell, hit: false }))

export function vote(evidence: Evidence, rules: MscRules): Verdict {
  const votes = VOTERS.map((voter) => voteOf(voter, evidence, rules))
  const aggressiveVotes = votes.filter(({ outcome }) => outcome === 'aggressive').length
  const defensiveWeight = votes.reduce((sum, { weight }) => sum + weight, 0)
  return { votes, aggressiveVotes, defensiveWeight, advised: advice(evidence, rules, aggressiveVotes, defensiveWeight) }
}

function advice(evidence: Evidence, rules: MscRules, aggressiveVotes: number, defensiveWeight: number): RiskMode {
  const { decision } = rules
  if (defensiveWeight >= decision.defensiveWeight || evidence.health === 'CRITICAL') return 'DEFENSIVE'
  const isProven = evidence.trades >= rules.evidence.minTrades && evidence.health === 'HEALTHY'
  const isPressed = aggressiveVotes >= decision.aggressiveVotes && defensiveWeight === 0
  return isProven && isPressed ? 'AGGRESSIVE' : 'NORMAL'
}
