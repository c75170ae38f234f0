import { Writable } from 'node:stream'

import { describe, expect, it } from 'vitest'

import { exportCanonical } from '../../../src/adapters/sqlite/export-canonical.ts'
import { databaseFile, openDatabase, openToRead } from '../../../src/adapters/sqlite/open-database.ts'
import { storeOf, type SqliteStore } from '../../../src/adapters/sqlite/store.ts'
import type { ClientOrderId, SignalId } from '../../../src/core/model/ids.ts'
import { DEFAULT_RULES } from '../../../src/core/policy/default-rules.ts'
import { writeBooks } from './books.ts'
import { dataFolders } from './data-folder.ts'
import { decision, event, order } from './rows.ts'

const folder = dataFolders()

/** A station's export beside its writer, through a writable that takes its time. */
async function exportOf(fill: (store: SqliteStore) => void): Promise<string> {
  const data = folder()
  const store = storeOf(openDatabase(data))
  fill(store)
  const chunks: string[] = []
  const out = new Writable({
    highWaterMark: 16,
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString())
      setImmediate(done)
    },
  })
  const reader = openToRead(databaseFile(data))
  await exportCanonical(reader, out)
  reader.close()
  store.database.close()
  return chunks.join('')
}

describe('the canonical export', () => {
  it('is the same, byte for byte, for the same rows in other batches and in another order', async () => {
    const ids = ['b', 'a', 'c']
    const write = ({ journal }: SqliteStore, names: readonly string[]) => {
      for (const name of names) journal.write('decisions', decision({ id: name, signalId: name as SignalId }))
      for (const name of names) journal.write('orders', order({ clientOrderId: name as ClientOrderId }))
    }
    const one = await exportOf((store) => {
      writeBooks(store)
      write(store, ids)
      store.journal.flush(9)
    })
    const other = await exportOf((store) => {
      write(store, ids.toReversed())
      store.journal.flush(3)
      store.journal.flush(4)
      writeBooks(store, true)
    })
    expect(other).toBe(one)
    expect(one.split('\n').length).toBeGreaterThan(20)
  })

  it('has one JSON object per line, tables by name, rows by key, columns as the table has them', async () => {
    const text = await exportOf((store) => writeBooks(store))
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    const tables = rows.map(({ table }) => String(table))
    expect(tables).toEqual(tables.toSorted())
    expect(rows.filter(({ table }) => table === 'fills').map(({ id }) => id)).toEqual([
      'fill-1',
      'fill-2',
      'fill-3',
      'fill-4',
    ])
    expect(text).toContain(
      '{"table":"events","seq":1,"at":3000,"type":"trade.executed","trace_id":"trace-1","data":{"profit":"238"}}\n',
    )
    expect(rows.find(({ table }) => table === 'policy_history')).toMatchObject({
      version: 1,
      document: { maxPositions: 30 },
    })
    const policyRules = rows.find(({ table }) => table === 'policy_rules')
    expect(policyRules).toMatchObject({ text: DEFAULT_RULES })
    expect(rows).toContainEqual(
      expect.objectContaining({ document: expect.objectContaining({ rules: policyRules?.['hash'] }) }),
    )
  })

  it('tells no token, no setting, nothing of the paper books and nothing of the order of writing', async () => {
    const text = await exportOf((store) => {
      writeBooks(store)
      store.tokens.add({ name: 'desk', scope: 'control', hash: 'secret-hash', createdAt: 1 })
      store.settings.set('quantum_risk_mode', 'secret-setting')
      store.paper.commit([{ kind: 'account', key: 'a', at: 1, value: 'secret-books' }], [])
    })
    expect(text).not.toMatch(/secret|feed_position|"row"|tokens|paper_|checksum/)
  })

  it('tells one moment, whatever is written while it runs, and fails when its reader goes away', async () => {
    const data = folder()
    const store = storeOf(openDatabase(data))
    for (let seq = 1; seq <= 2_000; seq++) store.journal.write('events', event({ seq, data: 'x'.repeat(200) }))
    store.journal.flush(1)
    let lines = 0
    let seq = 2_000
    const out = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines += chunk.toString().split('\n').length - 1
        seq += 1
        store.journal.write('events', event({ seq }))
        store.journal.flush(seq)
        setImmediate(done)
      },
    })
    const reader = openToRead(databaseFile(data))
    await exportCanonical(reader, out)
    expect(lines).toBe(2_000)
    const gone = new Writable({ write: (_chunk, _encoding, done) => done(new Error('gone')) })
    await expect(exportCanonical(reader, gone)).rejects.toThrow('gone')
    reader.close()
    store.database.close()
  })
})
