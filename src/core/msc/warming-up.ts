/** Whether a strategy has too few trades for a score (SPEC §5.3): it then trades at a share of the usual size. */
import type { MscScoringRules } from '../policy/msc-rules.ts'
import type { MscTrade } from './evidence.ts'

const DAY_MS = 86_400_000

/** Of the last `most` trades, those closed since `since`; trades are in order of closing. */
function countSince(trades: readonly MscTrade[], since: number, most: number): number {
  let count = 0
  while (count < most && (trades[trades.length - 1 - count]?.closedAt ?? -Infinity) >= since) count++
  return count
}

export function isWarmingUp(
  trades: { readonly live: readonly MscTrade[]; readonly shadow: readonly MscTrade[] },
  now: number,
  { days, warmTrades }: MscScoringRules,
): boolean {
  const since = now - days * DAY_MS
  return countSince(trades.live, since, warmTrades) + countSince(trades.shadow, since, warmTrades) < warmTrades
}
