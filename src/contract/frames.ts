/**
 * Frames: messages of the wire whose figures go as bytes behind the text, instead of as base64 inside it. A frame is the
 * length of its text (uint32, little endian), the text, spaces up to a multiple of eight bytes, and then the figures
 * where the text has their lengths.
 */

/** The WebSocket subprotocol by which a client says that it reads frames; without it everything comes as text. */
export const FRAMES = 'signalbox.frames'

/** The number under which oRPC tells where in a message figures are. */
const FIGURES = 20
const LENGTH_BYTES = Uint32Array.BYTES_PER_ELEMENT
const ALIGNED = Float64Array.BYTES_PER_ELEMENT
const decoder = new TextDecoder()

/** For both ends of a wire that carries bytes: float64 columns travel as their bytes. */
export const figuresAsBytes = {
  type: FIGURES,
  condition: (value: unknown): boolean => value instanceof Float64Array,
  serialize: (figures: Float64Array): Uint8Array =>
    new Uint8Array(figures.buffer, figures.byteOffset, figures.byteLength),
  deserialize: (bytes: Uint8Array): Float64Array =>
    new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / ALIGNED),
}

type Path = readonly (string | number)[]

/** A message of oRPC as far as a frame must know it: `m` names what is special in `json`, and where. */
interface EventMessage {
  readonly p?: { readonly d?: EventData } | undefined
}
interface EventData {
  readonly json: unknown
  readonly meta?: readonly (readonly [number, ...Path])[] | undefined
}

const isFigures = ([type]: readonly [number, ...Path]): boolean => type === FIGURES

/** Whether the payload of an event has figures in it. */
export const hasFigures = (payload: unknown): boolean =>
  (payload as { readonly data?: EventData } | undefined)?.data?.meta?.some(isFigures) ?? false

/** What a message port of the station's side needs: figures cross it as bytes in an object, all else as text. */
export const portFigures = {
  customJsonSerializers: [figuresAsBytes],
  experimental_transfer: ([, , payload]: readonly [unknown, unknown, unknown]): [] | null =>
    hasFigures(payload) ? [] : null,
}

/** Puts another value where the path leads, and returns the one that was there. */
function swap(data: EventData, [, ...path]: readonly [number, ...Path], value: unknown): unknown {
  let holder = { json: data.json } as Record<string | number, unknown>
  let last: string | number = 'json'
  for (const step of path) {
    holder = holder[last] as Record<string | number, unknown>
    last = step
  }
  const before = holder[last]
  if (value !== undefined) holder[last] = value
  return before
}

/** Takes the figures out of the message; their lengths stand where they were. */
export function takeFigures(message: object): readonly Uint8Array[] {
  const data = (message as EventMessage).p?.d
  const parts: Uint8Array[] = []
  if (data === undefined) return parts
  for (const mark of data.meta?.filter(isFigures) ?? []) {
    const bytes = swap(data, mark, undefined) as Uint8Array
    swap(data, mark, bytes.byteLength)
    parts.push(bytes)
  }
  return parts
}

/** Where the figures of a frame begin: they can be read in place only at a multiple of eight. */
export const figuresFrom = (textBytes: number): number => Math.ceil((LENGTH_BYTES + textBytes) / ALIGNED) * ALIGNED

/** The message as it was before it was framed, its figures as bytes. */
export function readFrame(frame: ArrayBuffer): object {
  const textEnd = LENGTH_BYTES + new DataView(frame).getUint32(0, true)
  const text = decoder.decode(new Uint8Array(frame, LENGTH_BYTES, textEnd - LENGTH_BYTES))
  const message = JSON.parse(text) as EventMessage
  const data = message.p?.d
  let at = textEnd
  for (const mark of data?.meta?.filter(isFigures) ?? []) {
    if (data === undefined) break
    const length = swap(data, mark, undefined) as number
    swap(data, mark, new Uint8Array(frame, at, length))
    at += length
  }
  return message
}
