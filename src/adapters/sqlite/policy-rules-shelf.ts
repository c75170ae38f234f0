/**
 * Texts of policy rules by their hash, each kept once for all versions that have them: in two tables, so that one damaged
 * page does not take every version with it.
 */
import type Database from 'better-sqlite3'

import { isDamage } from './errors.ts'
import { areIntact, type StoredRules } from './policy-document.ts'

export const RULES_TABLES = ['policy_rules', 'policy_rules_spare'] as const

interface Copies {
  readonly find: Database.Statement<[string], StoredRules>
  readonly put: Database.Statement<[string, string]>
}

export class PolicyRulesShelf {
  readonly #copies: readonly Copies[]

  constructor(sql: Database.Database) {
    this.#copies = RULES_TABLES.map((table) => ({
      find: sql.prepare(`SELECT hash, text FROM ${table} WHERE hash = ?`),
      put: sql.prepare(`INSERT INTO ${table} (hash, text) VALUES (?, ?)`),
    }))
  }

  /** Null when no copy is as it was written. */
  text(hash: string): string | null {
    for (const copies of this.#copies) {
      const text = intactIn(copies, hash)
      if (text !== null) return text
    }
    return null
  }

  /** Within the transaction of the version that has these rules. A damaged copy stays and gets a good one beside it. */
  put({ hash, text }: StoredRules): void {
    for (const copies of this.#copies) if (intactIn(copies, hash) === null) copies.put.run(hash, text)
  }
}

function intactIn({ find }: Copies, hash: string): string | null {
  try {
    return find.all(hash).find(areIntact)?.text ?? null
  } catch (problem) {
    if (isDamage(problem)) return null
    throw problem
  }
}
