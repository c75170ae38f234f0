/** No mode may allow a larger size than a looser one, at any equity (SPEC §2, the property behind §20.5). */
import { isLooser, NUMBER_FIELDS } from './numbers.ts'
import { RISK_MODES, type PolicyRules, type RiskMode, type RiskProfile } from './policy.ts'

type Complain = (path: readonly string[], message: string) => void

/** Profile fields that bound the size of one entry; `maxOpenPositions` does not. */
const SIZE_LIMITS = ['maxLeverage', 'maxRiskPerTrade', 'maxDailyDrawdown', 'positionSizeCapFraction'] as const

/** The largest size the dollar cap and the fraction together ever allow while the dollar cap binds. */
function smallAccountCap(profile: RiskProfile, smallAccountUsd: number): number {
  return Math.min(profile.positionSizeCapUsd, profile.positionSizeCapFraction * smallAccountUsd)
}

function compare(rules: PolicyRules, tight: RiskMode, loose: RiskMode, complain: Complain): void {
  const [tighter, looser] = [rules.profiles[tight], rules.profiles[loose]]
  const path = (field: string): readonly string[] => ['profiles', tight, field]
  for (const field of SIZE_LIMITS)
    if (tighter[field] > looser[field])
      complain(path(field), `must not exceed ${loose}'s ${looser[field]}, was ${tighter[field]}`)
  if (tighter.minConfidence < looser.minConfidence)
    complain(
      path('minConfidence'),
      `must not be below ${loose}'s ${looser.minConfidence}, was ${tighter.minConfidence}`,
    )
  if (tighter.allowNewPositions && !looser.allowNewPositions)
    complain(path('allowNewPositions'), `must not be true while ${loose}'s is false`)
  const cap = smallAccountCap(tighter, rules.guard.smallAccountUsd)
  if (cap > looser.positionSizeCapUsd)
    complain(
      path('positionSizeCapUsd'),
      `lets small accounts take ${cap} USDT, over ${loose}'s ${looser.positionSizeCapUsd}`,
    )
}

function compareTargets(rules: PolicyRules, tight: RiskMode, loose: RiskMode, complain: Complain): void {
  const [tighter, looser] = [rules.msc.targets[tight], rules.msc.targets[loose]]
  for (const field of NUMBER_FIELDS)
    if (isLooser(field, tighter[field], looser[field]))
      complain(
        ['msc', 'targets', tight, field],
        `must not be looser than ${loose}'s ${looser[field]}, was ${tighter[field]}`,
      )
}

export function checkOrderOfModes(rules: PolicyRules, complain: Complain): void {
  RISK_MODES.forEach((tight, index) => {
    const loose = RISK_MODES[index + 1]
    if (loose === undefined) return
    compare(rules, tight, loose, complain)
    compareTargets(rules, tight, loose, complain)
  })
}
