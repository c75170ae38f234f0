import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import { describe, expect, it, onTestFinished } from 'vitest'

import { databaseFile, openDatabase, openToRead } from '../../../src/adapters/sqlite/open-database.ts'
import { restoreDatabase } from '../../../src/adapters/sqlite/restore-database.ts'
import { verifyDatabase } from '../../../src/adapters/sqlite/verify-database.ts'
import { dataFolders } from './data-folder.ts'

const CHILD = fileURLToPath(new URL('child/hold-folder.ts', import.meta.url))
const folder = dataFolders()

describe('one station per data folder', () => {
  it('a second is told the process that holds it, may read beside it, and gets it when that one was killed', async () => {
    const data = folder()
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, data])
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child.stdout, 'data')
    expect(() => openDatabase(data)).toThrow(`${data} is in use by process ${child.pid}: stop it, or choose another`)
    expect(() => restoreDatabase(data, databaseFile(data), 0)).toThrow(`in use by process ${child.pid}`)
    const beside = openToRead(databaseFile(data))
    expect(beside.sql.prepare('SELECT amount FROM ledger').pluck().get()).toBe('10000')
    expect(verifyDatabase(beside.sql).filter(({ ok }) => !ok)).toEqual([])
    expect(() => beside.sql.exec('DELETE FROM settings')).toThrow('readonly')
    beside.close()

    child.kill('SIGKILL')
    await once(child, 'close')
    const next = openDatabase(data)
    expect(next.sql.prepare('SELECT amount FROM ledger').pluck().get()).toBe('10000')
    next.close()
  })

  it('the same process cannot have it twice, and has it again after closing', () => {
    const data = folder()
    const first = openDatabase(data)
    expect(() => openDatabase(data)).toThrow('in use by this process already')
    first.close()
    first.close()
    openDatabase(data).close()
  })

  it('a folder whose database is refused is free again', () => {
    const data = folder()
    expect(() => openDatabase(data, { migrations: [{ version: 1, sql: 'nonsense' }] })).toThrow('syntax error')
    openDatabase(data).close()
  })
})
