/** Reading, ordering and describing the three risk modes (SPEC §1, §2). */
import { RISK_MODES, type RiskMode } from './policy.ts'

/** The predecessor's name of AGGRESSIVE: accepted wherever a mode is read, never emitted. */
export const AGGRESSIVE_ALIAS = 'AGGRESSIVE_SMALL_ACCOUNT'

/** What each mode is for, in one sentence. */
export const RISK_MODE_DESCRIPTIONS: Readonly<Record<RiskMode, string>> = {
  DEFENSIVE: 'Protect the account: small risk, few positions, only signals of high confidence, entries at the touch.',
  NORMAL: 'Everyday trading: moderate risk, entries at the touch first and then at a bounded price.',
  AGGRESSIVE: 'Press an advantage: the largest risk the account allows, entries at once at a bounded price.',
}

const isRiskMode = (text: string): text is RiskMode => (RISK_MODES as readonly string[]).includes(text)

/** The mode of this name or of its alias; null for anything else. */
export function readRiskMode(value: unknown): RiskMode | null {
  if (value === AGGRESSIVE_ALIAS) return 'AGGRESSIVE'
  return typeof value === 'string' && isRiskMode(value) ? value : null
}

/** As `readRiskMode`, for configuration: any case, and the predecessor's profile SAFE is DEFENSIVE. */
export function readConfiguredRiskMode(value: unknown): RiskMode | null {
  if (typeof value !== 'string') return null
  const name = value.trim().toUpperCase()
  return name === 'SAFE' ? 'DEFENSIVE' : readRiskMode(name)
}

export const isLooserMode = (mode: RiskMode, than: RiskMode): boolean =>
  RISK_MODES.indexOf(mode) > RISK_MODES.indexOf(than)

export const tighterMode = (one: RiskMode, other: RiskMode): RiskMode => (isLooserMode(one, other) ? other : one)

/** The next looser mode; the loosest stays. */
export const oneLooser = (mode: RiskMode): RiskMode => RISK_MODES[RISK_MODES.indexOf(mode) + 1] ?? mode
