/**
 * Newer rows come on top, rows known already are replaced where they stand: they are among the first `among`. Pure.
 */
export function mergeNewer<Row>(
  known: readonly Row[],
  newer: readonly Row[],
  keyOf: (row: Row) => string,
  isSame: (a: Row, b: Row) => boolean = Object.is,
  among = known.length,
): readonly Row[] {
  if (newer.length === 0) return known
  const told = new Map(newer.map((row) => [keyOf(row), row]))
  let isChanged = false
  const looked = known.slice(0, among).map((row) => {
    const key = keyOf(row)
    const now = told.get(key)
    told.delete(key)
    if (now === undefined || isSame(row, now)) return row
    isChanged = true
    return now
  })
  if (!isChanged && told.size === 0) return known
  return [...told.values(), ...looked, ...known.slice(among)]
}
