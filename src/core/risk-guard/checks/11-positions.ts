/** Check 11: one net position per symbol, and no more symbols with a position or a resting entry than allowed. */
import { answered, known } from '../reading.ts'
import { atMost, type Failure, type Measured, passed } from '../verdict.ts'
import { plain } from '../words.ts'

/** What already stands on the symbol and is not this intent's own; null: nothing. */
function occupant({ intent, context }: Measured): string | null {
  if (answered(context.unknownOrder, 'whether an order is unknown')) return 'an order in state UNKNOWN'
  const position = known(context.positions, 'the positions').find(({ symbol }) => symbol === intent.symbol)
  if (position !== undefined && position.intentId !== intent.id) return `a ${position.side} position`
  const { claims } = known(context.reservations, 'the reservations').without(intent.id)
  return claims.some(({ symbol }) => symbol === intent.symbol) ? 'a resting entry' : null
}

function slots({ intent, context }: Measured): number {
  const symbols = new Set([intent.symbol])
  for (const { symbol } of known(context.positions, 'the positions')) symbols.add(symbol)
  for (const { symbol } of known(context.reservations, 'the reservations').without(intent.id).claims)
    symbols.add(symbol)
  return symbols.size
}

export function checkPositions(measured: Measured): Failure | null {
  const { intent, limits } = measured
  const { value, source } = limits.maxPositions
  const code = 'max_positions'
  const standing = occupant(measured)
  if (standing !== null) {
    const sentence = `${intent.symbol} already has ${standing}: one net position per symbol`
    return { code, limit: 'one per symbol', actual: standing, source, sentence }
  }
  passed(measured, { code, limit: 'one per symbol', actual: 'free', source })
  return atMost(measured, {
    code,
    what: 'the number of positions',
    actual: slots(measured),
    limit: value,
    source,
    format: plain,
    says: (actual, limit) => `would be position ${actual}, limit ${limit}`,
  })
}
