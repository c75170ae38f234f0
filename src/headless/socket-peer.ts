/** One WebSocket as a peer of oRPC: what leaves is text, or frames for a client that reads them. */
import {
  type EncodedMessage,
  encodeResponseMessage,
  experimental_ServerPeerWithoutCodec as ServerPeer,
  MessageType,
  serializeResponseMessage,
} from '@orpc/standard-server-peer'
import type { WebSocket } from 'ws'

import { FRAMES, hasFigures } from '../contract/frames.ts'
import { FrameWriter } from './frame-writer.ts'

export type SocketPeer = ServerPeer

export const readsFrames = ({ protocol }: Pick<WebSocket, 'protocol'>): boolean => protocol === FRAMES

/** Sending ends when the bytes have left: so a slow reader slows its own subscriptions, not the station. */
export function peerOf(socket: WebSocket): SocketPeer {
  const writer = new FrameWriter()
  const send = (data: EncodedMessage): Promise<void> =>
    new Promise((resolve, reject) => {
      socket.send(data, (problem) => (problem ? reject(problem) : resolve()))
    })
  return new ServerPeer(async ([id, type, payload]) => {
    if (type === MessageType.EVENT_ITERATOR && hasFigures(payload) && readsFrames(socket)) {
      const frame = writer.write(serializeResponseMessage(id, type, payload))
      await send(frame)
      writer.giveBack(frame)
    } else await send(await encodeResponseMessage(id, type, payload))
  })
}
