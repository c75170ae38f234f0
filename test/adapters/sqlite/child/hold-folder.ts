/** Opens a data folder as its station, says so, and holds it until it is killed. */
import { writeSync } from 'node:fs'

import { openDatabase } from '../../../../src/adapters/sqlite/open-database.ts'
import { storeOf } from '../../../../src/adapters/sqlite/store.ts'
import { ledgerEntry } from '../rows.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('the data folder must be named')
const { journal } = storeOf(openDatabase(folder))
journal.write('ledger', ledgerEntry())
journal.flush(1)
writeSync(1, 'held\n')
setInterval(() => {}, 60_000)
