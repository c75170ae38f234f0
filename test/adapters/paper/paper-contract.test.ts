/** The paper exchange keeps the venue contract, on candles and on books. */
import { venueContract } from '../venue-contract.ts'
import { PaperHarness } from './paper-harness.ts'

venueContract({ name: 'paper on candles', make: () => PaperHarness.started('candles') })
venueContract({ name: 'paper on books', make: () => PaperHarness.started('books') })
