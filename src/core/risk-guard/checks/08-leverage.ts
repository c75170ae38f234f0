/** Check 8: a whole-number leverage within the limit, with the liquidation well behind the stop. */
import { liquidationDistance } from '../../model/leverage.ts'
import { atLeast, EXCHANGE, type Failure, holds, type Measured, passed, ruleSource } from '../verdict.ts'
import { percent, sourceInWords, usd } from '../words.ts'

function leverage(measured: Measured): Failure | null {
  const { figures, limits } = measured
  const { value, source } = limits.maxLeverage
  const actual = figures.leverage
  const isWhole = Number.isInteger(actual) && actual >= 1
  return holds(measured, isWhole && actual <= value, { code: 'max_leverage', limit: value, actual, source }, () =>
    isWhole
      ? `leverage ${actual}×, limit ${value}× (${sourceInWords(source, limits.riskMode)})`
      : `no whole-number leverage from 1× to ${value}× is safe here, was ${actual}×`,
  )
}

/** What the exchange itself carries and lends for a position of this size. */
function bracket(measured: Measured): Failure | null {
  const { instrument, notional, leverage, bracket } = measured.figures
  const code = 'max_leverage'
  if (bracket === undefined) {
    const limit = instrument.brackets.at(-1)?.notionalCap ?? 0
    const sentence = `the exchange carries at most ${usd(limit)} of ${instrument.symbol}, would be ${usd(notional)}`
    return { code, limit, actual: notional, source: EXCHANGE, sentence }
  }
  const limit = bracket.maxLeverage
  if (leverage <= limit || Number.isNaN(leverage)) return null
  const sentence = `leverage ${leverage}×, the exchange allows ${limit}× for ${usd(notional)}`
  return { code, limit, actual: leverage, source: EXCHANGE, sentence }
}

function buffer(measured: Measured): Failure | null {
  const { figures, intent, rules, policy } = measured
  const source = ruleSource(policy, 'liquidationStopMultiple')
  // no usable stop: check 9 denies; a quantity of nothing: check 15 does
  if (Number.isNaN(figures.stopDistance) || figures.bracket === undefined || figures.notional === 0) {
    return passed(measured, { code: 'liquidation_buffer', limit: null, actual: null, source })
  }
  const { entry, leverage, bracket, amount } = figures
  const terms = { side: intent.side, entry, quantity: amount, leverage, bracket }
  return atLeast(measured, {
    code: 'liquidation_buffer',
    what: 'the distance to liquidation',
    actual: liquidationDistance(terms),
    limit: rules.liquidationStopMultiple * figures.stopDistance,
    source,
    format: percent,
    says: (actual, limit) => `liquidation ${actual} away at ${leverage}×, at least ${limit} needed`,
  })
}

export function checkLeverage(measured: Measured): Failure | null {
  return bracket(measured) ?? leverage(measured) ?? buffer(measured)
}
