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

function bracket(measured: Measured): Failure | null {
  const { figures } = measured
  const actual = figures.notional
  const most = figures.instrument.brackets.at(-1)?.notionalCap ?? 0
  const sentence = `the exchange carries at most ${usd(most)} of ${figures.instrument.symbol}, would be ${usd(actual)}`
  if (figures.bracket === undefined) return { code: 'max_leverage', limit: most, actual, source: EXCHANGE, sentence }
  const { maxLeverage } = figures.bracket
  if (figures.leverage <= maxLeverage) return null
  return {
    code: 'max_leverage',
    limit: maxLeverage,
    actual: figures.leverage,
    source: EXCHANGE,
    sentence: `leverage ${figures.leverage}×, the exchange allows ${maxLeverage}× for ${usd(actual)}`,
  }
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
