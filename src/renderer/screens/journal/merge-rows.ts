/** Newer rows come on top, rows known already are replaced where they stand. Pure. */
export function mergeNewer<Row>(
  known: readonly Row[],
  newer: readonly Row[],
  keyOf: (row: Row) => string,
  isSame: (a: Row, b: Row) => boolean = Object.is,
): readonly Row[] {
  if (newer.length === 0) return known
  const told = new Map(newer.map((row) => [keyOf(row), row]))
  const kept = known.map((row) => {
    const now = told.get(keyOf(row))
    told.delete(keyOf(row))
    return now === undefined || isSame(row, now) ? row : now
  })
  const merged = [...told.values(), ...kept]
  const isUnchanged = merged.length === known.length && merged.every((row, index) => row === known[index])
  return isUnchanged ? known : merged
}
