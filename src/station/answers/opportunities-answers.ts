/** The opportunity ranking answered; whole rankings as columns. */
import { COMPONENTS, type Ranking as RankingWire, type RankingColumns } from '../../contract/opportunities.ts'
import type { BadField } from '../../core/policy/bad-fields.ts'
import { RANKER_COMPONENTS } from '../../core/ranker/component.ts'
import type { StationFacade } from '../facade.ts'
import { opportunitiesOf, type RankedSymbol, type Ranking } from '../ranking.ts'
import { answering } from './call.ts'
import { notThere, refused } from './faults.ts'
import { badInput } from './policy-writes.ts'
import { camelKeys, iso, isoOrNull, msOf, snakeKeys, snakeName } from './wire-values.ts'

const { opportunities } = answering

const RULES_PATH = 'rules.ranker.'

/** Fields as this call names them. */
const ofRanker = ({ path, message }: BadField): BadField => ({ path: path.replace(RULES_PATH, ''), message })

const COST_TO_HOLD = RANKER_COMPONENTS.indexOf('costToHold')

function columnsOf({ rows, rules }: Ranking): RankingColumns {
  const component = (name: string): number[] => {
    const index = RANKER_COMPONENTS.findIndex((each) => snakeName(each) === name)
    return rows.map(({ components }) => components[index] ?? 0)
  }
  const hasCost = (rules.weights['costToHold'] ?? 0) > 0
  const components = Object.fromEntries(COMPONENTS.map((name) => [name, component(name)]))
  return {
    symbol: rows.map(({ symbol }) => symbol),
    score: rows.map(({ score }) => score),
    rank_before: rows.map(({ rankBefore }) => rankBefore),
    ...(components as Record<(typeof COMPONENTS)[number], number[]>),
    cost_to_hold: rows.map((row) => (hasCost ? (row.components[COST_TO_HOLD] ?? null) : null)),
    regime: rows.map(({ regime }) => regime),
    quote_volume_24h: rows.map(({ quoteVolume24h }) => quoteVolume24h),
    filtered: rows.map(({ filtered }) => filtered),
  }
}

const rankingWire = (ranking: Ranking): RankingWire => ({
  at: iso(ranking.at),
  took_ms: ranking.tookMs,
  regime: ranking.regime,
  weights: snakeKeys(ranking.rules.weights) as Record<string, number>,
  min_score: ranking.rules.minScore,
  min_quote_volume_24h: ranking.rules.minQuoteVolume24h,
  columns: columnsOf(ranking),
  skipped: [...ranking.skipped],
})

const opportunityWire = (
  { symbol, score, components, regime, quoteVolume24h, filtered }: RankedSymbol,
  at: number,
) => ({
  rank: at + 1,
  symbol,
  score,
  components: Object.fromEntries(RANKER_COMPONENTS.map((name, index) => [snakeName(name), components[index] ?? 0])),
  regime,
  quote_volume_24h: quoteVolume24h,
  filtered,
})

export const opportunitiesAnswers = (facade: StationFacade) => ({
  list: opportunities.list.handler(({ input }) => {
    const { ranking } = facade.ranking.state()
    const best = ranking === null ? [] : opportunitiesOf(ranking).slice(0, input.limit)
    return { items: best.map(opportunityWire), next: null, at: isoOrNull(ranking?.at ?? null) }
  }),
  ranking: opportunities.ranking.handler(() => {
    const { ranking, enabled, intervalMinutes, nextAt, isUnderWay } = facade.ranking.state()
    return {
      ranking: ranking && rankingWire(ranking),
      enabled,
      interval_minutes: intervalMinutes,
      next_at: isoOrNull(nextAt),
      running: isUnderWay,
    }
  }),
  rank: opportunities.rank.handler(async () => {
    const made = await facade.ranking.rank()
    if (made.outcome === 'refused') throw refused(made.reason)
    return { ranking: rankingWire(made.ranking) }
  }),
  preview: opportunities.preview.handler(({ input }) => {
    const made = facade.ranking.preview(camelKeys(input) as Parameters<typeof facade.ranking.preview>[0])
    if (made.outcome === 'refused') throw refused(made.reason)
    if (made.outcome === 'invalid') throw badInput(made.fields.map(ofRanker))
    return { ranking: rankingWire(made.ranking) }
  }),
  history: opportunities.history.handler(({ input }) => {
    const { symbol, from, to, points } = input
    const scores = facade.ranking.history(symbol, { from: msOf(from), to: msOf(to), points })
    if (scores === null) throw notThere(`symbol ${symbol}`)
    return { symbol, at_ms: scores.map(({ at }) => at), score: scores.map(({ score }) => score) }
  }),
  sparklines: opportunities.sparklines.handler(({ input }) => {
    const lines = facade.ranking.sparklines(input.bars)
    return { symbol: lines.map(({ symbol }) => symbol), closes: lines.map(({ closes }) => [...closes]) }
  }),
})
