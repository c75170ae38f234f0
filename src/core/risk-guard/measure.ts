/** An entry in figures before anybody decides: what it would come to, and how large each limit would let it be. */
import { exact, floorToStep, type Exact } from '../model/decimal.ts'
import type { EntryIntent } from '../model/intent.ts'
import { sizeCapUsd } from '../policy/effective.ts'
import type { Asked } from './asked.ts'
import type { GuardContext } from './context.ts'
import { type Figures, figuresOf } from './figures.ts'
import { answered, known } from './reading.ts'

export type SizeLimit = 'risk' | 'size_cap' | 'order_notional' | 'free_margin' | 'exchange'

/** Money in USDT. */
export interface Measure {
  readonly asked: Exact
  /** rounded down to the exchange's step */
  readonly quantity: Exact
  /** rounded to the tick */
  readonly price: Exact
  readonly notional: number
  /** 0: none is safe */
  readonly leverage: number
  /** the entry fee included */
  readonly margin: number
  readonly entryFee: number
  /** |entry − stop| ÷ entry; NaN without a stop */
  readonly stopDistance: number
  /** costs included; NaN without a stop */
  readonly lossAtStop: number
  /** lossAtStop ÷ equity */
  readonly riskFraction: number
  /** the most that each limit alone allows, on the exchange's step, the tightest first; what is not known is left out */
  readonly most: readonly { readonly limit: SizeLimit; readonly quantity: Exact }[]
}

/** null: something that it is measured by is not known. */
export function measure(intent: EntryIntent, context: GuardContext): Measure | null {
  try {
    const policy = known(context.policy, 'the policy')
    const limits = known(context.limits, 'the limits in force')
    const asked: Asked = { intent, context, policy, limits, rules: policy.rules.guard, steps: [] }
    const figures = figuresOf(asked)
    const { quantity, price, notional, leverage, margin, stopDistance, lossAtStop, equity, instrument } = figures
    const entryFee = notional * instrument.takerFee
    const most = mostOf(asked, figures)
    const riskFraction = lossAtStop / equity
    const { quantity: wanted } = intent
    return {
      asked: wanted,
      quantity,
      price,
      notional,
      leverage,
      margin,
      entryFee,
      stopDistance,
      lossAtStop,
      riskFraction,
      most,
    }
  } catch {
    return null
  }
}

/** Every limit is linear in the quantity but for the bracket's leverage, which is that of the quantity asked for. */
function mostOf({ intent, context, limits, rules }: Asked, figures: Figures): Measure['most'] {
  const { amount, notional, lossAtStop, margin, equity, filters } = figures
  const reserved = known(context.reservations, 'the reservations').without(intent.id).margin
  const free = known(context.account, 'the account').freeMargin - reserved
  const order = answered(rules.maxOrderNotionalUsd, 'the largest order')
  const bounds: readonly (readonly [SizeLimit, number])[] = [
    ['risk', (limits.maxRiskPerTrade.value * equity * amount) / lossAtStop],
    ['size_cap', (sizeCapUsd(limits, equity, rules.smallAccountUsd).value * amount) / notional],
    ['order_notional', order === null ? Number.NaN : (order * amount) / notional],
    ['free_margin', (free * amount) / margin],
    ['exchange', filters.maxQuantity.toNumber()],
  ]
  return bounds
    .filter(([, quantity]) => Number.isFinite(quantity))
    .toSorted(([, a], [, b]) => a - b)
    .map(([limit, quantity]) => ({ limit, quantity: floorToStep(exact(Math.max(0, quantity)), filters.step) }))
}
