/** What a venue adapter hands to the contract suite: an exchange with one symbol whose market and clock the test moves. */
import { exact } from '../../../src/core/model/decimal.ts'
import type { ClientOrderId } from '../../../src/core/model/ids.ts'
import type { Instrument } from '../../../src/core/model/market.ts'
import type { OrderRequest } from '../../../src/core/model/order.ts'
import type { Venue, VenueReport } from '../../../src/core/ports/venue.ts'
import { TEST_CONTRACT } from '../../fixtures/test-contract.ts'

/** The contract the suite trades. It starts at a last price of 100 with 10 000 USDT in the account. */
export const CONTRACT: Instrument = TEST_CONTRACT

export interface VenueUnderTest {
  readonly name: string
  make(): Promise<VenueHarness>
}

export interface VenueHarness {
  /** connected; another object after `restart` */
  readonly venue: Venue
  /** everything told since the beginning, in order */
  readonly reports: VenueReport[]
  /** a fraction of the price that a taker of 1 000 USDT never loses on a fill */
  readonly takingCost: number
  now(): number
  /** The market trades at this price with plenty of liquidity, the mark goes with it, and everything arrives. */
  moveTo(price: number): Promise<void>
  /** Just so much is traded against resting orders at `price`, and everything arrives. */
  tradeAt(price: number, quantity: number): Promise<void>
  /** Funding settles at the current mark; answers the time of settlement. Told once more with the same time: the same settlement. */
  settleFunding(rate: number, at?: number): Promise<number>
  /** Lets everything that is under way arrive. */
  settle(): Promise<void>
  /** The adapter's process is killed and started again on the same exchange, and connects. */
  restart(): Promise<void>
  /** Ends everything. */
  end(): Promise<void>
}

/** A market buy of 1, unless the fields say otherwise. */
export function requestOf(id: string, fields: Partial<OrderRequest> = {}): OrderRequest {
  return {
    clientOrderId: id as ClientOrderId,
    symbol: CONTRACT.symbol,
    side: 'BUY',
    type: 'MARKET',
    timeInForce: null,
    quantity: exact(1),
    price: null,
    triggerPrice: null,
    activationPrice: null,
    callback: null,
    reduceOnly: false,
    leverage: null,
    ...fields,
  }
}
