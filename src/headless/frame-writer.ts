/** Writes messages as frames (see the contract), each into the place of the one before: making room costs more than filling it. */
import { figuresFrom, takeFigures } from '../contract/frames.ts'

const LENGTH_BYTES = 4
const NO_ROOM = Buffer.alloc(0)

export class FrameWriter {
  #room: Buffer = NO_ROOM

  /** Changes the message. The frame must have left, or be given back, before the next one is written. */
  write(message: object): Buffer {
    const parts = takeFigures(message)
    const text = JSON.stringify(message)
    const textBytes = Buffer.byteLength(text)
    let length = figuresFrom(textBytes)
    for (const part of parts) length += part.byteLength
    const frame = this.#takeRoom(length)
    let at = figuresFrom(textBytes)
    frame.writeUInt32LE(at - LENGTH_BYTES, 0)
    frame.fill(' ', LENGTH_BYTES + textBytes, at)
    frame.write(text, LENGTH_BYTES)
    for (const part of parts) {
      frame.set(part, at)
      at += part.byteLength
    }
    return frame.length === length ? frame : frame.subarray(0, length)
  }

  /** Its bytes have left: the next one may have its place. */
  giveBack(frame: Buffer): void {
    this.#room = Buffer.from(frame.buffer)
  }

  #takeRoom(bytes: number): Buffer {
    const room = this.#room
    this.#room = NO_ROOM
    return room.length >= bytes ? room : Buffer.allocUnsafeSlow(bytes)
  }
}
