/** A data folder with a full day behind it: so many decisions, evenly over 24 hours. */
import { openDatabase } from '../../../src/adapters/sqlite/open-database.ts'
import { storeOf } from '../../../src/adapters/sqlite/store.ts'
import { stableId } from '../../../src/core/model/ids.ts'
import { decision } from '../../adapters/sqlite/rows.ts'

const DAY_MS = 86_400_000
const ROWS_PER_FLUSH = 500
const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT', 'DOGEUSDT']
const CODES = ['confidence_below_required', 'heat', 'cooldown', 'not_ranked'] as const

export function fillJournal(folder: string, rows: number, until: number): void {
  const { journal, database } = storeOf(openDatabase(folder))
  for (let row = 0; row < rows; row++) {
    const at = until - DAY_MS + Math.floor((row / rows) * DAY_MS)
    const symbol = SYMBOLS[row % SYMBOLS.length] ?? ''
    const code = CODES[row % CODES.length] ?? ''
    journal.write('decisions', decision({ id: stableId('decision', row), at, symbol, code }))
    if (row % ROWS_PER_FLUSH === ROWS_PER_FLUSH - 1) journal.flush(at)
  }
  journal.flush(until)
  database.close()
}
