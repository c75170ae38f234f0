/** Looks at a whole database: is the file sound, can every row be read, do the books agree? */
import type Database from 'better-sqlite3'

import { ACCOUNT_CHECKS } from './checks/account-checks.ts'
import type { Check } from './checks/check.ts'
import { FILE_CHECKS } from './checks/file-checks.ts'
import { FILL_CHECKS } from './checks/fill-checks.ts'
import { TRADE_CHECKS } from './checks/trade-checks.ts'
import { isDamage, UnreadableRow } from './errors.ts'

export interface Verdict {
  readonly check: string
  readonly ok: boolean
  readonly faultCount: number
  /** the first few, one sentence each */
  readonly faults: readonly string[]
}

const CHECKS = [...FILE_CHECKS, ...ACCOUNT_CHECKS, ...FILL_CHECKS, ...TRADE_CHECKS]
const SHOWN_FAULTS = 5

function verdictOf(sql: Database.Database, check: Check): Verdict {
  const faults: string[] = []
  let faultCount = 0
  const note = (fault: string): void => {
    faultCount += 1
    if (faults.length < SHOWN_FAULTS) faults.push(fault)
  }
  try {
    for (const fault of check.faults(sql)) note(fault)
  } catch (problem) {
    if (!(problem instanceof UnreadableRow) && !isDamage(problem)) throw problem
    note((problem as Error).message)
  }
  return { check: check.name, ok: faultCount === 0, faultCount, faults }
}

/** One verdict per check, over one moment of the database, however much is written meanwhile. Takes seconds on a large one. */
export function verifyDatabase(sql: Database.Database): readonly Verdict[] {
  const look = sql.transaction(() => CHECKS.map((check) => verdictOf(sql, check)))
  return look.deferred()
}
