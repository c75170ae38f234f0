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
  const send = (data: EncodedMessage): Promise<void> =>
    new Promise((resolve, reject) => {
      socket.send(data, (problem) => (problem ? reject(problem) : resolve()))
    })
  return new ServerPeer(async ([id, type, payload]) => {
    const isFramed = type === MessageType.EVENT_ITERATOR && hasFigures(payload) && readsFrames(socket)
    const data = isFramed
      ? writeFrame(serializeResponseMessage(id, type, payload))
      : await encodeResponseMessage(id, type, payload)
    await send(data)
  })
}
