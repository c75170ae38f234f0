/** How the fields of a row lie in a table's columns, and back: money as decimal text, times as whole numbers. */
import { Decimal } from 'decimal.js'

import { exact, type Exact } from '../../core/model/decimal.ts'
import { UnreadableRow, UnwritableRow } from './errors.ts'

type Kind = 'text' | 'integer' | 'real' | 'flag' | 'exact' | 'scalar' | 'json'

type KindOf<Value> = [Value] extends [Exact]
  ? 'exact'
  : [Value] extends [string]
    ? 'text'
    : [Value] extends [number]
      ? 'integer' | 'real'
      : [Value] extends [boolean]
        ? 'flag'
        : [Value] extends [number | string]
          ? 'scalar'
          : 'json'

/** Documents that hold money are written and read by a form of their own; null stays null. */
export interface DocumentForm<Value> {
  toJson(value: Value): unknown
  fromJson(document: unknown): Value
}

/** The kinds that a field's type allows; `?` where it may be null. */
type KindFor<Value> = null extends Value
  ? `${KindOf<Exclude<Value, null>>}?` | DocumentForm<Exclude<Value, null>>
  : KindOf<Value>

/** One kind for every field of a row, in the order of the columns. */
export type Kinds<Row> = { readonly [Field in keyof Row]-?: unknown extends Row[Field] ? 'json' : KindFor<Row[Field]> }

export type Cell = string | number | null

interface Column {
  readonly field: string
  readonly name: string
  readonly kind: Kind
  readonly nullable: boolean
  readonly form: DocumentForm<unknown> | null
}

/** `clientOrderId` lies in `client_order_id`. */
export const columnName = (field: string): string => field.replace(/[A-Z]|\d+h/g, (part) => `_${part.toLowerCase()}`)

const EXPECTED: Readonly<Record<Kind, string>> = {
  text: 'text',
  integer: 'a whole number',
  real: 'a finite number',
  flag: 'true or false',
  exact: 'a finite decimal',
  scalar: 'text or a finite number',
  json: 'a value that JSON can hold',
}

/** undefined for what JSON has no word for */
const jsonOf: (value: unknown) => string | undefined = JSON.stringify

/** The cell of a value, undefined when the value does not fit. */
function cellOf(kind: Kind, value: unknown): Cell | undefined {
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? value : undefined
    case 'integer':
      return Number.isSafeInteger(value) ? (value as number) : undefined
    case 'real':
      return Number.isFinite(value) ? (value as number) : undefined
    case 'flag':
      return typeof value === 'boolean' ? Number(value) : undefined
    case 'exact':
      return Decimal.isDecimal(value) && value.isFinite() ? value.toFixed() : undefined
    case 'scalar':
      return typeof value === 'string' || Number.isFinite(value) ? (value as string | number) : undefined
    case 'json':
      return jsonOf(value)
  }
}

function valueOf(kind: Kind, cell: Cell): unknown {
  switch (kind) {
    case 'flag':
      return cell === 1
    case 'exact':
      return exact(cell as string)
    case 'json':
      return JSON.parse(cell as string)
    case 'text':
    case 'integer':
    case 'real':
    case 'scalar':
      return cell
  }
}

function columnOf(field: string, kind: string | DocumentForm<unknown>): Column {
  const name = columnName(field)
  if (typeof kind !== 'string') return { field, name, kind: 'json', nullable: true, form: kind }
  return { field, name, kind: kind.replace('?', '') as Kind, nullable: kind.endsWith('?'), form: null }
}

/** Rows of one table as cells in the order of `names`, and back. */
export class RowCodec<Row> {
  readonly table: string
  readonly names: readonly string[]
  /** names of the columns that hold JSON text */
  readonly jsonNames: ReadonlySet<string>
  readonly #columns: readonly Column[]

  constructor(table: string, kinds: Kinds<Row>) {
    this.table = table
    this.#columns = Object.entries<string | DocumentForm<unknown>>(kinds).map(([field, kind]) => columnOf(field, kind))
    this.names = this.#columns.map((column) => column.name)
    this.jsonNames = new Set(this.#columns.filter((column) => column.kind === 'json').map((column) => column.name))
  }

  /** @throws UnwritableRow naming the field that does not fit */
  encode(row: Row): Cell[] {
    const cells: Cell[] = []
    const fields = row as Readonly<Record<string, unknown>>
    for (const { field, kind, nullable, form } of this.#columns) {
      const value = fields[field]
      const cell = value === null && nullable ? null : cellOf(kind, form === null ? value : form.toJson(value))
      if (cell === undefined) throw new UnwritableRow(this.table, field, EXPECTED[kind], value)
      cells.push(cell)
    }
    return cells
  }

  /** @throws UnreadableRow naming the column that is broken */
  decode(stored: unknown): Row {
    const cells = stored as Readonly<Record<string, Cell>>
    const row: Record<string, unknown> = {}
    for (const { field, name, kind, form } of this.#columns) {
      const cell = cells[name] ?? null
      try {
        const value = cell === null ? null : valueOf(kind, cell)
        row[field] = form === null || value === null ? value : form.fromJson(value)
      } catch {
        throw new UnreadableRow(this.table, name, `${EXPECTED[kind]} expected, found ${JSON.stringify(cell)}`)
      }
    }
    return row as Row
  }
}
