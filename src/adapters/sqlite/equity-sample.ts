/** The equity curve in a given number of points, found by index: the curve as a whole is never loaded. */
import type Database from 'better-sqlite3'

import type { AccountState } from '../../core/model/position.ts'
import type { Records } from '../../core/ports/records.ts'
import { JOURNAL_SHAPES } from './tables.ts'

/**
 * Oldest first: of `points` equal spans of [from, to] the last sample of each, spans without one left out; so the newest
 * sample is always there.
 */
export function sampleEquity(
  sql: Database.Database,
  { from, to, points }: Parameters<Records['equity']>[0],
): readonly AccountState[] {
  const edge = (which: 'min' | 'max'): number | null =>
    sql.prepare<[], number | null>(`SELECT ${which}(at) FROM equity`).pluck().get() ?? null
  const start = from ?? edge('min')
  const end = to ?? edge('max')
  if (start === null || end === null || end < start || points < 1) return []
  const lastOf = sql.prepare<[number, number]>('SELECT * FROM equity WHERE at > ? AND at <= ? ORDER BY at DESC LIMIT 1')
  const samples: AccountState[] = []
  for (let point = 0; point < points; point++) {
    const edgeOf = (index: number): number => start - 1 + Math.round(((end - start + 1) * index) / points)
    const stored = lastOf.get(edgeOf(point), edgeOf(point + 1))
    if (stored !== undefined) samples.push(JOURNAL_SHAPES.equity.codec.decode(stored))
  }
  return samples
}
