/** The equity curve hour by hour: where each hour ended, and how high it was. */
import type Database from 'better-sqlite3'

import type { EquityHour } from '../../core/ports/records.ts'

const HOUR_MS = 3_600_000

interface StoredHour {
  readonly at: number
  readonly nav: number
  readonly high: number
}

const HOURS = `
SELECT last.at, last.nav, hours.high
FROM (SELECT max(at) AS at, max(nav) AS high FROM equity WHERE at >= ? GROUP BY at / ${HOUR_MS}) AS hours
JOIN equity AS last ON last.at = hours.at
ORDER BY last.at`

/** Oldest first, since `from` (epoch ms); hours without a sample are left out. */
export function equityByHour(sql: Database.Database, from: number): readonly EquityHour[] {
  const stored = sql.prepare<[number], StoredHour>(HOURS).all(from)
  return stored.map(({ at, nav, high }) => ({ at, nav, navHigh: high }))
}
