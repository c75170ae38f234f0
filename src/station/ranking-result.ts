/** Reads the engine's answer back into a ranking, with what was left out and why. */
import type { GlobalPolicy } from '../core/policy/policy.ts'
import { RANKER_COMPONENTS } from '../core/ranker/component.ts'
import { leastNotional } from '../core/ranker/minimum-order.ts'
import { type RankingAnswer, SKIPS } from '../core/ranker/question.ts'
import type { TimedAnswer } from '../core/ranker/ranking-engine.ts'
import type { RankerSettings } from '../core/ranker/settings.ts'
import type { MarketBoard } from './market-board.ts'
import { largestEntry } from './ranking-question.ts'
import { rankedSymbol, type RankedSymbol, type Ranking, ranksOf, type SkippedSymbol } from './ranking.ts'

const HOUR_MS = 3_600_000

interface ResultParts {
  readonly at: number
  readonly answer: TimedAnswer
  readonly symbols: readonly string[]
  readonly policy: GlobalPolicy
  readonly market: MarketBoard
  readonly equity: number | null
  readonly regime: Ranking['regime']
  /** the ranking before this one */
  readonly before: Ranking | null
  readonly settings: RankerSettings
}

/** null: no symbol has had enough candles yet, so there is nothing to rank by. */
export function rankingResult(parts: ResultParts): Ranking | null {
  const { at, answer, regime, policy } = parts
  const isTooEarly = answer.order.length === 0 && answer.skips.every((skip) => TOO_EARLY.has(SKIPS[skip] ?? 'none'))
  if (isTooEarly) return null
  const { ranker: rules } = policy.rules
  return { at, tookMs: answer.tookMs, regime, rules, rows: rowsOf(parts), skipped: skippedOf(parts) }
}

const TOO_EARLY: ReadonlySet<string> = new Set(['none', 'too_few_bars'])

function rowsOf({ answer, symbols, policy, market, equity, before }: ResultParts): RankedSymbol[] {
  const { order, scores, components } = answer
  const ranks = ranksOf(before)
  const largestOf = equity === null ? () => null : largestEntry(policy, equity)
  const rows: RankedSymbol[] = []
  for (const slot of order) {
    const symbol = symbols[slot] as string
    const desk = market.desk(symbol)
    if (desk === undefined) continue
    const { regime, quoteVolume24h } = desk.model.state
    const measured = {
      symbol,
      components: RANKER_COMPONENTS.map((_, index) => components[index * scores.length + slot] as number),
      regime,
      quoteVolume24h: quoteVolume24h ?? 0,
      leastNotional: leastNotional(desk.instrument, desk.last),
      largestNotional: largestOf(desk.instrument),
    }
    rows.push(rankedSymbol(measured, scores[slot] as number, ranks.get(symbol) ?? null, policy.rules.ranker))
  }
  return rows
}

function skippedOf(parts: ResultParts): SkippedSymbol[] {
  const { answer, symbols } = parts
  const skipped: SkippedSymbol[] = []
  for (const [slot, skip] of answer.skips.entries())
    if (skip !== 0) skipped.push({ symbol: symbols[slot] as string, reason: reasonOf(slot, parts) })
  return skipped.sort((one, other) => (one.symbol < other.symbol ? -1 : 1))
}

function reasonOf(
  slot: number,
  { at, answer, settings }: Pick<ResultParts, 'at' | 'settings'> & { readonly answer: RankingAnswer },
): string {
  const skip = SKIPS[answer.skips[slot] ?? 0]
  if (skip === 'too_few_bars') return `${answer.bars[slot]} closed 1 h candles, ${settings.minBars} needed`
  if (skip === 'bad_candle') return 'its last 1 h candle is not sane'
  if (skip === 'no_market') return 'its 24 h volume or its spread is not known'
  if (skip !== 'bars_too_old') return 'its score is not a number'
  const hours = (ms: number): string => (ms / HOUR_MS).toFixed(1)
  const age = at - (answer.openAt[slot] as number) - HOUR_MS
  return `its last 1 h candle closed ${hours(age)} h ago, ${hours(settings.maxBarAgeMs)} h are the most`
}
