/** What a venue adapter hands to the contract suite: an exchange with one symbol whose market and clock the test moves. */
import { exact } from '../../../src/core/model/decimal.ts'
import type { ClientOrderId } from '../../../src/core/model/ids.ts'
import type { Instrument } from '../../../src/core/model/market.ts'
import type { OrderRequest } from '../../../src/core/model/order.ts'
import type { Venue, VenueReport } from '../../../src/core/ports/venue.ts'

/** The contract the suite trades. It starts at a last price of 100 with 10 000 USDT in the account. */
export const CONTRACT: Instrument = {
  symbol: 'TESTUSDT',
  baseAsset: 'TEST',
  quoteAsset: 'USDT',
  marginAsset: 'USDT',
  contractType: 'PERPETUAL',
  status: 'TRADING',
  onboardAt: 0,
  deliveryAt: 4_133_404_800_000,
  tickSize: '0.01',
  stepSize: '0.001',
  minQuantity: '0.002',
  maxQuantity: '5000',
  maxMarketQuantity: '2000',
  minNotional: '5',
  percentPrice: 0.05,
  liquidationFee: 0.0125,
  makerFee: 0.0002,
  takerFee: 0.0005,
  fundingIntervalHours: 8,
  brackets: [
    { notionalFloor: 0, notionalCap: 50_000, maintenanceRate: 0.01, cum: 0, maxLeverage: 50 },
    { notionalFloor: 50_000, notionalCap: 1_000_000, maintenanceRate: 0.02, cum: 500, maxLeverage: 10 },
  ],
}

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
