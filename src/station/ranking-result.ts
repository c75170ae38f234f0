/** Reads the engine's answer back into a ranking, with what was left out and why. */
import { SKIPS } from '../core/ranker/question.ts'
import type { TimedAnswer } from '../core/ranker/ranking-engine.ts'
import type { RankerSettings } from '../core/ranker/settings.ts'
import type { RankingInstant } from './ranking-question.ts'
import { rankedSymbol, type RankedSymbol, type Ranking, ranksOf, type SkippedSymbol } from './ranking.ts'

const HOUR_MS = 3_600_000

interface ResultParts {
  readonly instant: RankingInstant
  readonly answer: TimedAnswer
  /** the ranking before this one */
  readonly before: Ranking | null
  readonly settings: RankerSettings
}

/** null: no symbol has had enough candles yet, so there is nothing to rank by. */
export function rankingResult(parts: ResultParts): Ranking | null {
  const { instant, answer } = parts
  const isTooEarly = answer.order.length === 0 && answer.skips.every((skip) => TOO_EARLY.has(SKIPS[skip] ?? 'none'))
  if (isTooEarly) return null
  const { at, regime, policy } = instant
  const { tookMs } = answer
  return { at, tookMs, regime, rules: policy.rules.ranker, rows: rowsOf(parts), skipped: skippedOf(parts) }
}

const TOO_EARLY: ReadonlySet<string> = new Set(['none', 'too_few_bars'])

function rowsOf({ instant, answer, before }: ResultParts): RankedSymbol[] {
  const { symbols, regimes, quoteVolumes, leastNotionals, largestNotionals, policy } = instant
  const { order, scores, components } = answer
  const ranks = ranksOf(before)
  return Array.from(order, (slot) => {
    const own: number[] = []
    for (let at = slot; at < components.length; at += scores.length) own.push(components[at] as number)
    const symbol = symbols[slot] as string
    const largest = largestNotionals[slot] as number
    const measured = {
      symbol,
      components: own,
      regime: regimes[slot] ?? null,
      quoteVolume24h: quoteVolumes[slot] as number,
      leastNotional: leastNotionals[slot] as number,
      largestNotional: Number.isNaN(largest) ? null : largest,
    }
    return rankedSymbol(measured, scores[slot] as number, ranks.get(symbol) ?? null, policy.rules.ranker)
  })
}

function skippedOf(parts: ResultParts): SkippedSymbol[] {
  const { answer, instant } = parts
  const skipped: SkippedSymbol[] = []
  for (const [slot, skip] of answer.skips.entries())
    if (skip !== 0) skipped.push({ symbol: instant.symbols[slot] as string, reason: reasonOf(slot, parts) })
  return skipped.sort((one, other) => (one.symbol < other.symbol ? -1 : 1))
}

function reasonOf(slot: number, { instant, answer, settings }: ResultParts): string {
  const skip = SKIPS[answer.skips[slot] ?? 0]
  if (skip === 'too_few_bars') return `${answer.bars[slot]} closed 1 h candles, ${settings.minBars} needed`
  if (skip === 'bad_candle') return 'its last 1 h candle is not sane'
  if (skip === 'no_market') return 'its 24 h volume or its spread is not known'
  if (skip !== 'bars_too_old') return 'its score is not a number'
  const hours = (ms: number): string => (ms / HOUR_MS).toFixed(1)
  const age = instant.at - (answer.openAt[slot] as number) - HOUR_MS
  return `its last 1 h candle closed ${hours(age)} h ago, ${hours(settings.maxBarAgeMs)} h are the most`
}
