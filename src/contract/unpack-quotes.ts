/** Reads the packed prices of the live state back into columns. */
import { QUOTE_COLUMNS } from './live.ts'

export type UnpackedQuotes = Readonly<Record<(typeof QUOTE_COLUMNS)[number], Float64Array>>

/** Newer engines decode at once; the others character by character. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64
  if (native) return native.call(Uint8Array, base64)
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** Columns of one length; `index` points into the symbols told so far, NaN stands where there is no figure. */
export function unpackQuotes(rows: string): UnpackedQuotes {
  const values = new Float64Array(bytesOf(rows).buffer)
  const count = values.length / QUOTE_COLUMNS.length
  const column = (at: number): Float64Array => values.subarray(at * count, (at + 1) * count)
  return {
    index: column(0),
    at_ms: column(1),
    last: column(2),
    bid: column(3),
    ask: column(4),
    mark: column(5),
  }
}
