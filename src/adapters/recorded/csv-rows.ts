/** Walks the rows of a comma-separated file in a buffer; fields are byte ranges until someone asks for their value. */
import { decimalsAt, numberAt } from './number-field.ts'

const COMMA = 44
const NEWLINE = 10
const RETURN = 13
const MAX_FIELDS = 32
const BYTE_ORDER_MARK = 0xef
const BYTE_ORDER_MARK_LENGTH = 3

export class CsvRows {
  /** number of the current row in the file, from 1 */
  line = 0
  /** fields in the current row */
  count = 0
  private readonly bytes: Uint8Array
  private readonly starts = new Int32Array(MAX_FIELDS)
  private readonly ends = new Int32Array(MAX_FIELDS)
  private position: number

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.position = bytes[0] === BYTE_ORDER_MARK ? BYTE_ORDER_MARK_LENGTH : 0
  }

  /** Moves to the next row that is not empty; false at the end. */
  next(): boolean {
    while (this.position < this.bytes.length) {
      this.line++
      this.split()
      if (this.count > 1 || (this.ends[0] as number) > (this.starts[0] as number)) return true
    }
    return false
  }

  /** NaN when the field is absent or no number */
  number(field: number): number {
    if (field >= this.count) return Number.NaN
    return numberAt(this.bytes, this.starts[field] as number, this.ends[field] as number)
  }

  /** decimals the field is written with, trailing zeros left out */
  decimals(field: number): number {
    return decimalsAt(this.bytes, this.starts[field] as number, this.ends[field] as number)
  }

  /** null when the field is absent */
  text(field: number): string | null {
    if (field >= this.count) return null
    return Buffer.from(this.bytes.subarray(this.starts[field], this.ends[field])).toString('utf8')
  }

  texts(): string[] {
    return Array.from({ length: this.count }, (_, field) => this.text(field) ?? '')
  }

  private split(): void {
    const { bytes, starts, ends } = this
    let field = 0
    let start = this.position
    let index = start
    for (; index < bytes.length; index++) {
      const code = bytes[index] as number
      if (code === NEWLINE) break
      if (code !== COMMA || field + 1 >= MAX_FIELDS) continue
      starts[field] = start
      ends[field++] = index
      start = index + 1
    }
    starts[field] = start
    ends[field++] = index > start && bytes[index - 1] === RETURN ? index - 1 : index
    this.count = field
    this.position = index + 1
  }
}

/** How many rows a buffer can hold at most. */
export function rowsIn(bytes: Uint8Array): number {
  let rows = 1
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) rows++
  return rows
}
