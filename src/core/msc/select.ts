/**
 * Step 4: which strategies may trade (SPEC §5.4): those above the cut, best first; too few are filled up with the best
 * scored and then with those warming up. A strategy that nothing follows in the shadow can earn a record only by trading,
 * so while it warms up it joins where there is room: no strategy is locked out for ever.
 */
import type { MscSelectionRules } from '../policy/msc-rules.ts'
import type { RiskMode } from '../policy/policy.ts'
import type { StrategyScore } from './score.ts'
import { shown } from './words.ts'

export interface SelectionInput {
  readonly scores: readonly StrategyScore[]
  readonly blocked: readonly string[]
  readonly mode: RiskMode
  readonly rules: MscSelectionRules
  readonly warmTrades: number
}

export interface Standing extends StrategyScore {
  readonly isSelected: boolean
  /** in words */
  readonly standing: string
}

export interface Selection {
  /** best first */
  readonly selected: readonly string[]
  /** selected or not, best first, those warming up last */
  readonly standings: readonly Standing[]
}

const MOST = {
  DEFENSIVE: 'mostDefensive',
  NORMAL: 'mostNormal',
  AGGRESSIVE: 'mostAggressive',
} as const satisfies Record<RiskMode, keyof MscSelectionRules>

const byName = (one: StrategyScore, other: StrategyScore): number => (one.id < other.id ? -1 : 1)
const byScore = (one: StrategyScore, other: StrategyScore): number =>
  (other.score ?? 0) - (one.score ?? 0) || other.metrics.trades - one.metrics.trades || byName(one, other)
const byTrades = (one: StrategyScore, other: StrategyScore): number =>
  other.metrics.trades - one.metrics.trades || byName(one, other)

export function select({ scores, blocked, mode, rules, warmTrades }: SelectionInput): Selection {
  const free = scores.filter(({ id }) => !blocked.includes(id))
  const scored = free.filter(({ score }) => score !== null).sort(byScore)
  const warming = free.filter(({ score }) => score === null).sort(byTrades)
  const most = rules[MOST[mode]]
  const good = scored.filter(({ score }) => (score ?? 0) > rules.minScore).slice(0, most)
  const untried = warming.filter(({ isShadowed }) => !isShadowed).slice(0, most - good.length)
  const first = [...good, ...untried]
  const rest = [...scored, ...warming].filter((each) => !first.includes(each))
  const fill = rest.slice(0, Math.max(0, Math.min(rules.fewest, most) - first.length))
  const selected = [...first, ...fill].map(({ id }) => id)
  const inWords = (each: StrategyScore): string => {
    if (blocked.includes(each.id)) return 'blocked by a person'
    const isFill = fill.includes(each)
    return standingOf(each, { isIn: selected.includes(each.id), isFill, minScore: rules.minScore, warmTrades })
  }
  const standings = [...scores].sort(byStanding).map((each) => ({
    ...each,
    isSelected: selected.includes(each.id),
    standing: inWords(each),
  }))
  return { selected, standings }
}

const byStanding = (one: StrategyScore, other: StrategyScore): number =>
  Number(one.score === null) - Number(other.score === null) || byScore(one, other)

function standingOf(
  { score, metrics }: StrategyScore,
  at: { readonly isIn: boolean; readonly isFill: boolean; readonly minScore: number; readonly warmTrades: number },
): string {
  const { isIn, isFill, minScore, warmTrades } = at
  if (score === null) {
    const words = `warming up, ${metrics.trades} of ${warmTrades} trades`
    return isIn ? words : `${words}: others come first`
  }
  if (score <= minScore) {
    const words = `score ${shown(score)} does not exceed ${shown(minScore)}`
    return isFill ? `${words}: fills up the least number` : words
  }
  return isIn ? `allowed with a score of ${shown(score)}` : `score ${shown(score)}: better ones fill the mode's number`
}
