import { describe, expect, it } from 'vitest'

import { openDatabase, openInMemory } from '../../../src/adapters/sqlite/open-database.ts'
import { SqlitePolicyShelf } from '../../../src/adapters/sqlite/policy-shelf.ts'
import { storeOf } from '../../../src/adapters/sqlite/store.ts'
import type { PolicyRules } from '../../../src/core/policy/policy.ts'
import { dataFolders } from './data-folder.ts'
import { decision, order, policyVersion } from './rows.ts'

const folder = dataFolders()
const HOUR = 3_600_000

function shelfWith(versions: number) {
  const store = storeOf(openInMemory())
  for (let version = 1; version <= versions; version++) store.policies.commit(policyVersion(version))
  return store
}

describe('the policy shelf', () => {
  it('has nothing when new, and gives back what was committed, across restarts', () => {
    const data = folder()
    const first = storeOf(openDatabase(data))
    expect(first.policies.load()).toBeUndefined()
    first.policies.commit(policyVersion(1))
    first.policies.commit(policyVersion(2, { riskMode: 'DEFENSIVE' }))
    first.database.close()
    const second = storeOf(openDatabase(data))
    const { policy } = policyVersion(2, { riskMode: 'DEFENSIVE' })
    expect(second.policies.load()).toEqual({ policy, recoveredFrom: 'current' })
    expect(second.policies.version(1)).toEqual(policyVersion(1))
    expect(second.policies.version(3)).toBeNull()
    second.database.close()
  })

  it('writes current and history together or not at all', () => {
    const { policies, database } = shelfWith(1)
    database.sql.exec(`CREATE TRIGGER stuck BEFORE INSERT ON policy_history BEGIN SELECT RAISE(ABORT, 'stuck'); END`)
    expect(() => policies.commit(policyVersion(2))).toThrow('stuck')
    expect(policies.version(2)).toBeNull()
    expect(policies.load()).toMatchObject({ policy: { version: 1 }, recoveredFrom: 'current' })
    database.close()
  })

  it('gives a version once: a second of the same number is refused and changes nothing', () => {
    const { policies, database } = shelfWith(2)
    expect(() => policies.commit(policyVersion(2, { riskMode: 'AGGRESSIVE' }))).toThrow('UNIQUE')
    expect(policies.load()).toMatchObject({ policy: { version: 2, riskMode: 'NORMAL' } })
    database.close()
  })

  it('tells history newest first, a page at a time, rankings only when asked', () => {
    const { policies, database } = shelfWith(3)
    policies.commit(policyVersion(4, {}, true))
    policies.commit(policyVersion(5))
    const versions = (query: Parameters<typeof policies.history>[0]) =>
      policies.history(query).map(({ policy }) => policy.version)
    expect(versions({ limit: 2 })).toEqual([5, 3])
    expect(versions({ limit: 2, before: 3 })).toEqual([2, 1])
    expect(versions({ limit: 3, withRankings: true })).toEqual([5, 4, 3])
    database.close()
  })

  it('history only grows: no version can be changed, only ranking-only ones may go', () => {
    const { policies, database } = shelfWith(1)
    policies.commit(policyVersion(2, {}, true))
    expect(() => database.sql.exec(`UPDATE policy_history SET document = '{}'`)).toThrow('policy_history only grows')
    expect(() => database.sql.exec('DELETE FROM policy_history WHERE version = 1')).toThrow('policy_history only grows')
    expect(() => database.sql.exec('REPLACE INTO policy_history SELECT * FROM policy_history')).toThrow('only grows')
    database.sql.exec('DELETE FROM policy_history WHERE version = 2')
    database.close()
  })

  it('thins rankings to the last of each hour, and nothing that is current, recent or more than rankings', () => {
    const { policies, database } = shelfWith(1)
    const at = (hours: number) => ({ updatedAt: hours * HOUR })
    const rankings: readonly (readonly [version: number, hours: number])[] = [
      [2, 10.1],
      [3, 10.5],
      [4, 10.9],
      [5, 11.2],
      [6, 20.1],
      [7, 20.2],
    ]
    for (const [version, hours] of rankings) policies.commit(policyVersion(version, at(hours), true))
    expect(policies.thin(20.15 * HOUR)).toBe(2)
    const kept = policies.history({ limit: 99, withRankings: true }).map(({ policy }) => policy.version)
    expect(kept).toEqual([7, 6, 5, 4, 1])
    expect(policies.thin(99 * HOUR)).toBe(1)
    expect(policies.load()).toMatchObject({ policy: { version: 7 }, recoveredFrom: 'current' })
    database.close()
  })
})

describe('a damaged policy', () => {
  const corrupt = (store: ReturnType<typeof shelfWith>, sql: string) => {
    store.database.sql.exec('DROP TRIGGER policy_history_no_update')
    store.database.sql.exec(sql)
  }

  it.each([
    ['cut off', `document = substr(document, 1, 40)`],
    ['one digit different', `document = replace(document, '30', '90')`],
    ['of another version', 'version = 7'],
    ['without its checksum', `checksum = ''`],
  ])('that is %s is noticed: the last good version before it speaks', (_how, damage) => {
    const store = shelfWith(3)
    corrupt(store, `UPDATE policy_history SET ${damage} WHERE version = 3`)
    expect(store.policies.load()).toEqual({ policy: policyVersion(2).policy, recoveredFrom: 'history' })
    store.database.close()
  })

  it('and the one before it too: the last good one speaks', () => {
    const store = shelfWith(4)
    corrupt(store, `UPDATE policy_history SET document = 'x' WHERE version > 2`)
    expect(store.policies.load()).toEqual({ policy: policyVersion(2).policy, recoveredFrom: 'history' })
    expect(() => store.policies.version(4)).toThrow('policy_history.document cannot be read: version 4 is damaged')
    store.database.close()
  })

  it('everywhere is unreadable, which is not the same as new', () => {
    const store = shelfWith(2)
    corrupt(store, `UPDATE policy_history SET document = 'x'`)
    expect(store.policies.load()).toBe('unreadable')
    store.database.close()
  })
})

