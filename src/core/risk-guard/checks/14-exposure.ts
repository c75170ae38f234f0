/** Check 14: what everything open, resting and this intent add up to: gross, per symbol, heat, correlation. */
import type { ReservedTotals } from '../claim.ts'
import type { GuardPosition } from '../context.ts'
import { answered, finite, known } from '../reading.ts'
import { atMost, type Failure, type Measured, passed, ruleSource, type Test } from '../verdict.ts'
import { percent, plain } from '../words.ts'

interface Book {
  readonly positions: readonly GuardPosition[]
  readonly reserved: ReservedTotals
}

const sum = (positions: readonly GuardPosition[], of: (position: GuardPosition) => number): number =>
  positions.reduce((total, position) => total + of(position), 0)

const exposure = { format: plain, says: (actual: string, limit: string) => `${actual} × equity, limit ${limit} ×` }

function gross(measured: Measured, { positions, reserved }: Book): Failure | null {
  const { figures, limits } = measured
  const total = sum(positions, ({ notional }) => notional) + reserved.gross + figures.notional
  return atMost(measured, {
    code: 'gross_exposure',
    what: 'the gross exposure',
    actual: total / figures.equity,
    limit: limits.maxGrossExposure.value,
    source: limits.maxGrossExposure.source,
    format: exposure.format,
    says: (actual, limit) => `gross exposure would be ${exposure.says(actual, limit)}`,
  })
}

function symbol(measured: Measured, { positions, reserved }: Book): Failure | null {
  const { figures, limits, intent } = measured
  const open = sum(
    positions.filter(({ symbol }) => symbol === intent.symbol),
    ({ notional }) => notional,
  )
  const resting = reserved.claims.reduce(
    (total, each) => total + (each.symbol === intent.symbol ? each.notional : 0),
    0,
  )
  return atMost(measured, {
    code: 'symbol_exposure',
    what: 'the exposure to the symbol',
    actual: (open + resting + figures.notional) / figures.equity,
    limit: limits.maxSymbolExposure.value,
    source: limits.maxSymbolExposure.source,
    format: exposure.format,
    says: (actual, limit) => `${intent.symbol} would be ${exposure.says(actual, limit)}`,
  })
}

/** Heat both ways, then in the intent's direction alone. */
function heat(measured: Measured, { positions, reserved }: Book): Failure | null {
  const { figures, limits, rules, policy, intent, context } = measured
  const left =
    limits.maxDailyDrawdown.value - finite(known(context.account, 'the account').drawdown, 'the drawdown of the day')
  const limit = Math.min(rules.maxHeat, left)
  const source = limit < rules.maxHeat ? limits.maxDailyDrawdown.source : ruleSource(policy, 'maxHeat')
  const same = positions.filter(({ side }) => side === intent.side)
  const reservedSame = intent.side === 'LONG' ? reserved.heatLong : reserved.heatShort
  const all = sum(positions, ({ lossAtStop }) => lossAtStop) + reserved.heatLong + reserved.heatShort
  const oneWay = sum(same, ({ lossAtStop }) => lossAtStop) + reservedSame
  const test = (actual: number, most: number, where: string): Test => ({
    code: 'heat',
    what: 'the loss if every stop is hit',
    actual: (actual + figures.lossAtStop) / figures.equity,
    limit: most,
    source,
    format: percent,
    says: (found, allowed) => `all stops${where} together would lose ${found}, limit ${allowed}`,
  })
  return (
    atMost(measured, test(all, limit, '')) ??
    atMost(measured, test(oneWay, limit * rules.maxHeatOneDirection, ` of ${intent.side} positions`))
  )
}

function correlation(measured: Measured): Failure | null {
  const { context, rules, policy } = measured
  const limit = answered(rules.maxCorrelation, 'the correlation cap')
  const source = ruleSource(policy, 'maxCorrelation')
  const code = 'correlation_cap'
  if (limit === null) return passed(measured, { code, limit: 'off', actual: null, source })
  return atMost(measured, {
    code,
    what: 'the correlation with open positions',
    actual: answered(context.correlation, 'the correlation with open positions'),
    limit,
    source,
    format: plain,
    says: (actual, most) => `moves with an open position (${actual}), limit ${most}`,
  })
}

export function checkExposure(measured: Measured): Failure | null {
  const { context, intent } = measured
  const book = {
    positions: known(context.positions, 'the positions'),
    reserved: known(context.reservations, 'the reservations').without(intent.id),
  }
  return gross(measured, book) ?? symbol(measured, book) ?? heat(measured, book) ?? correlation(measured)
}
