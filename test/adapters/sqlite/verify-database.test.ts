import { describe, expect, it } from 'vitest'

import { openInMemory } from '../../../src/adapters/sqlite/open-database.ts'
import { storeOf } from '../../../src/adapters/sqlite/store.ts'
import { verifyDatabase } from '../../../src/adapters/sqlite/verify-database.ts'
import { writeBooks } from './books.ts'

/** The verdicts that are not ok after `damage`. */
function faultsAfter(damage: string): Record<string, readonly string[]> {
  const store = storeOf(openInMemory())
  writeBooks(store)
  const { sql } = store.database
  const triggers = sql.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all()
  for (const trigger of triggers) sql.exec(`DROP TRIGGER ${trigger}`)
  sql.exec(damage)
  const verdicts = verifyDatabase(sql)
  store.database.close()
  return Object.fromEntries(verdicts.filter(({ ok }) => !ok).map(({ check, faults }) => [check, faults]))
}

describe('verify', () => {
  it('finds nothing in books that agree, and nothing in an empty database', () => {
    expect(faultsAfter('')).toEqual({})
    const { database } = storeOf(openInMemory())
    expect(verifyDatabase(database.sql).every(({ ok }) => ok)).toBe(true)
    database.close()
  })

  it.each([
    [
      `UPDATE ledger SET amount = '249.99999999' WHERE kind = 'REALISED'`,
      {
        'equity against ledger': ['balance at 4000 is 10236.5, the ledger says 10236.49999999'],
        'trades against ledger': ['realised of BTCUSDT is 250, the ledger says 249.99999999'],
      },
    ],
    [
      `UPDATE equity SET unrealised = '6' WHERE at = 2000`,
      { 'equity against ledger': ['equity at 2000 is 9999, balance and unrealised make 10000'] },
    ],
    [
      `UPDATE fills SET quantity = '0.35' WHERE id = 'fill-2'`,
      {
        'fills against orders': ['filled of order sb-1 is 0.5, its fills make 0.6'],
        'positions against fills': ['position BTCUSDT is 0, its fills make 0.1'],
      },
    ],
    [
      `DELETE FROM orders WHERE client_order_id = 'sb-3'`,
      { 'fills against orders': ['filled of order sb-3 is 0, its fills make 2'] },
    ],
    [
      `DELETE FROM positions`,
      {
        'positions against fills': ['position ETHUSDT is 0, its fills make 2'],
        'trades against ledger': ['fees of ETHUSDT is 0, the ledger says -1.5'],
      },
    ],
    [
      `UPDATE trades SET profit = '239'`,
      {
        'trades against ledger': ['profit of trade trade-1 is 239, its parts make 238'],
      },
    ],
    [
      `UPDATE trades SET symbol = 'SOLUSDT'`,
      {
        'trades against fills': ['trade trade-1 has no fill'],
      },
    ],
    [
      `UPDATE policy_history SET document = '{}'`,
      {
        'policy versions': ['policy_history: version 1 is damaged'],
      },
    ],
    [
      `UPDATE policy_rules SET text = replace(text, '0.0075', '0.0175')`,
      {
        'policy rules': [expect.stringMatching(/^policy_rules: rules .+ are damaged$/)],
      },
    ],
    [
      `DELETE FROM policy_rules; DELETE FROM policy_rules_spare`,
      {
        'policy versions': ['policy_history: version 1 is damaged'],
      },
    ],
    [
      `UPDATE decisions SET steps = '['`,
      {
        'rows readable': ['decisions.steps cannot be read: a value that JSON can hold expected, found "["'],
      },
    ],
  ])('finds what %s broke', (damage, faults) => {
    expect(faultsAfter(damage)).toMatchObject(faults)
  })

  it('counts all faults and shows a few', () => {
    const store = storeOf(openInMemory())
    const { sql } = store.database
    for (let at = 0; at < 30; at++) {
      sql.exec(`INSERT INTO equity VALUES (${at}, '1', '0', '1', '1', 1, 1, 1, 1, 0, 1)`)
    }
    const verdict = verifyDatabase(sql).find(({ ok }) => !ok)
    expect(verdict).toMatchObject({ check: 'equity against ledger', faultCount: 30 })
    expect(verdict?.faults).toHaveLength(5)
    store.database.close()
  })
})