describe('the rules of policies', () => {
  const { rules } = policyVersion(1).policy
  const other = { ...rules, timeRules: [{ name: 'night', mode: 'DEFENSIVE' }] } as unknown as PolicyRules
  const TABLES = ['policy_rules', 'policy_rules_spare']

  const damage = (
    store: ReturnType<typeof shelfWith>,
    table: string,
    how = `text = replace(text, '0.0075', '0.0175')`,
  ) => store.database.sql.exec(`DROP TRIGGER IF EXISTS ${table}_no_update; UPDATE ${table} SET ${how}`)
  const rowsOf = ({ database }: ReturnType<typeof shelfWith>) =>
    TABLES.map((table) => database.sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get())

  it('are kept once for all versions that have them, also after a restart', () => {
    const data = folder()
    const first = storeOf(openDatabase(data))
    for (const version of [1, 2]) first.policies.commit(policyVersion(version))
    first.policies.commit(policyVersion(3, { rules: other }))
    first.policies.commit(policyVersion(4))
    first.database.close()
    const second = storeOf(openDatabase(data))
    second.policies.commit(policyVersion(5, { rules: structuredClone(rules) }))
    expect(rowsOf(second)).toEqual([2, 2])
    for (const version of [1, 2, 4, 5]) expect(second.policies.version(version)).toEqual(policyVersion(version))
    expect(second.policies.version(3)?.policy.rules).toEqual(other)
    second.database.close()
  })

  it('are told as they are, also when the caller changes its own afterwards', () => {
    const store = shelfWith(0)
    const own = structuredClone(rules) as { minScore?: number } & PolicyRules
    store.policies.commit(policyVersion(1, { rules: own }))
    own.minScore = 3
    store.policies.commit(policyVersion(2, { rules: own }))
    expect(store.policies.version(1)?.policy.rules).toEqual(rules)
    expect(store.policies.version(2)?.policy.rules).toEqual({ ...rules, minScore: 3 })
    store.database.close()
  })

  it.each(TABLES)('survive damage to %s: the other copy speaks', (table) => {
    const store = shelfWith(2)
    damage(store, table)
    expect(store.policies.load()).toEqual({ policy: policyVersion(2).policy, recoveredFrom: 'current' })
    store.database.close()
  })

  it.each([
    ['one digit different', `text = replace(text, '0.0075', '0.0175')`],
    ['cut off', 'text = substr(text, 1, 99)'],
    ['under another hash', `hash = 'x'`],
    ['those of others', `text = '${JSON.stringify(rules)}'`],
  ])('that are %s in both are noticed: the last version with good ones speaks', (_how, how) => {
    const store = shelfWith(1)
    store.policies.commit(policyVersion(2, { rules: other }))
    for (const table of TABLES) damage(store, table, `${how} WHERE row = 2`)
    expect(store.policies.load()).toEqual({ policy: policyVersion(1).policy, recoveredFrom: 'history' })
    expect(() => store.policies.version(2)).toThrow('version 2 is damaged')
    store.database.close()
  })

  it('that are damaged everywhere are written again with the next version that has them', () => {
    const store = shelfWith(1)
    for (const table of TABLES) damage(store, table)
    expect(store.policies.load()).toBe('unreadable')
    const restarted = new SqlitePolicyShelf(store.database)
    restarted.commit(policyVersion(2))
    expect(restarted.load()).toEqual({ policy: policyVersion(2).policy, recoveredFrom: 'current' })
    store.database.close()
  })

  it('are not taken for kept when their version was not stored', () => {
    const store = shelfWith(1)
    expect(() => store.policies.commit(policyVersion(1, { rules: other }))).toThrow('UNIQUE')
    expect(rowsOf(store)).toEqual([1, 1])
    store.policies.commit(policyVersion(2, { rules: other }))
    expect(store.policies.load()).toMatchObject({ policy: { version: 2, rules: other } })
    store.database.close()
  })

  it('only grow', () => {
    const { database } = shelfWith(1)
    for (const table of TABLES) {
      expect(() => database.sql.exec(`UPDATE ${table} SET text = '{}'`)).toThrow(`${table} only grows`)
      expect(() => database.sql.exec(`DELETE FROM ${table}`)).toThrow(`${table} only grows`)
    }
    database.close()
  })

  it('keeps every version by which something was decided or ordered', () => {
    const { policies, journal, database } = shelfWith(1)
    for (const version of [2, 3, 4, 5])
      policies.commit(policyVersion(version, { updatedAt: 10 * HOUR + version }, true))
    journal.write('decisions', decision({ id: 'by-2', at: 10 * HOUR + 3, policyVersion: 2 }))
    journal.write('orders', order({ policyVersion: 3, createdAt: 10 * HOUR + 4 }))
    journal.flush(11 * HOUR)
    expect(policies.thin(20 * HOUR)).toBe(1)
    expect([2, 3, 4, 5].filter((version) => policies.version(version) === null)).toEqual([4])
    database.close()
  })
})
