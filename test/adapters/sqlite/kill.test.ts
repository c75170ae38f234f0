import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { openDatabase } from '../../../src/adapters/sqlite/open-database.ts'
import { storeOf } from '../../../src/adapters/sqlite/store.ts'
import { seeded } from '../../fixtures/candles.ts'
import { dataFolders } from './data-folder.ts'

const CHILD = fileURLToPath(new URL('child/commit-policies.ts', import.meta.url))
const KILLS = Number(process.env['SIGNALBOX_KILLS'] ?? 12)
const folder = dataFolders()

/** Runs the child until it has acknowledged `commits` versions and `extraMs` more went by; then kills it. */
function runAndKill(data: string, commits: number, extraMs: number): Promise<number> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, data])
  return new Promise((resolve, reject) => {
    let told = ''
    let faults = ''
    let isDoomed = false
    child.stderr.on('data', (text: Buffer) => (faults += text.toString()))
    child.stdout.on('data', (text: Buffer) => {
      told += text.toString()
      if (isDoomed || told.split('\n').length <= commits) return
      isDoomed = true
      setTimeout(() => child.kill('SIGKILL'), extraMs)
    })
    child.on('close', () => {
      // the last line may be cut off by the kill
      const acknowledged = told.split('\n').slice(0, -1)
      if (isDoomed) resolve(Number(acknowledged.at(-1)))
      else reject(new Error(`the child ended by itself: ${faults}`))
    })
  })
}

function check(data: string, acknowledged: number): void {
  const { policies, paper, database } = storeOf(openDatabase(data))
  const found = policies.load()
  expect(found).toMatchObject({ recoveredFrom: 'current' })
  const version = typeof found === 'object' ? found.policy.version : 0
  expect(version).toBeGreaterThanOrEqual(acknowledged)
  expect(Number(paper.find('order', 'last')?.value)).toBeGreaterThanOrEqual(acknowledged)
  for (let each = 1; each <= version; each++) expect(policies.version(each)?.policy.version).toBe(each)
  expect(database.sql.pragma('integrity_check', { simple: true })).toBe('ok')
  database.close()
}

describe('kill -9', () => {
  it(`at random instants, ${KILLS} times: every acknowledged policy is there, none is unreadable, the folder is free`, async () => {
    const data = folder()
    const random = seeded(7)
    let acknowledged = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const last = await runAndKill(data, 20, random() * 8)
      expect(last).toBeGreaterThan(acknowledged)
      acknowledged = last
      check(data, acknowledged)
    }
    expect(acknowledged).toBeGreaterThanOrEqual(KILLS * 20)
  }, 120_000)
})
