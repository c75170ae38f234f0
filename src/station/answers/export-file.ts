/** Tables of the journal as files for spreadsheets and tax: every digit, times in UTC, oldest first. */
import { Account, Fill, LedgerEntry, Order, Trade } from '../../contract/trading-shapes.ts'
import type * as Model from '../../core/model/position.ts'
import type { Page, RecordQuery, Records } from '../../core/ports/records.ts'
import { pagesOf } from '../trade-analysis.ts'
import { accountWire, fillWire, ledgerWire, orderWire, tradeWire } from './trading-wire.ts'
import { money } from './wire-values.ts'

export type ExportTable = 'trades' | 'fills' | 'orders' | 'ledger' | 'equity' | 'tax'
export type ExportFormat = 'csv' | 'json'

type Value = string | number | boolean | null
type Line = Readonly<Record<string, Value>>
type Period = Pick<RecordQuery, 'from' | 'to'>

/** Points of the equity curve in a file; beyond that it is thinned evenly. */
const MOST_POINTS = 50_000

const TAX_COLUMNS = [
  'closed_at',
  'opened_at',
  'symbol',
  'side',
  'quantity',
  'entry_price',
  'exit_price',
  'cost_usdt',
  'proceeds_usdt',
  'realised_usdt',
  'fees_usdt',
  'funding_usdt',
  'profit_usdt',
] as const

/** One disposal as a tax office asks for it; a short is bought back for its cost. */
function taxLine(trade: Model.Trade): Line {
  const [entered, left] = [trade.entryPrice.times(trade.quantity), trade.exitPrice.times(trade.quantity)]
  const [cost, proceeds] = trade.side === 'LONG' ? [entered, left] : [left, entered]
  const { closed_at, opened_at, symbol, side, quantity, entry_price, exit_price } = tradeWire(trade)
  return {
    closed_at,
    opened_at,
    symbol,
    side,
    quantity,
    entry_price,
    exit_price,
    cost_usdt: money(cost),
    proceeds_usdt: money(proceeds),
    realised_usdt: money(trade.realised),
    fees_usdt: money(trade.fees),
    funding_usdt: money(trade.funding),
    profit_usdt: money(trade.profit),
  }
}

async function all<Row>(ask: (query: RecordQuery) => Page<Row>, period: Period, lineOf: (row: Row) => Line) {
  const lines: Line[] = []
  for await (const page of pagesOf(ask, period)) lines.push(...page.map(lineOf))
  return lines.toReversed()
}

const COLUMNS: Readonly<Record<ExportTable, readonly string[]>> = {
  trades: Object.keys(Trade.shape),
  fills: Object.keys(Fill.shape),
  orders: Object.keys(Order.shape),
  ledger: Object.keys(LedgerEntry.shape),
  equity: Object.keys(Account.shape),
  tax: TAX_COLUMNS,
}

function linesOf(table: ExportTable, records: Records, period: Period): Promise<readonly Line[]> {
  switch (table) {
    case 'trades':
      return all((query) => records.trades(query), period, tradeWire)
    case 'fills':
      return all((query) => records.fills(query), period, fillWire)
    case 'orders':
      return all((query) => records.orders(query), period, orderWire)
    case 'ledger':
      return all((query) => records.ledger(query), period, ledgerWire)
    case 'equity':
      return Promise.resolve(records.equity({ ...period, points: MOST_POINTS }).map(accountWire))
    case 'tax':
      return all((query) => records.trades(query), period, taxLine)
  }
}

/** RFC 4180: quoted where it must be. */
function cell(value: Value): string {
  const text = value === null ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const csv = (columns: readonly string[], lines: readonly Line[]): string =>
  [columns, ...lines.map((line) => columns.map((column) => line[column] ?? null))]
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('')

export async function exportFile(
  records: Records,
  { table, format, ...period }: Period & { readonly table: ExportTable; readonly format: ExportFormat },
) {
  const lines = await linesOf(table, records, period)
  return format === 'csv'
    ? { name: `${table}.csv`, media_type: 'text/csv; charset=utf-8', text: csv(COLUMNS[table], lines) }
    : { name: `${table}.json`, media_type: 'application/json', text: JSON.stringify(lines, null, 1) }
}
