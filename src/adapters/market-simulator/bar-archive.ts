/** The latest closed bars of every symbol in a ring: 20 bytes a bar. */
import type { BarColumns } from './market-path.ts'

const COLUMNS = ['open', 'high', 'low', 'close'] as const

/** One bar of one symbol; prices in ticks. */
export interface ArchivedBar {
  readonly openAt: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** base asset, rounded to 24 bits */
  readonly volume: number
}

export class BarArchive {
  readonly stepMs: number
  /** close of the latest bar kept, epoch ms; 0 while there is none */
  endAt = 0
  /** bars kept */
  length = 0
  private readonly symbols: number
  private readonly capacity: number
  private readonly open: Int32Array
  private readonly high: Int32Array
  private readonly low: Int32Array
  private readonly close: Int32Array
  private readonly volume: Float32Array

  constructor(stepMs: number, symbols: number, capacity: number) {
    this.stepMs = stepMs
    this.symbols = symbols
    this.capacity = capacity
    this.open = new Int32Array(symbols * capacity)
    this.high = new Int32Array(symbols * capacity)
    this.low = new Int32Array(symbols * capacity)
    this.close = new Int32Array(symbols * capacity)
    this.volume = new Float32Array(symbols * capacity)
  }

  /** Appends the bars that closed at `closeAt`; anything but the following time starts the archive afresh. */
  push(closeAt: number, bars: BarColumns): void {
    if (closeAt !== this.endAt + this.stepMs) this.length = 0
    this.endAt = closeAt
    this.length = Math.min(this.length + 1, this.capacity)
    const at = this.rowAt(closeAt - this.stepMs)
    for (const column of COLUMNS) this[column].set(bars[column], at)
    this.volume.set(bars.volume, at)
  }

  /** The bar of a symbol that opened at `openAt`, null when it is not kept. */
  bar(index: number, openAt: number): ArchivedBar | null {
    if (!this.has(openAt)) return null
    const at = this.rowAt(openAt) + index
    return {
      openAt,
      open: this.open[at] as number,
      high: this.high[at] as number,
      low: this.low[at] as number,
      close: this.close[at] as number,
      volume: this.volume[at] as number,
    }
  }

  has(openAt: number): boolean {
    return openAt < this.endAt && openAt >= this.endAt - this.length * this.stepMs
  }

  /** The bars of [from, to) as bytes, whole rows; all of them must be kept. */
  pack(from: number, to: number): Buffer {
    const parts: Uint8Array[] = []
    for (let openAt = from; openAt < to; openAt += this.stepMs) {
      const at = this.rowAt(openAt)
      for (const column of [...COLUMNS, 'volume'] as const) {
        const row = this[column].subarray(at, at + this.symbols)
        parts.push(new Uint8Array(row.buffer, row.byteOffset, row.byteLength))
      }
    }
    return Buffer.concat(parts)
  }

  /** Appends what `pack` made of the bars from `from` on. */
  unpack(from: number, packed: Buffer): void {
    const bytes = this.symbols * Int32Array.BYTES_PER_ELEMENT
    const rowBytes = bytes * (COLUMNS.length + 1)
    const aligned = Uint8Array.from(packed).buffer
    for (let row = 0; (row + 1) * rowBytes <= aligned.byteLength; row++) {
      const column = (place: number): Int32Array =>
        new Int32Array(aligned, row * rowBytes + place * bytes, this.symbols)
      const volume = new Float32Array(aligned, row * rowBytes + COLUMNS.length * bytes, this.symbols)
      const bars = {
        open: column(0),
        high: column(1),
        low: column(2),
        close: column(3),
        volume: Float64Array.from(volume),
      }
      this.push(from + (row + 1) * this.stepMs, bars)
    }
  }

  private rowAt(openAt: number): number {
    return (Math.floor(openAt / this.stepMs) % this.capacity) * this.symbols
  }
}
