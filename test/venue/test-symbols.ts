/** The symbols that tests of the venue trade, with prices moved by hand. */
import { leverageLadder } from '../../src/core/model/leverage-ladder.ts'
import type { Instrument } from '../../src/core/model/market.ts'
import type { ManualSymbol } from './market/manual-source.ts'

/** Unified symbols of the client. */
export const TEST = 'TEST/USDT:USDT'
export const OTHER = 'OTHER/USDT:USDT'

export const TEST_INSTRUMENT: Instrument = {
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
  brackets: leverageLadder([
    [50_000, 0.01, 50],
    [1_000_000, 0.02, 10],
  ]),
}

export const SYMBOLS: readonly ManualSymbol[] = [
  { instrument: TEST_INSTRUMENT, price: 100 },
  {
    instrument: {
      ...TEST_INSTRUMENT,
      symbol: 'OTHERUSDT',
      baseAsset: 'OTHER',
      tickSize: '0.1',
      fundingIntervalHours: 4,
    },
    price: 2000,
  },
]
