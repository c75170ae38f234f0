/** After a person has released the emergency (SPEC §4): what stood is muted, and new risk comes back slowly. */
import type { Emergency, GovernorRules } from '../policy/policy.ts'
import type { Cause } from './causes.ts'
import type { GovernorInputs } from './inputs.ts'
import type { GovernorMemory, Muted, Release } from './memory.ts'
import { clockTime } from './words.ts'

const DAY_MS = 86_400_000
const dayOf = (at: number): number => Math.floor(at / DAY_MS)
const nextMidnight = (at: number): number => (dayOf(at) + 1) * DAY_MS

export const wasReleased = ({ emergencyId }: GovernorMemory, emergency: Emergency | null): boolean =>
  emergencyId !== null && emergency?.id !== emergencyId

/** Every cause that stands at the release. */
export const mutedAt = (now: number, standing: readonly Cause[]): readonly Muted[] =>
  standing.map(({ key, measure }) => ({ key, measure, lastAt: now }))

/**
 * A cause stays muted while it stands and for `loosenAfterMs` after. With a new UTC day the drawdown begins at zero, and
 * so does what it has to rise from.
 */
export function stillMuted(
  muted: readonly Muted[],
  standing: readonly Cause[],
  { now, wasAway, account }: GovernorInputs,
  rules: GovernorRules,
): readonly Muted[] {
  if (muted.length === 0) return muted
  // of time in which nobody looked nothing is known
  if (wasAway || account === null) return muted.map((mute) => ({ ...mute, lastAt: now }))
  return muted.flatMap((mute) => {
    const cause = standing.find(({ key }) => key === mute.key)
    if (cause === undefined) return now - mute.lastAt < rules.loosenAfterMs ? [mute] : []
    const measure = dayOf(mute.lastAt) === dayOf(now) ? mute.measure : Math.min(mute.measure, cause.measure)
    return [{ key: mute.key, measure, lastAt: now }]
  })
}

/** Causes that may engage: those that are not muted, and those that have become worse by `reengageShare` of the limit. */
export function engaging(
  standing: readonly Cause[],
  muted: readonly Muted[],
  { maxDailyDrawdownToday }: GovernorInputs,
  { reengageShare }: GovernorRules,
): readonly Cause[] {
  return standing.filter(({ key, measure }) => {
    const mute = muted.find((each) => each.key === key)
    return mute === undefined || measure - mute.measure >= reengageShare * maxDailyDrawdownToday
  })
}

/** Half limits until the first 00:00 UTC after a release under a standing cause. */
export const areLimitsHalved = (release: Release | null, now: number): boolean =>
  release !== null && release.underCause && now < nextMidnight(release.at)

/** What a release itself asks for: each ends by the clock. */
export function releaseCauses(
  release: Release | null,
  muted: readonly Muted[],
  now: number,
  rules: GovernorRules,
): readonly Cause[] {
  if (release === null) return []
  const cautiousUntil = release.at + rules.afterReleaseMs
  const sentence = `the emergency was released at ${clockTime(release.at, now)}`
  const midnight = nextMidnight(release.at)
  const timed = { flattens: false, measure: 0 } as const
  const causes: Cause[] = []
  if (release.underCause && muted.length > 0 && now < cautiousUntil) {
    const exit = `its cause has ended, at the latest ${clockTime(cautiousUntil, now)}; then half limits until 00:00 UTC`
    const text = `${sentence} while its cause stood`
    causes.push({ ...timed, key: 'released', level: 'DEFENSIVE', sentence: text, exit, until: cautiousUntil })
  }
  if (areLimitsHalved(release, now)) {
    const exit = `it is ${clockTime(midnight, now)}`
    const text = `${sentence} while its cause stood: half limits`
    causes.push({ ...timed, key: 'half_limits', level: 'CAUTIOUS', sentence: text, exit, until: midnight })
  }
  if (now < cautiousUntil) {
    const exit = `it is ${clockTime(cautiousUntil, now)}`
    causes.push({ ...timed, key: 'after_release', level: 'CAUTIOUS', sentence, exit, until: cautiousUntil })
  }
  return causes
}
