/** Check 2: only a seasoned, trading USDT perpetual that the policy allows and that is not resting. */
import type { Instrument } from '../../model/market.ts'
import type { LimitSource } from '../../model/refusal.ts'
import type { Asked } from '../asked.ts'
import { answered, finite, known } from '../reading.ts'
import { EXCHANGE, type Failure, fieldSource, passed, ruleSource } from '../verdict.ts'

const DAY_MS = 86_400_000

interface Objection {
  readonly limit: number | string
  readonly actual: number | string
  readonly source: LimitSource
  readonly because: string
}

function ofContract({ status, contractType, quoteAsset, marginAsset }: Instrument): Objection | null {
  const kind = `${marginAsset}-margined ${contractType} against ${quoteAsset}`
  if (status !== 'TRADING') {
    return { limit: 'TRADING', actual: status, source: EXCHANGE, because: `is ${status}, not TRADING` }
  }
  if (contractType === 'PERPETUAL' && quoteAsset === 'USDT' && marginAsset === 'USDT') return null
  return { limit: 'USDT perpetual', actual: kind, source: EXCHANGE, because: `is ${kind}, not a USDT perpetual` }
}

function ofAge({ policy, rules }: Asked, instrument: Instrument, now: number): Objection | null {
  const ageDays = (now - finite(instrument.onboardAt, 'the listing date')) / DAY_MS
  if (ageDays < rules.minListingAgeDays) {
    const because = `was listed ${Math.floor(ageDays)} days ago, needs ${rules.minListingAgeDays}`
    return { limit: rules.minListingAgeDays, actual: ageDays, source: ruleSource(policy, 'minListingAgeDays'), because }
  }
  const leftDays = (finite(instrument.deliveryAt, 'the delivery date') - now) / DAY_MS
  if (leftDays >= rules.minDaysToDelivery) return null
  const because = `is delivered in ${Math.floor(leftDays)} days, needs ${rules.minDaysToDelivery}`
  return { limit: rules.minDaysToDelivery, actual: leftDays, source: ruleSource(policy, 'minDaysToDelivery'), because }
}

function ofPolicy({ intent, policy }: Asked): Objection | null {
  const allowed = answered(policy.allowedSymbols, 'the allowed symbols')
  if (allowed === null || allowed.includes(intent.symbol)) return null
  const limit = allowed.length === 0 ? 'none' : `${allowed.length} symbols`
  return {
    limit,
    actual: intent.symbol,
    source: fieldSource(policy, 'allowedSymbols'),
    because: 'is not an allowed symbol',
  }
}

function ofRest({ context, policy }: Asked, now: number): Objection | null {
  const until = answered(context.symbolRestsUntil, 'whether the symbol rests')
  if (until === null || finite(until, 'the end of the rest') <= now) return null
  const because = `rests for another ${Math.ceil((until - now) / 60_000)} min after a liquidation or ADL`
  return { limit: until, actual: now, source: ruleSource(policy, 'symbolRestMs'), because }
}

export function checkSymbol(asked: Asked): Failure | null {
  const instrument = known(asked.context.instrument, 'the instrument')
  const now = finite(asked.context.now, 'the time')
  const objection = ofContract(instrument) ?? ofAge(asked, instrument, now) ?? ofPolicy(asked) ?? ofRest(asked, now)
  const code = 'symbol_not_allowed'
  if (objection === null) {
    return passed(asked, {
      code,
      limit: 'allowed',
      actual: instrument.symbol,
      source: fieldSource(asked.policy, 'allowedSymbols'),
    })
  }
  const { limit, actual, source, because } = objection
  return { code, limit, actual, source, sentence: `${asked.intent.symbol} ${because}` }
}
