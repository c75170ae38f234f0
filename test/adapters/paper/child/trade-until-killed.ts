/** Buys, protects and sells on paper until it is killed; each report is told on standard output once the station has it. */
import { writeSync } from 'node:fs'

import { PAPER_SETTINGS } from '../../../../src/adapters/paper/settings.ts'
import { openDatabase } from '../../../../src/adapters/sqlite/open-database.ts'
import { storeOf } from '../../../../src/adapters/sqlite/store.ts'
import { Story } from '../../venue-contract/story.ts'
import { PaperHarness } from '../paper-harness.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('the data folder must be named')
const at = await PaperHarness.startedOn(storeOf(openDatabase(folder)).paper, 'candles', PAPER_SETTINGS)
await at.venue.connect((report) => {
  writeSync(1, `${JSON.stringify(report)}\n`)
})
const day = new Story(at)
for (let trade = 0; ; trade++) {
  await day.send(`entry-${trade}`, { quantity: 10, leverage: 5 })
  await day.stop(`stop-${trade}`, 90, { quantity: 10 })
  await at.moveTo(100 + (trade % 3))
  await day.cancel(`stop-${trade}`)
  await day.send(`exit-${trade}`, { side: 'SELL', reduceOnly: true, quantity: 10 })
}
