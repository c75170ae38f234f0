/** Finds what somebody probably meant when a name is unknown. */

/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other. */
function distance(left: string, right: string): number {
  const rows: number[][] = []
  const cell = (row: number, column: number): number => rows[row]?.[column] ?? Math.max(row, column)
  for (let i = 0; i <= left.length; i++) {
    const row: number[] = []
    rows.push(row)
    for (let j = 0; j <= right.length; j++) {
      if (i === 0 || j === 0) {
        row.push(i + j)
        continue
      }
      const replace = cell(i - 1, j - 1) + (left[i - 1] === right[j - 1] ? 0 : 1)
      let best = Math.min(cell(i - 1, j) + 1, (row[j - 1] ?? 0) + 1, replace)
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1])
        best = Math.min(best, cell(i - 2, j - 2) + 1)
      row.push(best)
    }
  }
  return cell(left.length, right.length)
}

const LONGEST = 100
const plain = (word: string): string => word.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** The candidate nearest to `word` within `most` edits (else a third of its length); null when none is near. */
export function nearMiss(word: string, candidates: readonly string[], most?: number): string | null {
  const wanted = plain(word)
  if (wanted === '' || wanted.length > LONGEST) return null
  let best: string | null = null
  let least = (most ?? Math.max(1, Math.floor(wanted.length / 3))) + 1
  for (const candidate of candidates) {
    const edits = distance(wanted, plain(candidate))
    if (edits < least) {
      best = candidate
      least = edits
    }
  }
  return best
}

/** ` (did you mean maxPositions?)`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const near = nearMiss(word, candidates)
  return near === null ? '' : ` (did you mean ${near}?)`
}
