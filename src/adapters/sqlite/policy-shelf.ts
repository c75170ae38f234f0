/** Policies, every version, one full-sync transaction each; the newest is the one in force. */
import type Database from 'better-sqlite3'

import type { GlobalPolicy } from '../../core/policy/policy.ts'
import type { FieldChange, PolicyShelf, PolicyVersion } from '../../core/ports/policy-shelf.ts'
import type { SqliteDatabase } from './database.ts'
import { isDamage, UnreadableRow } from './errors.ts'
import { readPolicy, storedPolicy, storedRules, type StoredPolicy } from './policy-document.ts'
import { PolicyRulesShelf } from './policy-rules-shelf.ts'

interface StoredVersion extends StoredPolicy {
  readonly ranking_only: number
  readonly trace_id: string
  readonly changes: string
}

const MS_PER_HOUR = 3_600_000
/** versions older than this were thinned by earlier looks, or belong to a time that nobody looked after for a month */
const THINNED_BACK_MS = 31 * 24 * MS_PER_HOUR

export class SqlitePolicyShelf implements PolicyShelf {
  readonly #database: SqliteDatabase
  readonly #rules: PolicyRulesShelf
  /** of the rules of the last commit: they need not be put again */
  #rulesKept: string | null = null
  readonly #putVersion: Database.Statement
  readonly #current: Database.Statement<[], StoredPolicy>
  readonly #history: Database.Statement<[number, number, number], StoredVersion>
  readonly #version: Database.Statement<[number], StoredVersion>
  readonly #thin: Database.Statement

  constructor(database: SqliteDatabase) {
    const { sql } = database
    this.#database = database
    this.#rules = new PolicyRulesShelf(sql)
    this.#putVersion = sql.prepare(
      `INSERT INTO policy_history (version, updated_at, ranking_only, trace_id, changes, document, checksum)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#current = sql.prepare('SELECT version, document, checksum FROM policy_current')
    this.#history = sql.prepare(
      'SELECT * FROM policy_history WHERE version < ? AND ranking_only <= ? ORDER BY version DESC LIMIT ?',
    )
    this.#version = sql.prepare('SELECT * FROM policy_history WHERE version = ?')
    this.#thin = sql.prepare(
      `DELETE FROM policy_history WHERE ranking_only = 1 AND updated_at < :before AND updated_at >= :after
         AND version NOT IN (SELECT version FROM policy_current)
         AND version NOT IN (SELECT max(version) FROM policy_history
           WHERE ranking_only = 1 AND updated_at < :before GROUP BY updated_at / ${MS_PER_HOUR})
         AND version NOT IN (SELECT policy_version FROM decisions WHERE at >= :after AND at < :before)
         AND version NOT IN (SELECT policy_version FROM orders WHERE created_at >= :after AND created_at < :before)`,
    )
  }

  load(): { readonly policy: GlobalPolicy; readonly recoveredFrom: 'current' | 'history' } | 'unreadable' | undefined {
    const current = this.#attempt(() => this.#readable(this.#current.get()))
    if (current !== null) return { policy: current, recoveredFrom: 'current' }
    const last = this.#attempt(() => this.#lastReadable())
    if (last !== null) return { policy: last, recoveredFrom: 'history' }
    return this.#attempt(() => this.#isEmpty()) === true ? undefined : 'unreadable'
  }

  commit({ policy, changes, traceId, rankingOnly }: PolicyVersion): void {
    const { version, document, checksum } = storedPolicy(policy)
    const changed = JSON.stringify(changes)
    const rules = storedRules(policy.rules)
    this.#database.commit('full', () => {
      if (rules.hash !== this.#rulesKept) this.#rules.put(rules)
      this.#putVersion.run(version, policy.updatedAt, Number(rankingOnly), traceId, changed, document, checksum)
    })
    this.#rulesKept = rules.hash
  }

  /** Newest first; `before` is a version. */
  history(query: {
    readonly limit: number
    readonly before?: number
    readonly withRankings?: boolean
  }): readonly PolicyVersion[] {
    const { limit, before = Number.MAX_SAFE_INTEGER, withRankings = false } = query
    return this.#history.all(before, Number(withRankings), limit).map((stored) => this.#versionOf(stored))
  }

  version(version: number): PolicyVersion | null {
    const stored = this.#version.get(version)
    return stored === undefined ? null : this.#versionOf(stored)
  }

  thin(before: number): number {
    let removed = 0
    this.#database.commit('normal', () => {
      removed = this.#thin.run({ before, after: before - THINNED_BACK_MS }).changes
    })
    return removed
  }

  #lastReadable(): GlobalPolicy | null {
    const versions = this.#database.sql.prepare<[], number>('SELECT version FROM policy_history ORDER BY version DESC')
    for (const version of versions.pluck().all()) {
      const policy = this.#attempt(() => this.#readable(this.#version.get(version)))
      if (policy !== null) return policy
    }
    return null
  }

  #isEmpty(): boolean {
    const rows = this.#database.sql.prepare<[], number>('SELECT count(*) FROM policy_history')
    return rows.pluck().get() === 0
  }

  /** null where the file itself is damaged. */
  #attempt<Value>(read: () => Value): Value | null {
    try {
      return read()
    } catch (problem) {
      if (isDamage(problem)) return null
      throw problem
    }
  }

  #readable(stored: StoredPolicy | undefined): GlobalPolicy | null {
    return stored === undefined ? null : readPolicy(stored, (hash) => this.#rules.text(hash))
  }

  /** @throws UnreadableRow when the version is not as it was written */
  #versionOf(stored: StoredVersion): PolicyVersion {
    const policy = this.#readable(stored)
    if (policy === null) throw new UnreadableRow('policy_history', 'document', `version ${stored.version} is damaged`)
    return {
      policy,
      changes: JSON.parse(stored.changes) as readonly FieldChange[],
      traceId: stored.trace_id,
      rankingOnly: stored.ranking_only === 1,
    }
  }
}
