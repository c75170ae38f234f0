/** Reads a packed table of the live state: which rows changed, and what each column says of them. */
import type { PackedTable } from './live.ts'

/** What one column says of the rows told: nothing new, one value for all of them, or one for each. */
type ToldColumn = number | Float64Array | Float32Array | null

export interface ToldTable {
  /** numbers of the rows told; null: all that are known by now, in order */
  readonly rows: Float64Array | null
  readonly columns: readonly ToldColumn[]
}

export const ALL_ROWS = -1
export const NOTHING_NEW = 0
export const ONE_FOR_ALL = 1
export const ONE_FOR_EACH = 2
export const SINGLE_FOR_EACH = 3

/** Newer engines decode at once; the others character by character. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64
  if (native) return native.call(Uint8Array, base64)
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** `symbols`: how many are named by now, those of this table included; `columns`: how many the table has. */
export function unpackTable({ packed }: PackedTable, symbols: number, columns: number): ToldTable {
  const figures = typeof packed === 'string' ? new Float64Array(bytesOf(packed).buffer) : packed
  const told = figures[0] ?? 0
  const isAll = told === ALL_ROWS
  const count = isAll ? symbols : told
  let at = isAll ? 1 : 1 + count
  const rows = isAll ? null : figures.subarray(1, at)
  const read: ToldColumn[] = []
  for (let column = 0; column < columns; column++) {
    const form = figures[at++]
    if (form === ONE_FOR_ALL) read.push(figures[at++] ?? Number.NaN)
    else if (form === ONE_FOR_EACH) read.push(figures.subarray(at, (at += count)))
    else if (form === SINGLE_FOR_EACH) {
      read.push(new Float32Array(figures.buffer, figures.byteOffset + at * figures.BYTES_PER_ELEMENT, count))
      at += Math.ceil(count / 2)
    } else read.push(null)
  }
  return { rows, columns: read }
}
