/** For doors that carry text only: float64 columns travel as base64 of their little-endian bytes. */

/** A number that no reader knows, so that the text stays as it is. */
const AS_TEXT = 21

export const figuresAsText = {
  type: AS_TEXT,
  condition: (value: unknown): boolean => value instanceof Float64Array,
  serialize: ({ buffer, byteOffset, byteLength }: Float64Array): string =>
    Buffer.from(buffer, byteOffset, byteLength).toString('base64'),
  deserialize: (text: string): string => text,
}
