/** The part of the contract canary that tries how orders are asked for, without ordering anything. */
import type { z } from 'zod'

import { toTick } from '../../core/model/decimal.ts'
import { faultOf } from './faults.ts'
import type { Rest } from './rest.ts'
import { type PremiumIndex, RELIED_FILTERS, type ReliedContract } from './wire/relied-on.ts'

/** One contract stands for all; its mark is what an order is tried at. */
interface Sample {
  readonly contract: ReliedContract
  readonly markPrice: z.infer<typeof PremiumIndex>['markPrice']
}

/** share of the mark at which nothing would be filled */
const BELOW = 0.98
/** above the smallest order, so that a moving price does not make it too small */
const ROOM = 1.1
/** codes of a request that is not understood any more; other no's are about the account or the moment */
const NOT_UNDERSTOOD: ReadonlySet<number> = new Set([
  -1100, -1101, -1102, -1103, -1104, -1105, -1106, -1111, -1115, -1116, -1117, -1121, -1130, -4014, -4015, -4023, -4120,
  -5000,
])

/** found with the account's own settings already */
const HEDGE_MODE = -4061

export async function checkOrders(rest: Rest, sample: Sample): Promise<readonly string[]> {
  const { symbol } = sample.contract
  const trial = await refusal(() =>
    rest.call({ api: 'fapiPrivate', method: 'POST', path: 'order/test', params: trialOrder(sample), weight: 1 }),
  )
  const regular = await refusal(() => question(rest, 'order', { symbol, origClientOrderId: NOBODY }))
  const conditional = await refusal(() => question(rest, 'algoOrder', { clientAlgoId: NOBODY }))
  return [
    ...(trial === null ? [] : [`an order as we send it is not understood: ${trial}`]),
    ...(regular === null ? [] : [`orders cannot be asked about: ${regular}`]),
    ...(conditional === null ? [] : [`conditional orders cannot be asked about: ${conditional}`]),
  ]
}

const NOBODY = 'canary-no-such-order'

const question = (rest: Rest, path: string, params: Readonly<Record<string, string>>): Promise<unknown> =>
  rest.call({ api: 'fapiPrivate', method: 'GET', path, params, weight: 1 })

/** A resting order well below the market, as small as the filters allow. */
function trialOrder({ contract, markPrice }: Sample): Readonly<Record<string, string>> {
  const filter = (type: keyof typeof RELIED_FILTERS): unknown =>
    contract.filters.find(({ filterType }) => filterType === type)
  const { tickSize } = RELIED_FILTERS.PRICE_FILTER.parse(filter('PRICE_FILTER'))
  const { stepSize, minQty } = RELIED_FILTERS.LOT_SIZE.parse(filter('LOT_SIZE'))
  const { notional } = RELIED_FILTERS.MIN_NOTIONAL.parse(filter('MIN_NOTIONAL'))
  const price = toTick(markPrice.times(BELOW), tickSize, 'down')
  const wanted = notional.times(ROOM).div(price)
  const quantity = toTick(wanted.gt(minQty) ? wanted : minQty, stepSize, 'up')
  return {
    symbol: contract.symbol,
    side: 'BUY',
    type: 'LIMIT',
    quantity: quantity.toString(),
    price: price.toString(),
    timeInForce: 'GTX',
    newClientOrderId: NOBODY,
    newOrderRespType: 'RESULT',
  }
}

/** Why it was not understood; null: it was. @throws what says nothing about it */
async function refusal(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (problem) {
    const fault = faultOf(problem)
    if (fault.code === null) throw fault
    if (NOT_UNDERSTOOD.has(fault.code)) return fault.message
    if (fault.meaning.consequence === 'alert' && fault.code !== HEDGE_MODE) throw fault
    return null
  }
}
