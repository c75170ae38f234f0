/** A conditional order: its terms, and how far its life has gone. */
import { exact, type Exact } from '../../../src/core/model/decimal.ts'
import type { OrderSide } from '../../../src/core/model/order.ts'
import type { AlgoType, Order, TimeInForce } from './order.ts'

export type AlgoStatus = 'NEW' | 'TRIGGERING' | 'TRIGGERED' | 'FINISHED' | 'CANCELED' | 'EXPIRED' | 'REJECTED'

export interface AlgoTerms {
  readonly clientId: string
  readonly symbol: string
  readonly side: OrderSide
  readonly type: AlgoType
  readonly timeInForce: TimeInForce
  readonly quantity: Exact
  readonly price: Exact
  readonly triggerPrice: Exact
  readonly workingType: 'CONTRACT_PRICE' | 'MARK_PRICE'
  readonly closePosition: boolean
  readonly priceProtect: boolean
  readonly reduceOnly: boolean
  /** zero: from the start */
  readonly activatePrice: Exact
  /** percent; zero: not trailing */
  readonly callbackRate: Exact
  readonly goodTillDate: number
  readonly selfTradePrevention: string
}

export interface AlgoOrder extends AlgoTerms {
  readonly id: number
  readonly createdAt: number
  status: AlgoStatus
  updatedAt: number
  triggeredAt: number
  /** best price since a trailing order became active; null: not active yet */
  extreme: Exact | null
  child: Order | null
  rejection: string
}

export function newAlgoOrder(terms: AlgoTerms, id: number, at: number): AlgoOrder {
  return {
    ...terms,
    id,
    createdAt: at,
    status: 'NEW',
    updatedAt: at,
    triggeredAt: 0,
    extreme: null,
    child: null,
    rejection: '',
  }
}

export const isMarketType = (type: AlgoType): boolean => type.endsWith('_MARKET')
const isStop = (type: AlgoType): boolean => type === 'STOP' || type === 'STOP_MARKET'

/** Whether a price is at or beyond the trigger. */
export function isReached({ type, side }: AlgoTerms, trigger: Exact, price: Exact): boolean {
  const waitsForRise = isStop(type) === (side === 'BUY')
  return waitsForRise ? price.gte(trigger) : price.lte(trigger)
}

/** Moves a trailing order on with a price; whether it triggers. */
export function trail(algo: AlgoOrder, price: Exact): boolean {
  const sells = algo.side === 'SELL'
  if (algo.extreme === null) {
    const active =
      algo.activatePrice.isZero() || (sells ? price.gte(algo.activatePrice) : price.lte(algo.activatePrice))
    if (!active) return false
    algo.extreme = price
  }
  const { extreme } = algo
  if (sells ? price.gt(extreme) : price.lt(extreme)) algo.extreme = price
  const share = algo.callbackRate.div(100)
  return sells ? price.lte(exact(1).minus(share).times(extreme)) : price.gte(share.plus(1).times(extreme))
}

export const isWaiting = (algo: AlgoOrder): boolean => algo.status === 'NEW'
export const isLive = (algo: AlgoOrder): boolean => algo.status === 'NEW' || algo.status === 'TRIGGERING'
