/** Check 15: what the exchange itself takes. Quantities were rounded down before anything was checked, never up. */
import { type Exact, exact, maxOf } from '../../model/decimal.ts'
import { known } from '../reading.ts'
import { atMost, EXCHANGE, type Failure, holds, type Measured } from '../verdict.ts'
import { percent, usd } from '../words.ts'

/** The smallest quantity the exchange takes at this price. */
function leastQuantity({ figures }: Measured): Exact {
  const { instrument, price } = figures
  const step = exact(instrument.stepSize)
  const byNotional = exact(instrument.minNotional).div(price).div(step).ceil().times(step)
  return maxOf(exact(instrument.minQuantity), byNotional)
}

/** Equity at which the same rules would size the least quantity, rounded up to whole USDT. */
function enoughEquity({ figures, intent }: Measured, least: Exact): string {
  const equity = least.div(intent.quantity).times(figures.equity)
  return equity.isFinite() ? `about ${equity.ceil().toFixed()} USDT of equity would do` : 'nothing was asked for'
}

function minimum(measured: Measured): Failure | null {
  const { figures } = measured
  const { quantity, price, instrument } = figures
  const least = leastQuantity(measured)
  const [limit, actual] = [least.times(price), quantity.times(price)]
  return holds(measured, quantity.gte(least), {
    code: 'below_minimum',
    limit: limit.toNumber(),
    actual: actual.toNumber(),
    source: EXCHANGE,
    sentence: `${quantity.toFixed()} ${instrument.baseAsset} is ${usd(actual.toNumber())}, the exchange takes ${usd(limit.toNumber())} or more: ${enoughEquity(measured, least)}`,
  })
}

function maximum(measured: Measured): Failure | null {
  const { quantity, instrument } = measured.figures
  return holds(measured, quantity.lte(exact(instrument.maxQuantity)), {
    code: 'exchange_filter',
    limit: Number(instrument.maxQuantity),
    actual: quantity.toNumber(),
    source: EXCHANGE,
    sentence: `${quantity.toFixed()} ${instrument.baseAsset}, the exchange takes ${instrument.maxQuantity} at most`,
  })
}

function priceBand(measured: Measured): Failure | null {
  const { entry, mark, instrument } = measured.figures
  return atMost(measured, {
    code: 'exchange_filter',
    what: 'the exchange’s price band',
    actual: Math.abs(entry - mark) / mark,
    limit: instrument.percentPrice,
    source: EXCHANGE,
    format: percent,
    says: (actual, limit) => `entry price is ${actual} from the mark, the exchange takes ${limit}`,
  })
}

function margin(measured: Measured): Failure | null {
  const { figures, context, intent } = measured
  const reserved = known(context.reservations, 'the reservations').without(intent.id).margin
  return atMost(measured, {
    code: 'exchange_filter',
    what: 'the free margin',
    actual: figures.margin,
    limit: known(context.account, 'the account').freeMargin - reserved,
    source: EXCHANGE,
    format: usd,
    says: (actual, limit) => `needs ${actual} of margin, ${limit} are free`,
  })
}

export function checkExchangeFilter(measured: Measured): Failure | null {
  return minimum(measured) ?? maximum(measured) ?? priceBand(measured) ?? margin(measured)
}
