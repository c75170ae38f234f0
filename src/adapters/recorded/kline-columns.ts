/** Which field of a candle row holds what: by the names of a header, or by the number of fields without one. */

/** Which field of a row holds what; −1: the file has none. */
export interface KlineColumns {
  readonly openAt: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly closeAt: number
  readonly quoteVolume: number
  readonly count: number
}

const OWN: KlineColumns = {
  openAt: 0,
  open: 1,
  high: 2,
  low: 3,
  close: 4,
  volume: 5,
  closeAt: -1,
  quoteVolume: -1,
  count: -1,
}
const ARCHIVE: KlineColumns = { ...OWN, closeAt: 6, quoteVolume: 7, count: 8 }
const ARCHIVE_FIELDS = 9
const NAMES: Readonly<Record<string, keyof KlineColumns>> = {
  timestamp: 'openAt',
  open_time: 'openAt',
  open: 'open',
  high: 'high',
  low: 'low',
  close: 'close',
  volume: 'volume',
  close_time: 'closeAt',
  quote_volume: 'quoteVolume',
  quote_asset_volume: 'quoteVolume',
  count: 'count',
  number_of_trades: 'count',
}

/** Of a file without a header. */
export const columnsOfRow = (fields: number): KlineColumns => (fields >= ARCHIVE_FIELDS ? ARCHIVE : OWN)

/** A column that the header does not name is −1. */
export function columnsOfHeader(header: readonly string[]): KlineColumns {
  const columns: Record<keyof KlineColumns, number> = {
    openAt: -1,
    open: -1,
    high: -1,
    low: -1,
    close: -1,
    volume: -1,
    closeAt: -1,
    quoteVolume: -1,
    count: -1,
  }
  for (const [field, text] of header.entries()) {
    const name = NAMES[text.trim().toLowerCase()]
    if (name !== undefined) columns[name] = field
  }
  return columns
}

/** As faults name it. */
export const fieldName = (column: keyof KlineColumns): string => (column === 'openAt' ? 'timestamp' : column)
