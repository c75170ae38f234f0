/** The known word that was probably meant: it contains what was typed, or differs by a slip or two. Pure. */
const MOST_SLIPS = 2

/** null: nothing comes near */
export function nearMiss(typed: string, known: readonly string[]): string | null {
  const wanted = typed.toLowerCase()
  let best: string | null = null
  let fewest = MOST_SLIPS + 1
  for (const word of known) {
    const slips = slipsBetween(wanted, word.toLowerCase())
    if (slips < fewest) [best, fewest] = [word, slips]
  }
  if (best !== null) return best
  return wanted.length < 3 ? null : (known.find((word) => word.toLowerCase().includes(wanted)) ?? null)
}

/** Letters to add, drop or change (Levenshtein), two neighbours swapped count as one. */
export function slipsBetween(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const now = [row]
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1]
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      now[column] = Math.min(
        (last[column] ?? 0) + 1,
        (now[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Infinity,
      )
    }
    before = last
    last = now
  }
  return last[b.length] ?? 0
}
