import type { Asked } from '../asked.ts'
/** Check 1: the kill switch lets nothing open risk until a person releases it. */
import { answered } from '../reading.ts'
import { type Failure, fieldSource, holds } from '../verdict.ts'

export function checkEmergency(asked: Asked): Failure | null {
  const { policy } = asked
  const emergency = answered(policy.emergency, 'the kill switch')
  return holds(
    asked,
    emergency === null,
    {
      code: 'emergency',
      limit: 'released',
      actual: emergency === null ? 'released' : 'engaged',
      source: fieldSource(policy, 'emergency'),
    },
    () => (emergency === null ? '' : `kill switch engaged by ${emergency.by}: ${emergency.reason}`),
  )
}
