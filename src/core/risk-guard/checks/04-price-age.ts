import type { Asked } from '../asked.ts'
/** Check 4: a price older than the feed promises is no price; ages are counted on the feed's clock. */
import type { PriceAt } from '../context.ts'
import { finite, known } from '../reading.ts'
import { atMost, type Failure, ruleSource } from '../verdict.ts'
import { seconds } from '../words.ts'

function ageOf(asked: Asked, name: string, price: PriceAt): Failure | null {
  const { context, policy, rules } = asked
  const promised = rules.staleIntervals * finite(context.priceEveryMs, 'the feed’s interval')
  return atMost(asked, {
    code: 'price_stale',
    what: `the age of ${name}`,
    actual: finite(context.feedNow, 'the feed’s clock') - finite(price.at, `the time of ${name}`),
    limit: Math.max(rules.minStaleMs, promised),
    source: ruleSource(policy, 'staleIntervals'),
    format: seconds,
    says: (actual, limit) => `${name} is ${actual} old, limit ${limit}`,
  })
}

export function checkPriceAge(asked: Asked): Failure | null {
  return (
    ageOf(asked, 'the last price', known(asked.context.lastPrice, 'the last price')) ??
    ageOf(asked, 'the mark price', known(asked.context.markPrice, 'the mark price'))
  )
}
