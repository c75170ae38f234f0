/** One file of candles, the exchange's archive or `timestamp,open,high,low,close,volume`, to columns; bad rows become faults. */
import { intervalMs, type Interval } from '../../core/model/interval.ts'
import { BarTable } from './bar-table.ts'
import { CsvRows, rowsIn } from './csv-rows.ts'
import { columnsOfHeader, columnsOfRow, fieldName, type KlineColumns } from './kline-columns.ts'
import type { FaultList } from './source-fault.ts'

export interface KlineFile {
  readonly file: string
  readonly bars: BarTable
  /** line of each bar */
  readonly lines: Int32Array
  /** most decimals of a price and of a volume */
  readonly priceDecimals: number
  readonly volumeDecimals: number
  /** every volume is 0 though updates are counted: mark or index prices */
  readonly isMark: boolean
}

const FIRST_DIGIT = /^\d/u
/** Spot files of the archive count microseconds since 2025; no millisecond reaches this before the year 5138. */
const FIRST_MICROSECOND = 1e14
const MAX_DECIMALS = 12
/** Epoch ms of a time in milliseconds or microseconds. */
export const inMs = (time: number): number => (time >= FIRST_MICROSECOND ? Math.floor(time / 1000) : time)

export interface KlineSource {
  readonly file: string
  readonly symbol: string
  readonly interval: Interval
}

export function readKlines(bytes: Uint8Array, source: KlineSource, faults: FaultList): KlineFile | null {
  const rows = new CsvRows(bytes)
  if (!rows.next()) {
    faults.add({ file: source.file, symbol: source.symbol }, 'expected candles, the file is empty')
    return null
  }
  const hasHeader = !FIRST_DIGIT.test(rows.text(0) ?? '')
  const columns = hasHeader ? columnsOfHeader(rows.texts()) : columnsOfRow(rows.count)
  const missing = (['openAt', 'open', 'high', 'low', 'close', 'volume'] as const).filter((name) => columns[name] < 0)
  if (missing.length > 0) {
    const found = `the header has no ${missing.map((name) => fieldName(name)).join(', ')}`
    faults.add({ file: source.file, line: 1, symbol: source.symbol, field: fieldName(missing[0] ?? 'openAt') }, found)
    return null
  }
  return new KlineReader(rows, columns, source, faults, rowsIn(bytes)).read(hasHeader)
}

class KlineReader {
  private readonly rows: CsvRows
  private readonly columns: KlineColumns
  private readonly source: KlineSource
  private readonly faults: FaultList
  private readonly stepMs: number
  private readonly bars: BarTable
  private readonly lines: Int32Array
  private priceDecimals = 0
  private volumeDecimals = 0
  private traded = false
  private counted = false

  constructor(rows: CsvRows, columns: KlineColumns, source: KlineSource, faults: FaultList, capacity: number) {
    this.rows = rows
    this.columns = columns
    this.source = source
    this.faults = faults
    this.stepMs = intervalMs(source.interval)
    this.bars = new BarTable(capacity, columns.quoteVolume >= 0)
    this.lines = new Int32Array(capacity)
  }

  read(skipFirst: boolean): KlineFile {
    let more = skipFirst ? this.rows.next() : true
    for (; more; more = this.rows.next()) this.readRow()
    const { bars, lines, priceDecimals, volumeDecimals } = this
    const isMark = bars.length > 0 && !this.traded && this.counted
    return { file: this.source.file, bars, lines, priceDecimals, volumeDecimals, isMark }
  }

  private readRow(): void {
    const { rows, columns, bars } = this
    const openAt = inMs(rows.number(columns.openAt))
    const open = rows.number(columns.open)
    const high = rows.number(columns.high)
    const low = rows.number(columns.low)
    const close = rows.number(columns.close)
    const volume = rows.number(columns.volume)
    const sane =
      openAt > 0 && openAt % this.stepMs === 0 && low > 0 && high < Infinity && volume >= 0 && volume < Infinity
    const framed = low <= open && low <= close && high >= open && high >= close
    if (!sane || !framed) return this.refuse(openAt, open, high, low, close, volume)
    const quoteVolume = columns.quoteVolume < 0 ? 0 : rows.number(columns.quoteVolume)
    if (!(quoteVolume >= 0 && quoteVolume < Infinity)) return this.bad('quoteVolume', 'a number ≥ 0', openAt)
    if (columns.closeAt >= 0 && !this.isWhole(openAt)) return
    const row = bars.length++
    bars.openAt[row] = openAt
    bars.open[row] = open
    bars.high[row] = high
    bars.low[row] = low
    bars.close[row] = close
    bars.volume[row] = volume
    if (bars.quoteVolume !== null) bars.quoteVolume[row] = quoteVolume
    this.lines[row] = rows.line
    this.note(volume)
  }

  /** A bar whose close time is not the end of its interval was still forming when it was saved. */
  private isWhole(openAt: number): boolean {
    const closeAt = inMs(this.rows.number(this.columns.closeAt))
    if (closeAt === openAt + this.stepMs - 1) return true
    this.bad('closeAt', `${openAt + this.stepMs - 1}, the end of a whole bar`, openAt)
    return false
  }

  private note(volume: number): void {
    const { rows, columns } = this
    this.priceDecimals = this.mostDecimals(this.priceDecimals, columns.open)
    this.priceDecimals = this.mostDecimals(this.priceDecimals, columns.close)
    this.volumeDecimals = this.mostDecimals(this.volumeDecimals, columns.volume)
    if (volume > 0) this.traded = true
    else if (columns.count >= 0 && rows.number(columns.count) > 0) this.counted = true
  }

  private mostDecimals(most: number, field: number): number {
    return Math.max(most, Math.min(this.rows.decimals(field), MAX_DECIMALS))
  }

  private refuse(openAt: number, open: number, high: number, low: number, close: number, volume: number): void {
    if (!(openAt > 0)) return this.bad('openAt', 'epoch milliseconds or microseconds', null)
    if (openAt % this.stepMs !== 0) return this.bad('openAt', `a multiple of ${this.source.interval}`, openAt)
    const positive = (value: number): boolean => value > 0 && value < Infinity
    if (!positive(open)) return this.bad('open', 'a price > 0', openAt)
    if (!positive(high)) return this.bad('high', 'a price > 0', openAt)
    if (!positive(low)) return this.bad('low', 'a price > 0', openAt)
    if (!positive(close)) return this.bad('close', 'a price > 0', openAt)
    if (!(volume >= 0 && volume < Infinity)) return this.bad('volume', 'a number ≥ 0', openAt)
    if (high < Math.max(open, close))
      return this.bad('high', `at least open and close (${Math.max(open, close)})`, openAt)
    this.bad('low', `at most open and close (${Math.min(open, close)})`, openAt)
  }

  private bad(column: keyof KlineColumns, expected: string, at: number | null): void {
    const { file, symbol } = this.source
    const text = this.rows.text(this.columns[column])
    const found = text === null ? `only ${this.rows.count} fields` : JSON.stringify(text.slice(0, 40))
    const place = { file, symbol, line: this.rows.line, field: fieldName(column), ...(at === null ? {} : { at }) }
    this.faults.add(place, `expected ${expected}, found ${found}`)
  }
}
