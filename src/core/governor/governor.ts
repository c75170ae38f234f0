/**
 * The safety governor (SPEC §4): a pure machine over what the station knows. It tightens at once and loosens one level at
 * a time; it says what is to be engaged and closed, and does neither.
 */
import type { GovernorRules, GovernorState } from '../policy/policy.ts'
import { emergencyCauses, tighteningCauses, type Cause, type CauseContext } from './causes.ts'
import type { GovernorInputs } from './inputs.ts'
import { isTighter, multipliersOf, oneLooser, type GovernorLevel, type Multipliers } from './levels.ts'
import type { GovernorMemory } from './memory.ts'
import { areLimitsHalved, engaging, mutedAt, releaseCauses, stillMuted, wasReleased } from './release.ts'
import { confirmed, figuresOf, withSample, type Figures, type Sample } from './samples.ts'
import { hasEnded, losingStreak, type TriggeredStreak } from './streak.ts'
import { clockTime, span } from './words.ts'

export interface Look {
  readonly memory: GovernorMemory
  readonly state: GovernorState
  /** the kill switch is to be engaged, for this reason; null: not, or it is */
  readonly engage: string | null
  /** everything is to be closed, for this reason, once; null: not */
  readonly flatten: string | null
  /** mark prices of this instant ask for a tighter level: a second sample is wanted soon */
  readonly wantsSecondSample: boolean
}

/** One look at the station. */
export function look(before: GovernorMemory, inputs: GovernorInputs, rules: GovernorRules): Look {
  const { now, emergency } = inputs
  const figures = figuresOf(inputs)
  const samples =
    figures === null ? before.samples : withSample(before.samples, { at: now, ...figures }, rules.markGapMs)
  const context = contextOf(before, inputs, rules, agreed(figures, samples, inputs, rules))
  const grave = emergencyCauses(context)
  const isReleased = wasReleased(before, emergency)
  const muted = isReleased ? mutedAt(now, grave) : stillMuted(before.muted, grave, inputs, rules)
  const release = isReleased ? { at: now, underCause: grave.length > 0 } : before.release
  const active = engaging(grave, muted, inputs, rules)
  const causes = [
    ...active,
    ...engagedCauses(before, inputs, isReleased),
    ...tighteningCauses(context),
    ...releaseCauses(release, muted, now, rules),
  ]
  const settled = settle(before, { inputs, rules, causes, isReleased, isBlind: figures === null })
  const closing = active.filter((cause) => cause.flattens || rules.flattenOnEmergency)
  const memory: GovernorMemory = {
    ...before,
    ...settled,
    samples,
    release,
    muted,
    streak: context.streak,
    emergencyId: emergency?.id ?? null,
    flattened: closing.map(({ key }) => key),
  }
  return {
    memory,
    state: stateOf(memory, causes, inputs, rules),
    engage: emergency === null ? (active[0]?.sentence ?? null) : null,
    flatten: closing.find(({ key }) => !before.flattened.includes(key))?.sentence ?? null,
    wantsSecondSample: inputs.isExposed && asksTighter(context, figures, settled.level),
  }
}

/** What the levels are made of: with open positions only what two samples agree on. */
function agreed(
  figures: Figures | null,
  samples: readonly Sample[],
  { isExposed }: GovernorInputs,
  { markGapMs }: GovernorRules,
): Figures | null {
  if (figures === null) return null
  return isExposed ? confirmed(samples, markGapMs) : figures
}

function contextOf(
  before: GovernorMemory,
  inputs: GovernorInputs,
  rules: GovernorRules,
  figures: Figures | null,
): CauseContext {
  const { acknowledgedAt } = before
  return { inputs, rules, figures, acknowledgedAt, streak: streakNow(before, inputs, rules) }
}

/** A streak triggers once, until something was won or a person has acknowledged it. */
function streakNow(before: GovernorMemory, inputs: GovernorInputs, rules: GovernorRules): TriggeredStreak | null {
  const { acknowledgedAt } = before
  const { closings, now } = inputs
  if (before.streak !== null && !hasEnded(before.streak, closings, acknowledgedAt)) return before.streak
  const triggers = losingStreak(closings, now, acknowledgedAt, rules) >= rules.defensiveStreak
  return triggers ? { at: now, until: now + rules.streakDefensiveMs } : null
}

