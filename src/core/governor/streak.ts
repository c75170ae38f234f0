/** Losing trades in a row (SPEC §4 `n`), and what becomes of a streak that has stopped new trades once. */
import type { GovernorRules } from '../policy/policy.ts'
import type { Closing } from './inputs.ts'

/** A streak that has triggered: DEFENSIVE until `until`, then CAUTIOUS until the next close. */
export interface TriggeredStreak {
  readonly at: number
  readonly until: number
}

type StreakRules = Pick<GovernorRules, 'streakWindowMs' | 'streakGroupMs'>

/**
 * Losses in a row, newest last, among those closed within the window and after `acknowledgedAt`. Losses within
 * `streakGroupMs` of the first of their group count once: one fall of the market is one loss.
 */
export function losingStreak(
  closings: readonly Closing[],
  now: number,
  acknowledgedAt: number,
  rules: StreakRules,
): number {
  const since = Math.max(now - rules.streakWindowMs, acknowledgedAt)
  let first = closings.length
  while (first > 0) {
    const closing = closings[first - 1]
    if (closing === undefined || !closing.isLoss || closing.at <= since) break
    first--
  }
  let count = 0
  let groupAt = -Infinity
  for (let index = first; index < closings.length; index++) {
    const { at } = closings[index] ?? { at: -Infinity }
    if (at - groupAt <= rules.streakGroupMs) continue
    groupAt = at
    count++
  }
  return count
}

/** The streak that triggered has ended: something was won since, or a person acknowledged it. */
export const hasEnded = (streak: TriggeredStreak, closings: readonly Closing[], acknowledgedAt: number): boolean =>
  acknowledgedAt >= streak.at || closings.some(({ at, isLoss }) => !isLoss && at > streak.at)

/** A trade has closed since the streak stopped being DEFENSIVE. */
export const hasClosedSince = (streak: TriggeredStreak, closings: readonly Closing[]): boolean =>
  closings.some(({ at }) => at > streak.until)
