/** One figure of a bench and how it is printed: name, measured, limit or peer, ratio, ok or FAIL. */

export interface BenchRow {
  readonly name: string
  readonly measured: number
  /** of `measured` and `against`, e.g. `ns`, `µs`, `rows/s` */
  readonly unit: string
  /** the limit or the peer, measured in the same run; null where there is only a limit on `measured` itself */
  readonly against: number | null
  /** measured ÷ against; null without one */
  readonly ratio: number | null
  /** what must hold, in words: `≤ 10 ns`, `≥ 1.3× EventEmitter` */
  readonly limit: string
  readonly ok: boolean
}

const figure = (value: number): string =>
  value.toLocaleString('en-US', { maximumSignificantDigits: 4, useGrouping: Math.abs(value) >= 10_000 })

const amount = (value: number | null, unit: string): string => (value === null ? '–' : `${figure(value)} ${unit}`)

/** The row as one line of text. */
export function benchLine(row: BenchRow): string {
  const ratio = row.ratio === null ? '–' : `${row.ratio.toFixed(2)}×`
  const verdict = row.ok ? 'ok' : 'FAIL'
  const parts = [
    row.name.padEnd(48),
    amount(row.measured, row.unit).padStart(18),
    amount(row.against, row.unit).padStart(18),
    ratio.padStart(9),
    row.limit.padEnd(24),
    verdict,
  ]
  return parts.join('  ')
}

/** Prints the rows; true when every limit held. */
export function printRows(rows: readonly BenchRow[]): boolean {
  for (const row of rows) console.log(benchLine(row))
  return rows.every((row) => row.ok)
}

/** The middle of measurements; the mean of both middles when their number is even. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
