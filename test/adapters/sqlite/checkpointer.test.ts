import { readdirSync, statSync } from 'node:fs'

import { describe, expect, it, vi } from 'vitest'

import { databaseFile, openDatabase } from '../../../src/adapters/sqlite/open-database.ts'
import { SQLITE_SETTINGS } from '../../../src/adapters/sqlite/settings.ts'
import { storeOf } from '../../../src/adapters/sqlite/store.ts'
import { dataFolders } from './data-folder.ts'
import { event } from './rows.ts'

const folder = dataFolders()
const settings = { ...SQLITE_SETTINGS, backgroundCheckpointMs: 5 }

describe('the checkpointing thread', () => {
  it('folds what was written into the database without any commit doing it', async () => {
    const data = folder()
    const { journal } = storeOf(openDatabase(data, { settings, backgroundCheckpoints: true }))
    const size = () => statSync(databaseFile(data)).size
    const before = size()
    for (let seq = 1; seq <= 500; seq++) journal.write('events', event({ seq, data: 'x'.repeat(1_000) }))
    journal.flush(1)
    await vi.waitFor(() => expect(size()).toBeGreaterThan(before + 500_000), { timeout: 20_000, interval: 10 })
    journal.close()
  })

  it('ends with the database, however soon that is, and leaves it whole, alone and free', () => {
    const data = folder()
    for (let seq = 1; seq <= 8; seq++) {
      const { journal, database } = storeOf(openDatabase(data, { settings, backgroundCheckpoints: true }))
      journal.write('events', event({ seq }))
      journal.flush(seq)
      if (seq % 2 === 0) database.sql.prepare('SELECT count(*) FROM events').get()
      journal.close()
    }
    const { records, database } = storeOf(openDatabase(data))
    expect(records.counts()['events']).toBe(8)
    expect(database.sql.pragma('integrity_check', { simple: true })).toBe('ok')
    database.close()
    expect(readdirSync(data).sort()).toEqual(['signalbox.db', 'signalbox.lock'])
  })
})
