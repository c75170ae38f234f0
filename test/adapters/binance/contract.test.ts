/** The exchange adapter keeps what every venue must keep. */
import { venueContract } from '../venue-contract.ts'
import { BinanceHarness } from './binance-harness.ts'

venueContract({ name: 'binance, against the simulated exchange', make: () => BinanceHarness.started() })
