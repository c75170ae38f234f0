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
  const looked = known.slice(0, among).map((row) => {
    const key = keyOf(row)
    const now = told.get(key)
    told.delete(key)
    return now === undefined || isSame(row, now) ? row : now
  })
  if (told.size === 0 && looked.every((row, index) => row === known[index])) return known
  return [...told.values(), ...looked, ...known.slice(among)]
}
