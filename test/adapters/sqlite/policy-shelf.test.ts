import { describe, expect, it } from 'vitest'

import { openDatabase, openInMemory } from '../../../src/adapters/sqlite/open-database.ts'
import { storedPolicy } from '../../../src/adapters/sqlite/policy-document.ts'
import { storeOf } from '../../../src/adapters/sqlite/store.ts'
import { dataFolders } from './data-folder.ts'
import { policyVersion } from './rows.ts'

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

it('the stored text of a policy is what JSON.stringify makes of it, frozen parts or not', () => {
  const { policy } = policyVersion(3)
  const frozen = { ...policy, rules: Object.freeze({ ...policy.rules }) }
  for (const each of [policy, frozen, { ...frozen, version: 4 }, { ...frozen, evaluation: undefined as never }])
    expect(storedPolicy(each).document).toBe(JSON.stringify(each))
})