/** Once engaged by the governor, or while it was at EMERGENCY, only a release ends it. */
function engagedCauses(before: GovernorMemory, { emergency }: GovernorInputs, isReleased: boolean): Cause[] {
  if (emergency === null) return []
  const isHeld = before.level === 'EMERGENCY' && !isReleased
  if (emergency.by !== 'governor' && !isHeld) return []
  const exit = 'a person releases it with the word RELEASE'
  const sentence = emergency.reason
  return [{ key: 'emergency', level: 'EMERGENCY', sentence, exit, until: null, flattens: false, measure: 0 }]
}

interface Standing {
  readonly inputs: GovernorInputs
  readonly rules: GovernorRules
  readonly causes: readonly Cause[]
  readonly isReleased: boolean
  /** the account is not known: nothing loosens */
  readonly isBlind: boolean
}

type Settled = Pick<GovernorMemory, 'level' | 'since' | 'cause' | 'heldAt'>

/** Tightens at once, loosens one level after `loosenAfterMs` in which nothing held it. */
function settle(before: GovernorMemory, { inputs, rules, causes, isReleased, isBlind }: Standing): Settled {
  const { now, wasAway } = inputs
  const from = isReleased && before.level === 'EMERGENCY' ? releasedFrom(before, now) : before
  const worst = tightest(causes)
  const wanted = worst?.level ?? 'NORMAL'
  if (isTighter(wanted, from.level)) return { level: wanted, since: now, cause: worst?.sentence ?? null, heldAt: now }
  const isHeld = isBlind || wasAway || causes.some(({ level, until }) => until === null && level === from.level)
  const heldAt = isHeld ? now : from.heldAt
  const { level, since } = from
  if (wanted === level) return { level, since, cause: worst?.sentence ?? null, heldAt }
  if (now - heldAt < rules.loosenAfterMs) return { level, since, cause: from.cause, heldAt }
  const next = oneLooser(level)
  const cause = next === wanted ? (worst?.sentence ?? null) : from.cause
  return { level: next, since: now, cause, heldAt: now }
}

/** A person's word ends EMERGENCY; from there it loosens like any other level. */
const releasedFrom = (before: GovernorMemory, now: number): Settled => ({
  level: 'DEFENSIVE',
  since: now,
  cause: `the emergency was released at ${clockTime(now, now)}: ${before.cause ?? ''}`,
  heldAt: now,
})

/** The first of the tightest level: causes come in the order of the table. */
function tightest(causes: readonly Cause[]): Cause | null {
  let worst: Cause | null = null
  for (const cause of causes) if (worst === null || isTighter(cause.level, worst.level)) worst = cause
  return worst
}

function stateOf(
  memory: GovernorMemory,
  causes: readonly Cause[],
  { now }: GovernorInputs,
  rules: GovernorRules,
): GovernorState {
  const { level, since, cause, release } = memory
  const multipliers = multipliersOf(level, rules)
  const halved = areLimitsHalved(release, now) ? halve(multipliers, rules.afterReleaseMultiplier) : multipliers
  const exit = level === 'NORMAL' ? null : exitOf(memory, causes, rules)
  return { level, since, cause, exit, ...halved }
}

function exitOf({ level, heldAt }: GovernorMemory, causes: readonly Cause[], rules: GovernorRules): string {
  const holding = causes.find((each) => each.level === level)
  const next = oneLooser(level)
  if (holding !== undefined) return `${next} when ${holding.exit}`
  const at = heldAt + rules.loosenAfterMs
  return `its cause has ended: ${next} at ${clockTime(at, heldAt)}, ${span(rules.loosenAfterMs)} after it`
}

const halve = (multipliers: Multipliers, most: number): Multipliers => ({
  allowNewPositions: multipliers.allowNewPositions,
  leverage: Math.min(multipliers.leverage, most),
  size: Math.min(multipliers.size, most),
  exposure: Math.min(multipliers.exposure, most),
})

function asksTighter(context: CauseContext, figures: Figures | null, level: GovernorLevel): boolean {
  const seen = { ...context, figures }
  return [...emergencyCauses(seen), ...tighteningCauses(seen)].some((cause) => isTighter(cause.level, level))
}
