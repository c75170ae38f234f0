/** What a run told the next, read back from the policy. */
import { RISK_MODES, type GlobalPolicy, type RiskMode } from '../policy/policy.ts'
import type { MscMemory } from './decision.ts'

type Plain = Readonly<Record<string, unknown>>

const plain = (value: unknown): Plain | null => (typeof value === 'object' && value !== null ? (value as Plain) : null)
const isMode = (value: unknown): value is RiskMode => (RISK_MODES as readonly unknown[]).includes(value)
const isNumber = (value: unknown): value is number => typeof value === 'number'

function askingOf(value: unknown): MscMemory['asking'] {
  const asking = plain(value)
  return asking !== null && isMode(asking['mode']) && isNumber(asking['since'])
    ? { mode: asking['mode'], since: asking['since'] }
    : null
}

function underPinOf(value: unknown): MscMemory['underPin'] {
  const pin = plain(value)
  if (pin === null) return null
  const { pinnedAt, weight, standing } = pin
  return isNumber(pinnedAt) && isNumber(weight) && isMode(standing) ? { pinnedAt, weight, standing } : null
}

/** Null before the first run, and where the policy's evaluation is not one of ours. */
export function memoryOf({ evaluation }: Pick<GlobalPolicy, 'evaluation'>): MscMemory | null {
  const memory = plain(evaluation?.['memory'])
  if (memory === null || !isNumber(memory['defensiveWeight'])) return null
  const { defensiveWeight, asking, underPin } = memory
  return { defensiveWeight, asking: askingOf(asking), underPin: underPinOf(underPin) }
}
