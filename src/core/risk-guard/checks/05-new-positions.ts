import type { Asked } from '../asked.ts'
/** Check 5: profile, governor and the station itself must want new positions. */
import { answered } from '../reading.ts'
import { atMost, type Failure, holds, ruleSource } from '../verdict.ts'
import { percent, sourceInWords } from '../words.ts'

function wanted(asked: Asked): Failure | null {
  const { value, source } = asked.limits.allowNewPositions
  return holds(
    asked,
    value,
    { code: 'new_positions_disabled', limit: 'allowed', actual: value ? 'allowed' : 'not allowed', source },
    () => `no new positions now (${sourceInWords(source, asked.limits.riskMode)})`,
  )
}

function stationReady(asked: Asked): Failure | null {
  const reason = answered(asked.context.entriesOff, 'whether the station takes entries')
  return holds(
    asked,
    reason === null,
    {
      code: 'new_positions_disabled',
      limit: 'entries on',
      actual: reason ?? 'entries on',
      source: { kind: 'config', actor: 'station', version: asked.policy.version },
    },
    () => `entries are off: ${reason ?? ''}`,
  )
}

export function checkNewPositions(asked: Asked): Failure | null {
  const { context, policy, rules } = asked
  return (
    wanted(asked) ??
    stationReady(asked) ??
    atMost(asked, {
      code: 'new_positions_disabled',
      what: 'whether equity jumped',
      actual: Math.abs(answered(context.equityJump, 'whether equity jumped')),
      limit: rules.equityJump,
      source: ruleSource(policy, 'equityJump'),
      format: percent,
      says: (actual, limit) => `equity jumped ${actual} without fills or flows, limit ${limit}: reconcile first`,
    })
  )
}
