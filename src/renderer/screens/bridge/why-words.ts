/** What the governor does and what a person holds, in words. Pure. */
import type { GovernorState, PolicyDocument } from '../../../contract/policy-shapes.ts'
import { capitalised } from '../../limits/actor-text.ts'
import { LIMIT_NAMES } from '../../limits/limit-names.ts'
import { formatNumber } from '../../widgets/format-number.ts'

export function governorText({ level, cause, exit, leverage, size, exposure }: GovernorState): string {
  if (level === 'NORMAL') return 'Nothing reduced'
  const scale = (name: string, factor: number): string[] => (factor < 1 ? [`${name} × ${formatNumber(factor)}`] : [])
  const reduced = [...scale('size', size), ...scale('leverage', leverage), ...scale('exposure', exposure)].join(', ')
  const said = [capitalised(level.toLowerCase()), cause, reduced]
    .filter((part) => part !== null && part !== '')
    .join(': ')
  return exit === null ? said : `${said}. Until ${exit}`
}

export type HeldField = 'max_risk_per_trade' | 'max_positions' | 'max_daily_trades' | 'global_min_confidence'

const FIELDS: Readonly<Record<HeldField, (typeof LIMIT_NAMES)[number]['field']>> = {
  max_risk_per_trade: 'max_risk_per_trade',
  max_positions: 'max_positions',
  max_daily_trades: 'max_daily_trades',
  global_min_confidence: 'min_confidence',
}

/** Numbers that a person has set: automatic writers may tighten them, not loosen. */
export const heldNumbers = ({ sources }: PolicyDocument): { readonly field: HeldField; readonly text: string }[] =>
  (Object.keys(FIELDS) as HeldField[]).flatMap((field) => {
    const hold = sources[field]?.hold ?? null
    const limit = LIMIT_NAMES.find((name) => name.field === FIELDS[field])
    return hold === null || limit === undefined ? [] : [{ field, text: `${limit.name} at ${limit.text(hold)}` }]
  })
