import type { Asked } from '../asked.ts'
/** Check 3: prices are prices, and neither the limit nor the last price is far from the mark. */
import { known } from '../reading.ts'
import { atMost, EXCHANGE, type Failure, holds, ruleSource } from '../verdict.ts'
import { percent } from '../words.ts'

const isPrice = (value: number): boolean => Number.isFinite(value) && value > 0

function priceValid(asked: Asked, name: string, price: number): Failure | null {
  return holds(
    asked,
    isPrice(price),
    { code: 'price_invalid', limit: 'above 0', actual: Number.isNaN(price) ? 'none' : String(price), source: EXCHANGE },
    () => (Number.isNaN(price) ? missing(asked, name) : `${name} must be above 0, was ${price}`),
  )
}

/** Where the market has not told a price, no price that follows from it is there either. */
function missing({ intent, context }: Asked, name: string): string {
  const { markPrice, lastPrice } = context
  const isUnknown = Number.isNaN(markPrice?.price) || Number.isNaN(lastPrice?.price)
  return isUnknown ? `${intent.symbol} has no price yet` : `${name} is missing`
}

export function checkPrice(asked: Asked): Failure | null {
  const { intent, context, policy, rules } = asked
  const limit = intent.price.toNumber()
  const mark = known(context.markPrice, 'the mark price').price
  const last = known(context.lastPrice, 'the last price').price
  return (
    priceValid(asked, 'the entry price', limit) ??
    priceValid(asked, 'the mark price', mark) ??
    priceValid(asked, 'the last price', last) ??
    atMost(asked, {
      code: 'entry_too_far',
      what: 'the entry’s distance from the mark',
      actual: Math.abs(limit - mark) / mark,
      limit: rules.maxEntryDistance,
      source: ruleSource(policy, 'maxEntryDistance'),
      format: percent,
      says: (actual, most) => `entry price is ${actual} from the mark, limit ${most}`,
    }) ??
    atMost(asked, {
      code: 'entry_too_far',
      what: 'the mark’s distance from the last price',
      actual: Math.abs(mark - last) / mark,
      limit: rules.maxMarkDeviation,
      source: ruleSource(policy, 'maxMarkDeviation'),
      format: percent,
      says: (actual, most) => `mark and last price are ${actual} apart, limit ${most}`,
    })
  )
}
