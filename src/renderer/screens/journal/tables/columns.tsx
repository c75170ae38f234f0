/** Columns that several tabs share: when, on what, by whom, under which trace. */
import { Time } from '../../../widgets/figures.tsx'
import type { Column } from '../../../widgets/table-column.ts'
import { sentenceCase, SymbolPrice, SymbolSize, TraceLink } from './cells.tsx'

type TextOf<Row> = (row: Row) => string | null

export const timeColumn = <Row,>(name: string, atOf: TextOf<Row>, head = 'Time', id = 'at'): Column<Row> => ({
  id,
  head,
  width: '142px',
  className: 'dim',
  cell: (row) => {
    const at = atOf(row)
    return at === null ? <span className="dim">–</span> : <Time at={at} withDate />
  },
  sortBy: (row) => atOf(row) ?? '',
  firstOrder: 'descending',
  csv: { head: name, value: atOf },
})

export const textColumn = <Row,>(
  id: string,
  head: string,
  name: string,
  textOf: TextOf<Row>,
  { width, className }: { readonly width?: string; readonly className?: string } = {},
): Column<Row> => ({
  id,
  head,
  cell: (row) => textOf(row) ?? <span className="dim">–</span>,
  sortBy: (row) => textOf(row) ?? '',
  csv: { head: name, value: textOf },
  ...(width === undefined ? {} : { width }),
  ...(className === undefined ? {} : { className }),
})

/** Upper-case words of the contract, read as words. */
export const wordColumn = <Row,>(
  id: string,
  head: string,
  name: string,
  textOf: TextOf<Row>,
  width?: string,
): Column<Row> => ({
  ...textColumn(id, head, name, textOf, width === undefined ? {} : { width }),
  cell: (row) => {
    const text = textOf(row)
    return text === null ? <span className="dim">–</span> : sentenceCase(text)
  },
})

export const symbolColumn = <Row extends { readonly symbol: string | null }>(): Column<Row> =>
  textColumn('symbol', 'Symbol', 'symbol', ({ symbol }) => symbol, { width: '112px', className: 'strong' })

export const strategyColumn = <Row extends { readonly strategy_id: string }>(): Column<Row> =>
  textColumn('strategy', 'Strategy', 'strategy_id', ({ strategy_id }) => strategy_id, {
    width: '150px',
    className: 'dim',
  })

export const traceColumn = <Row,>(traceOf: TextOf<Row>): Column<Row> => ({
  id: 'trace',
  head: 'Trace',
  width: '84px',
  cell: (row) => <TraceLink trace={traceOf(row)} />,
  csv: { head: 'trace_id', value: traceOf },
})

export const policyColumn = <Row extends { readonly policy_version: number }>(): Column<Row> => ({
  id: 'policy',
  head: 'Policy',
  width: '64px',
  isNumber: true,
  cell: ({ policy_version }) => policy_version,
  sortBy: ({ policy_version }) => policy_version,
  csv: { head: 'policy_version', value: ({ policy_version }) => policy_version },
})

type FigureOf<Row> = (row: Row) => number | string | null

const sortable = (value: number | string | null): number => (value === null ? Number.NaN : Number(value))

/** Any number with its own way to be shown. */
export const figureColumn = <Row,>(
  id: string,
  head: string,
  name: string,
  valueOf: FigureOf<Row>,
  cell: Column<Row>['cell'],
  width = '96px',
): Column<Row> => ({
  id,
  head,
  cell,
  width,
  isNumber: true,
  firstOrder: 'descending',
  sortBy: (row) => sortable(valueOf(row)),
  csv: { head: name, value: valueOf },
})

export const priceColumn = <Row extends { readonly symbol: string }>(
  id: string,
  head: string,
  name: string,
  valueOf: FigureOf<Row>,
): Column<Row> =>
  figureColumn(id, head, name, valueOf, (row) => <SymbolPrice symbol={row.symbol} value={valueOf(row)} />, '116px')

export const sizeColumn = <Row extends { readonly symbol: string }>(
  id: string,
  head: string,
  name: string,
  valueOf: FigureOf<Row>,
): Column<Row> =>
  figureColumn(id, head, name, valueOf, (row) => <SymbolSize symbol={row.symbol} value={valueOf(row)} />)
