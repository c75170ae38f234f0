/** One WebSocket as a peer of oRPC: what leaves is text, or frames for a client that reads them. */
import {
  type EncodedMessage,
  encodeResponseMessage,
  experimental_ServerPeerWithoutCodec as ServerPeer,
  MessageType,
  serializeResponseMessage,
} from '@orpc/standard-server-peer'
import type { WebSocket } from 'ws'

import { FRAMES, hasFigures, writeFrame } from '../contract/frames.ts'

export type SocketPeer = ServerPeer

export const readsFrames = ({ protocol }: Pick<WebSocket, 'protocol'>): boolean => protocol === FRAMES

/** Sending ends when the bytes have left: so a slow reader slows its own subscriptions, not the station. */
export function peerOf(socket: WebSocket): SocketPeer {
  const room = new FrameRoom()
  const send = (data: EncodedMessage): Promise<void> =>
    new Promise((resolve, reject) => {
      socket.send(data, (problem) => (problem ? reject(problem) : resolve()))
    })
  return new ServerPeer(async ([id, type, payload]) => {
    if (type === MessageType.EVENT_ITERATOR && hasFigures(payload) && readsFrames(socket)) {
      const frame = writeFrame(serializeResponseMessage(id, type, payload), room.take)
      await send(frame)
      room.giveBack(frame)
    } else await send(await encodeResponseMessage(id, type, payload))
  })
}

/** The place of the last frame, for the next one: making it costs more than filling it. */
class FrameRoom {
  #spare: ArrayBuffer | null = null

  readonly take = (bytes: number): Uint8Array<ArrayBuffer> => {
    const spare = this.#spare
    this.#spare = null
    return new Uint8Array(spare !== null && spare.byteLength >= bytes ? spare : new ArrayBuffer(2 * bytes))
  }

  /** Only when its bytes have left. */
  giveBack({ buffer }: Uint8Array): void {
    this.#spare = buffer as ArrayBuffer
  }
}
