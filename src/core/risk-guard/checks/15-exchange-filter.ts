/** Check 15: what the exchange itself takes. Quantities were rounded down before anything was checked, never up. */
import { type Exact, maxOf } from '../../model/decimal.ts'
import { known } from '../reading.ts'
import { atMost, EXCHANGE, type Failure, holds, type Measured, passed } from '../verdict.ts'
import { percent, usd } from '../words.ts'

/** The smallest quantity the exchange takes at this price. */
function leastQuantity({ figures }: Measured): Exact {
  const { price, filters } = figures
  const byNotional = filters.minNotional.div(price).div(filters.step).ceil().times(filters.step)
  return maxOf(filters.minQuantity, byNotional)
}

/** Equity at which the same rules would size the least quantity, rounded up to whole USDT. */
function enoughEquity({ figures, intent }: Measured, least: Exact): string {
  const equity = least.div(intent.quantity).times(figures.equity)
  return equity.isFinite() ? `about ${equity.ceil().toFixed()} USDT of equity would do` : 'nothing was asked for'
}

/** Quantity and notional are held against their minima exactly; the step shows them as USDT. */
function minimum(measured: Measured): Failure | null {
  const { quantity, amount, price, entry, filters, instrument } = measured.figures
  const seen = { code: 'below_minimum', actual: amount * entry, source: EXCHANGE } as const
  const isEnough = quantity.gte(filters.minQuantity) && quantity.times(price).gte(filters.minNotional)
  if (isEnough) return passed(measured, { ...seen, limit: Number(instrument.minNotional) })
  const least = leastQuantity(measured)
  const limit = least.times(price).toNumber()
  const wanted = `the exchange takes ${usd(limit)} or more: ${enoughEquity(measured, least)}`
  return { ...seen, limit, sentence: `${quantity.toFixed()} ${instrument.baseAsset} is ${usd(seen.actual)}, ${wanted}` }
}

function maximum(measured: Measured): Failure | null {
  const { quantity, amount, instrument, filters } = measured.figures
  return holds(
    measured,
    quantity.lte(filters.maxQuantity),
    { code: 'exchange_filter', limit: Number(instrument.maxQuantity), actual: amount, source: EXCHANGE },
    () => `${quantity.toFixed()} ${instrument.baseAsset}, the exchange takes ${instrument.maxQuantity} at most`,
  )
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
