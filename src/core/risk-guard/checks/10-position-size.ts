/** Check 10: no position larger than the mode's cap, no order larger than the configured notional. */
import { sizeCapUsd } from '../../policy/effective.ts'
import { answered } from '../reading.ts'
import { atMost, type Failure, type Measured, ruleSource } from '../verdict.ts'
import { usd } from '../words.ts'

function position(measured: Measured): Failure | null {
  const { figures, limits, rules } = measured
  const { value, source } = sizeCapUsd(limits, figures.equity, rules.smallAccountUsd)
  return atMost(measured, {
    code: 'position_cap',
    what: 'the size of the position',
    actual: figures.notional + (figures.held?.entryNotional ?? 0),
    limit: value,
    source,
    format: usd,
    says: (actual, limit) => `position of ${actual}, limit ${limit}`,
  })
}

function order(measured: Measured): Failure | null {
  const { figures, rules, policy, context } = measured
  const limit = answered(rules.maxOrderNotionalUsd, 'the largest order')
  const source = ruleSource(policy, 'maxOrderNotionalUsd')
  if (limit === null) {
    if (!answered(context.isLive, 'whether this is real money')) return null
    return {
      code: 'max_order_notional',
      limit,
      actual: figures.notional,
      source,
      sentence: 'real money needs maxOrderNotionalUsd set',
    }
  }
  return atMost(measured, {
    code: 'max_order_notional',
    what: 'the size of the order',
    actual: figures.notional,
    limit,
    source,
    format: usd,
    says: (actual, most) => `order of ${actual}, limit ${most}`,
  })
}

export function checkPositionSize(measured: Measured): Failure | null {
  return position(measured) ?? order(measured)
}
