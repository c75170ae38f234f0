/** Check 13: the day's drawdown and loss; here reaching the limit is too much. */
import { answered, known } from '../reading.ts'
import { type Failure, type Measured, ruleSource, under } from '../verdict.ts'
import { percent, usd } from '../words.ts'

function drawdown(measured: Measured): Failure | null {
  const { context, limits } = measured
  const { value, source } = limits.maxDailyDrawdown
  return under(measured, {
    code: 'daily_drawdown',
    what: 'the drawdown of the day',
    actual: known(context.account, 'the account').drawdown,
    limit: value,
    source,
    format: percent,
    says: (actual, limit) => `down ${actual} from the day’s high, limit ${limit}`,
  })
}

function loss(measured: Measured): Failure | null {
  const { context, rules, policy } = measured
  const limit = answered(rules.maxDailyLossUsd, 'the largest daily loss')
  const source = ruleSource(policy, 'maxDailyLossUsd')
  if (limit === null) {
    if (!answered(context.isLive, 'whether this is real money')) return null
    return { code: 'max_daily_loss', limit, actual: null, source, sentence: 'real money needs maxDailyLossUsd set' }
  }
  return under(measured, {
    code: 'max_daily_loss',
    what: 'the loss of the day',
    actual: answered(context.dayLossUsd, 'the loss of the day'),
    limit,
    source,
    format: usd,
    says: (actual, most) => `lost ${actual} today, limit ${most}`,
  })
}

export function checkDailyLoss(measured: Measured): Failure | null {
  return drawdown(measured) ?? loss(measured)
}
