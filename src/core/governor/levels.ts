/** The five levels from loosest to tightest, and what each does to new risk (SPEC §4). */
import type { GovernorRules, GovernorState } from '../policy/policy.ts'

export type GovernorLevel = GovernorState['level']

export const LEVELS = [
  'NORMAL',
  'ELEVATED',
  'CAUTIOUS',
  'DEFENSIVE',
  'EMERGENCY',
] as const satisfies readonly GovernorLevel[]

const rankOf = (level: GovernorLevel): number => LEVELS.indexOf(level)

export const isTighter = (one: GovernorLevel, other: GovernorLevel): boolean => rankOf(one) > rankOf(other)

/** The next looser level; NORMAL stays. */
export const oneLooser = (level: GovernorLevel): GovernorLevel => LEVELS[Math.max(0, rankOf(level) - 1)] ?? 'NORMAL'

export type Multipliers = Pick<GovernorState, 'allowNewPositions' | 'leverage' | 'size' | 'exposure'>

/** Multipliers of new entries; nothing open is resized by them. */
export function multipliersOf(level: GovernorLevel, rules: GovernorRules): Multipliers {
  switch (level) {
    case 'NORMAL':
      return { allowNewPositions: true, leverage: 1, size: 1, exposure: 1 }
    case 'ELEVATED':
      return {
        allowNewPositions: true,
        leverage: rules.elevatedLeverage,
        size: rules.elevatedSize,
        exposure: rules.elevatedExposure,
      }
    case 'CAUTIOUS':
      return {
        allowNewPositions: true,
        leverage: rules.cautiousLeverage,
        size: rules.cautiousSize,
        exposure: rules.cautiousExposure,
      }
    case 'DEFENSIVE':
      return {
        allowNewPositions: false,
        leverage: rules.defensiveLeverage,
        size: rules.defensiveSize,
        exposure: rules.defensiveExposure,
      }
    case 'EMERGENCY':
      return { allowNewPositions: false, leverage: 0, size: 0, exposure: 0 }
  }
}
