/** The four numbers of the policy: their bounds, which way is tighter, and what a mode asks of them (SPEC §1, §2, §5.5). */
import type { Bounds } from './bounds.ts'
import type { ModeTargets, PolicyRules, RiskMode, RiskProfile } from './policy.ts'

export const NUMBER_FIELDS = ['maxRiskPerTrade', 'maxPositions', 'maxDailyTrades', 'globalMinConfidence'] as const
export type NumberField = (typeof NUMBER_FIELDS)[number]

export const NUMBER_BOUNDS = {
  maxRiskPerTrade: { above: 0, max: 0.05 },
  maxPositions: { min: 1, max: 100, integer: true },
  maxDailyTrades: { min: 1, max: 10_000, integer: true },
  globalMinConfidence: { min: 0, max: 1 },
} as const satisfies Record<NumberField, Bounds>

export const isNumberField = (field: string): field is NumberField =>
  (NUMBER_FIELDS as readonly string[]).includes(field)

/** Confidence is a minimum, the others are maxima. */
export function isLooser(field: NumberField, value: number, than: number): boolean {
  return field === 'globalMinConfidence' ? value < than : value > than
}

export function tighterOf(field: NumberField, one: number, other: number): number {
  return isLooser(field, one, other) ? other : one
}

/** The profile's own limit on a number; null where it has none. */
export function profileLimit(field: NumberField, profile: RiskProfile): number | null {
  switch (field) {
    case 'maxRiskPerTrade':
      return profile.maxRiskPerTrade
    case 'maxPositions':
      return profile.maxOpenPositions
    case 'globalMinConfidence':
      return profile.minConfidence
    case 'maxDailyTrades':
      return null
  }
}

/** A mode's targets, clamped to its profile. */
export function targetsOf(mode: RiskMode, rules: PolicyRules): ModeTargets {
  const targets = rules.msc.targets[mode]
  const clamped = (field: NumberField): number => {
    const limit = profileLimit(field, rules.profiles[mode])
    return limit === null ? targets[field] : tighterOf(field, targets[field], limit)
  }
  return {
    maxRiskPerTrade: clamped('maxRiskPerTrade'),
    globalMinConfidence: clamped('globalMinConfidence'),
    maxPositions: clamped('maxPositions'),
    maxDailyTrades: clamped('maxDailyTrades'),
  }
}
