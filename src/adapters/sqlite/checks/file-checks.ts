/** Whether the file is whole and every row in it can be read. */
import type Database from 'better-sqlite3'

import type { JournalTable } from '../../../core/ports/journal.ts'
import { UnreadableRow } from '../errors.ts'
import { areIntact, readPolicy, type StoredPolicy, type StoredRules } from '../policy-document.ts'
import { PolicyRulesShelf, RULES_TABLES } from '../policy-rules-shelf.ts'
import { JOURNAL_SHAPES } from '../tables.ts'
import type { Check } from './check.ts'

const fileIsWhole: Check = {
  name: 'file integrity',
  *faults(sql) {
    const rows = sql.pragma('integrity_check(10)') as readonly { readonly integrity_check: string }[]
    for (const { integrity_check: said } of rows) if (said !== 'ok') yield said
  },
}

function faultOf(table: JournalTable, stored: unknown): string | null {
  try {
    JOURNAL_SHAPES[table].codec.decode(stored)
    return null
  } catch (problem) {
    if (problem instanceof UnreadableRow) return problem.message
    throw problem
  }
}

const rowsAreReadable: Check = {
  name: 'rows readable',
  *faults(sql) {
    for (const table of Object.keys(JOURNAL_SHAPES) as JournalTable[]) {
      for (const stored of sql.prepare(`SELECT * FROM ${table}`).iterate()) {
        const fault = faultOf(table, stored)
        if (fault !== null) yield fault
      }
    }
  },
}

const policiesOf = (sql: Database.Database): Iterable<StoredPolicy> =>
  sql.prepare<[], StoredPolicy>('SELECT version, document, checksum FROM policy_history ORDER BY version').iterate()

const policiesAreIntact: Check = {
  name: 'policy versions',
  *faults(sql) {
    const rules = new PolicyRulesShelf(sql)
    for (const stored of policiesOf(sql)) {
      const policy = readPolicy(stored, (hash) => rules.text(hash))
      if (policy === null) yield `policy_history: version ${stored.version} is damaged`
    }
  },
}

const policyRulesAreIntact: Check = {
  name: 'policy rules',
  *faults(sql) {
    for (const table of RULES_TABLES) {
      for (const stored of sql.prepare<[], StoredRules>(`SELECT hash, text FROM ${table} ORDER BY row`).iterate()) {
        if (!areIntact(stored)) yield `${table}: rules ${stored.hash} are damaged`
      }
    }
  },
}

export const FILE_CHECKS: readonly Check[] = [fileIsWhole, rowsAreReadable, policiesAreIntact, policyRulesAreIntact]
