/** The candle files of one symbol as one table in order of time; what is doubled, out of order, missing or flat becomes a fault. */
import { intervalMs, type Interval } from '../../core/model/interval.ts'
import { BarTable } from './bar-table.ts'
import type { KlineFile } from './kline-file.ts'
import type { FaultList, FaultPlace } from './source-fault.ts'

export interface BarOrder {
  readonly symbol: string
  readonly interval: Interval
  /** flat bars in a row that are called an outage */
  readonly outageBars: number
}

/** Bars with the file and line each came from. */
interface Origins {
  readonly bars: BarTable
  readonly lines: Int32Array
  readonly fileOf: Uint16Array
  readonly files: readonly string[]
}

/** `files` may overlap; of two bars of one time the one with more volume stays (the other was half formed, or the same). */
export function orderedBars(files: readonly KlineFile[], order: BarOrder, faults: FaultList): BarTable {
  const rows = joined(files)
  const place = (row: number): FaultPlace => ({
    file: rows.files[rows.fileOf[row] as number] ?? '',
    line: rows.lines[row] as number,
    symbol: order.symbol,
    at: rows.bars.openAt[row] as number,
  })
  const sorted = inOrder(rows, place, faults)
  dropDoubles(sorted, place, faults)
  findGaps(sorted, order, place, faults)
  findOutages(sorted, order, place, faults)
  return sorted.bars
}

const iso = (time: number): string => new Date(time).toISOString()

function joined(files: readonly KlineFile[]): Origins {
  const filled = files.filter(({ bars }) => bars.length > 0)
  filled.sort((a, b) => (a.bars.openAt[0] as number) - (b.bars.openAt[0] as number))
  const names = filled.map(({ file }) => file)
  const [only] = filled
  if (only !== undefined && filled.length === 1) {
    return { bars: only.bars, lines: only.lines, fileOf: new Uint16Array(only.bars.length), files: names }
  }
  const capacity = filled.reduce((sum, { bars }) => sum + bars.length, 0)
  const bars = new BarTable(capacity, filled.length > 0 && filled.every((each) => each.bars.quoteVolume !== null))
  const lines = new Int32Array(capacity)
  const fileOf = new Uint16Array(capacity)
  for (const [index, file] of filled.entries()) {
    for (let row = 0; row < file.bars.length; row++) {
      lines[bars.length] = file.lines[row] as number
      fileOf[bars.length] = index
      bars.put(bars.length++, file.bars, row)
    }
  }
  return { bars, lines, fileOf, files: names }
}

/** Sorts by time, and then by place in the files; what stood before an earlier bar of its own file is a fault. */
function inOrder(rows: Origins, place: (row: number) => FaultPlace, faults: FaultList): Origins {
  const { bars, lines, fileOf } = rows
  let ascending = true
  for (let row = 1; row < bars.length; row++) {
    const before = bars.openAt[row - 1] as number
    if (before <= (bars.openAt[row] as number)) continue
    ascending = false
    if (fileOf[row] !== fileOf[row - 1]) continue
    faults.add(
      { ...place(row), field: 'timestamp' },
      `out of order, it stands after ${iso(before)}; sorted into its place`,
    )
  }
  if (ascending) return rows
  const index = Array.from({ length: bars.length }, (_, row) => row)
  index.sort((a, b) => (bars.openAt[a] as number) - (bars.openAt[b] as number) || a - b)
  const sorted = new BarTable(bars.length, bars.quoteVolume !== null)
  for (const row of index) sorted.put(sorted.length++, bars, row)
  lines.set(index.map((row) => lines[row] as number))
  fileOf.set(index.map((row) => fileOf[row] as number))
  return { ...rows, bars: sorted }
}

function dropDoubles({ bars, lines, fileOf }: Origins, place: (row: number) => FaultPlace, faults: FaultList): void {
  let kept = 0
  for (let row = 0; row < bars.length; row++) {
    const doubled = kept > 0 && bars.openAt[kept - 1] === bars.openAt[row]
    const fuller = doubled && (bars.volume[row] as number) > (bars.volume[kept - 1] as number)
    if (doubled) {
      const verdict = fuller ? 'this one has more volume and stays' : 'the one with more volume, or the first, stays'
      faults.add(
        { ...place(row), field: 'timestamp' },
        `a second bar of ${iso(bars.openAt[row] as number)}; ${verdict}`,
      )
    }
    if (doubled && !fuller) continue
    const to = fuller ? kept - 1 : kept++
    if (to === row) continue
    bars.put(to, bars, row)
    lines[to] = lines[row] as number
    fileOf[to] = fileOf[row] as number
  }
  bars.length = kept
}

function findGaps({ bars }: Origins, order: BarOrder, place: (row: number) => FaultPlace, faults: FaultList): void {
  const stepMs = intervalMs(order.interval)
  for (let row = 1; row < bars.length; row++) {
    const expected = (bars.openAt[row - 1] as number) + stepMs
    const missing = ((bars.openAt[row] as number) - expected) / stepMs
    if (missing > 0) {
      faults.add({ ...place(row), field: 'timestamp' }, `${missing} bars are missing before it, from ${iso(expected)}`)
    }
  }
}

function findOutages({ bars }: Origins, order: BarOrder, place: (row: number) => FaultPlace, faults: FaultList): void {
  let flat = 0
  for (let row = 0; row <= bars.length; row++) {
    if (row < bars.length && bars.isFlat(row)) {
      flat++
      continue
    }
    if (flat >= order.outageBars) {
      faults.add({ ...place(row - flat), field: 'volume' }, `${flat} bars with volume 0 and one price: an outage`)
    }
    flat = 0
  }
}
