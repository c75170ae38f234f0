/** The symbols that tests of the venue trade, with prices moved by hand. */
import { TEST_CONTRACT as TEST_INSTRUMENT } from '../fixtures/test-contract.ts'
import type { ManualSymbol } from './market/manual-source.ts'

/** Unified symbols of the client. */
export const TEST = 'TEST/USDT:USDT'
export const OTHER = 'OTHER/USDT:USDT'

export { TEST_INSTRUMENT }

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
