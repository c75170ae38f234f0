/** The equity curve in a given number of points, found by index: the curve as a whole is never loaded. */
import type Database from 'better-sqlite3'

import type { AccountState } from '../../core/model/position.ts'
import type { Records } from '../../core/ports/records.ts'
import { JOURNAL_SHAPES } from './tables.ts'

/**
 * Oldest first: the first sample of [from, to], then the last one of each of `points` − 1 equal spans, spans without one
 * left out; so the oldest and the newest sample are always there. One point: the newest.
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
  const first = sql.prepare<[number, number]>('SELECT * FROM equity WHERE at >= ? AND at <= ? ORDER BY at LIMIT 1')
  const oldest = points > 1 ? first.get(start, end) : undefined
  const samples: AccountState[] = oldest === undefined ? [] : [JOURNAL_SHAPES.equity.codec.decode(oldest)]
  const after = samples[0]?.at ?? start - 1
  const spans = Math.max(1, points - 1)
  for (let point = 0; point < spans; point++) {
    const edgeOf = (index: number): number => after + Math.round(((end - after) * index) / spans)
    const stored = lastOf.get(edgeOf(point), edgeOf(point + 1))
    if (stored !== undefined) samples.push(JOURNAL_SHAPES.equity.codec.decode(stored))
  }
  return samples
}
