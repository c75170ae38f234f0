/** The policy: reading it, and changing it durably against a raw append of 4 KB (PERFORMANCE). */
import { closeSync, fdatasyncSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { openDatabase } from '../../src/adapters/sqlite/open-database.ts'
import { SqlitePolicyShelf } from '../../src/adapters/sqlite/policy-shelf.ts'
import { INITIAL_POLICY } from '../../src/core/policy/initial-policy.ts'
import { PolicyStore } from '../../src/station/policy-store.ts'
import { MemoryPolicyShelf } from '../fixtures/memory-policy-shelf.ts'
import { median, printRows, type BenchRow } from './bench-row.ts'

const READS = 20_000_000
const READ_LIMIT_NS = 10
/** the write-ahead log has reached its working size and is written over from then on */
const WARM_UP_WRITES = 1_000
const WRITES = 1_500
const RAW_BYTES = 4096

/** ns of one read of a field of the policy in force, loop included; two stores in turn, so that no read can be saved. */
function readCost(stores: readonly [PolicyStore, PolicyStore]): number {
  let positions = 0
  const started = process.hrtime.bigint()
  for (let read = 0; read < READS; read++) positions += (stores[read & 1] as PolicyStore).current.maxPositions
  const spent = Number(process.hrtime.bigint() - started)
  if (positions !== (READS / 2) * stores.reduce((sum, store) => sum + store.current.maxPositions, 0))
    throw new Error('the policy changed while it was read')
  return spent / READS
}

/** µs of one call */
function cost(call: () => void): number {
  const started = process.hrtime.bigint()
  call()
  return Number(process.hrtime.bigint() - started) / 1000
}

/** One change that every reader must see when the call returns. */
function changeOnce(store: PolicyStore, seen: { version: number }, index: number): void {
  const result = store.change({ maxPositions: 2 + (index % 20) }, { actor: 'user', reason: 'bench' })
  if (result.outcome !== 'accepted' || store.current !== result.policy || seen.version !== result.policy.version)
    throw new Error('a reader did not see the new policy when the call returned')
}

interface Writes {
  readonly raw: number
  readonly change: number
}

/**
 * Medians, µs. One write of each kind in turn, so that a slow moment of the disk or of the machine meets both: on a busy
 * machine it changes more between two rounds of writes than the two kinds differ.
 */
function writeCosts(folder: string, store: PolicyStore): Writes {
  const file = openSync(join(folder, 'raw'), 'a')
  const bytes = Buffer.alloc(RAW_BYTES, 1)
  const seen = { version: 0 }
  store.onUpdated(({ policy }) => {
    seen.version = policy.version
  })
  const append = (): void => {
    writeSync(file, bytes)
    fdatasyncSync(file)
  }
  for (let index = 0; index < WARM_UP_WRITES; index++) changeOnce(store, seen, index)
  const costs = Array.from({ length: WRITES }, (_, index) => ({
    raw: cost(append),
    change: cost(() => changeOnce(store, seen, index)),
  }))
  closeSync(file)
  return { raw: median(costs.map(({ raw }) => raw)), change: median(costs.map(({ change }) => change)) }
}

const scratch = fileURLToPath(new URL('../../.cache', import.meta.url))

export async function run(): Promise<BenchRow[]> {
  mkdirSync(scratch, { recursive: true })
  const folder = mkdtempSync(join(scratch, 'policy-bench-'))
  const database = openDatabase(folder)
  try {
    const shelf = new SqlitePolicyShelf(database)
    const store = new PolicyStore({ shelf, now: Date.now, initial: INITIAL_POLICY, exposed: () => false })
    const other = new PolicyStore({
      shelf: new MemoryPolicyShelf(),
      now: Date.now,
      initial: INITIAL_POLICY,
      exposed: () => false,
    })
    readCost([store, other])
    const read = readCost([store, other])
    const { raw, change } = writeCosts(folder, store)
    return [
      {
        name: 'policy read',
        measured: read,
        unit: 'ns',
        against: READ_LIMIT_NS,
        ratio: read / READ_LIMIT_NS,
        limit: '≤ 10 ns',
        ok: read <= READ_LIMIT_NS,
      },
      {
        name: 'durable policy change, seen by every reader',
        measured: change,
        unit: 'µs',
        against: raw,
        ratio: change / raw,
        limit: '≤ 1× append + fdatasync',
        ok: change <= raw,
      },
    ]
  } finally {
    database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) process.exitCode = printRows(await run()) ? 0 : 1
