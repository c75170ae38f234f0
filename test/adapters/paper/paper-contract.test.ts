/** The paper exchange keeps the venue contract: on candles, on books, and with its books in the real database. */
import { openInMemory } from '../../../src/adapters/sqlite/open-database.ts'
import { storeOf } from '../../../src/adapters/sqlite/store.ts'
import { venueContract } from '../venue-contract.ts'
import { PaperHarness } from './paper-harness.ts'

venueContract({ name: 'paper on candles', make: () => PaperHarness.started('candles') })
venueContract({ name: 'paper on books', make: () => PaperHarness.started('books') })
venueContract({
  name: 'paper in the database',
  make: () => PaperHarness.startedOn(storeOf(openInMemory()).paper, 'candles'),
})
