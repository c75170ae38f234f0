/** Funding rates: the archive's `calc_time,funding_interval_hours,last_funding_rate` or our `timestamp,fundingRate`. */
import { intervalMs } from '../../core/model/interval.ts'
import { CsvRows } from './csv-rows.ts'
import { inMs } from './kline-file.ts'
import type { RecordedSettings } from './settings.ts'
import type { FaultList } from './source-fault.ts'

export interface FundingRow {
  /** the full hour the settlement belongs to, epoch ms */
  readonly at: number
  readonly rate: number
  /** hours until the following settlement; null while only the file's spacing can tell */
  readonly hours: number | null
}

export interface FundingSource {
  readonly file: string
  readonly symbol: string
}

interface FundingColumns {
  readonly at: number
  readonly rate: number
  readonly hours: number
}

const HOUR_MS = intervalMs('1h')
const FIRST_DIGIT = /^\d/u
const TIME_NAMES = new Set(['timestamp', 'calc_time', 'fundingtime'])
const RATE_NAMES = new Set(['fundingrate', 'last_funding_rate'])
const HOURS_NAME = 'funding_interval_hours'
/** No settlement's rate is larger; the exchange's widest cap is 3 %. */
const LARGEST_RATE = 0.05
const LONGEST_HOURS = 8

export function readFunding(
  bytes: Uint8Array,
  source: FundingSource,
  settings: RecordedSettings,
  faults: FaultList,
): FundingRow[] {
  const rows = new CsvRows(bytes)
  if (!rows.next()) return []
  const hasHeader = !FIRST_DIGIT.test(rows.text(0) ?? '')
  const columns = hasHeader ? columnsOf(rows.texts()) : { at: 0, rate: rows.count - 1, hours: rows.count > 2 ? 1 : -1 }
  if (columns.at < 0 || columns.rate < 0) {
    const field = columns.at < 0 ? 'timestamp' : 'fundingRate'
    faults.add({ ...source, line: 1, field }, `the header has no ${field}`)
    return []
  }
  const found: FundingRow[] = []
  let more = hasHeader ? rows.next() : true
  for (; more; more = rows.next()) {
    const row = fundingRow(rows, columns, source, settings, faults)
    if (row !== null) found.push(row)
  }
  return found
}

function columnsOf(header: readonly string[]): FundingColumns {
  const names = header.map((name) => name.trim().toLowerCase())
  return {
    at: names.findIndex((name) => TIME_NAMES.has(name)),
    rate: names.findIndex((name) => RATE_NAMES.has(name)),
    hours: names.indexOf(HOURS_NAME),
  }
}

function fundingRow(
  rows: CsvRows,
  columns: FundingColumns,
  source: FundingSource,
  settings: RecordedSettings,
  faults: FaultList,
): FundingRow | null {
  const toldAt = inMs(rows.number(columns.at))
  const rate = rows.number(columns.rate)
  if (!(toldAt > 0)) {
    faults.add(
      { ...source, line: rows.line, field: 'timestamp' },
      `expected epoch milliseconds, found ${shown(rows, columns.at)}`,
    )
    return null
  }
  if (!(Math.abs(rate) <= LARGEST_RATE)) {
    const expected = `expected a rate within ±${LARGEST_RATE}, found ${shown(rows, columns.rate)}`
    faults.add({ ...source, line: rows.line, field: 'fundingRate', at: toldAt }, expected)
    return null
  }
  const late = toldAt % HOUR_MS
  const hours = columns.hours < 0 ? Number.NaN : rows.number(columns.hours)
  return { at: late <= settings.settlementToleranceMs ? toldAt - late : toldAt, rate, hours: hours > 0 ? hours : null }
}

const shown = (rows: CsvRows, field: number): string => {
  const text = rows.text(field)
  return text === null ? `only ${rows.count} fields` : JSON.stringify(text)
}

/** A settlement whose following one is known or assumed. */
export interface Settlement {
  readonly at: number
  readonly rate: number
  readonly intervalHours: number
}

/** In order of time, one for each; the hours to the following one come from their spacing where the file does not say. */
export function orderedFunding(rows: readonly FundingRow[], settings: RecordedSettings): Settlement[] {
  const sorted = [...rows].sort((a, b) => a.at - b.at).filter((row, index, all) => row.at !== all[index - 1]?.at)
  let intervalHours = settings.fundingIntervalHours
  return sorted.map(({ at, rate, hours }, index) => {
    const spacing = Math.round(((sorted[index + 1]?.at ?? Number.NaN) - at) / HOUR_MS)
    intervalHours = hours ?? (spacing >= 1 && spacing <= LONGEST_HOURS ? spacing : intervalHours)
    return { at, rate, intervalHours }
  })
}
