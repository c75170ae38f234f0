import type { Asked } from '../asked.ts'
/** Check 6: blocked wins over allowed; `manual` needs no permission but can be blocked. */
import { answered, known } from '../reading.ts'
import { type Failure, fieldSource, passed } from '../verdict.ts'

/** The strategy of whatever a person asks for. */
const MANUAL = 'manual'

export function checkStrategy(asked: Asked): Failure | null {
  const { intent, policy } = asked
  const code = 'strategy_not_allowed'
  const actual = intent.strategyId
  if (known(policy.blockedStrategies, 'the blocked strategies').includes(actual)) {
    const source = fieldSource(policy, 'blockedStrategies')
    return { code, limit: 'not blocked', actual, source, sentence: `strategy ${actual} is blocked` }
  }
  const allowed = answered(policy.allowedStrategies, 'the allowed strategies')
  const source = fieldSource(policy, 'allowedStrategies')
  if (allowed === null || actual === MANUAL || allowed.includes(actual)) {
    return passed(asked, { code, limit: 'allowed', actual, source })
  }
  return {
    code,
    limit: allowed.join(', ') || 'none',
    actual,
    source,
    sentence: `strategy ${actual} is not an allowed one`,
  }
}
