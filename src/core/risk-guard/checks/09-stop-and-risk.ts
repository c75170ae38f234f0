/** Check 9: a stop on the right side, a loss there within the risk limit, and costs that leave something to win. */
import { answered, finite } from '../reading.ts'
import { atLeast, atMost, EXCHANGE, type Failure, holds, type Measured, ruleSource } from '../verdict.ts'
import { percent, plain } from '../words.ts'

const HOUR_MS = 3_600_000

function side(measured: Measured): Failure | null {
  const { figures, intent } = measured
  const { stop, entry, mark } = figures
  const isLong = intent.side === 'LONG'
  const isRight = isLong ? stop < Math.min(entry, mark) : stop > Math.max(entry, mark)
  const limit = isLong ? Math.min(entry, mark) : Math.max(entry, mark)
  return holds(
    measured,
    isRight,
    { code: 'stop_invalid', limit, actual: Number.isNaN(stop) ? 'none' : stop, source: EXCHANGE },
    () =>
      Number.isNaN(stop)
        ? 'an entry needs a stop'
        : `the stop of a ${intent.side} must be ${isLong ? 'below' : 'above'} ${plain(limit, 8)}, was ${plain(stop, 8)}`,
  )
}

function distance(measured: Measured): Failure | null {
  const { figures, rules, policy } = measured
  const test = {
    code: 'stop_invalid',
    what: 'the stop distance',
    actual: figures.stopDistance,
    format: percent,
  } as const
  return (
    atLeast(measured, {
      ...test,
      limit: rules.minStopDistance,
      source: ruleSource(policy, 'minStopDistance'),
      says: (actual, limit) => `stop ${actual} away, at least ${limit} needed`,
    }) ??
    atMost(measured, {
      ...test,
      limit: rules.maxStopDistance,
      source: ruleSource(policy, 'maxStopDistance'),
      says: (actual, limit) => `stop ${actual} away, limit ${limit}`,
    })
  )
}

function risk(measured: Measured): Failure | null {
  const { figures, limits } = measured
  const { value, source } = limits.maxRiskPerTrade
  return atMost(measured, {
    code: 'max_risk_per_trade',
    what: 'the risk of the trade',
    actual: (figures.lossAtStop + (figures.held?.entryLoss ?? 0)) / figures.equity,
    limit: value,
    source,
    format: percent,
    says: (actual, limit) => `would risk ${actual}, limit ${limit}`,
  })
}

/** How often funding is settled while the position is expected to be held. */
function settlements({ context, intent }: Measured): number {
  const funding = answered(context.funding, 'the next funding')
  if (funding === null) return 0
  const wait = Math.max(0, finite(funding.at, 'the time of the next funding') - finite(context.now, 'the time'))
  const every = finite(funding.intervalHours, 'the funding interval') * HOUR_MS
  return intent.expectedHoldMs < wait ? 0 : 1 + Math.floor((intent.expectedHoldMs - wait) / every)
}

function cost(measured: Measured): Failure | null {
  const { figures, context, rules, policy } = measured
  const spread = finite(context.spread, 'the spread')
  const costs = 2 * figures.instrument.takerFee + spread + rules.slippage + figures.fundingPaid * settlements(measured)
  return atMost(measured, {
    code: 'cost_too_high',
    what: 'the cost of the trade',
    actual: costs / figures.stopDistance,
    limit: rules.maxCostShareOfStop,
    source: ruleSource(policy, 'maxCostShareOfStop'),
    format: percent,
    says: (actual, limit) => `fees, spread, slippage and funding eat ${actual} of the stop distance, limit ${limit}`,
  })
}

export function checkStopAndRisk(measured: Measured): Failure | null {
  return side(measured) ?? distance(measured) ?? risk(measured) ?? cost(measured)
}
