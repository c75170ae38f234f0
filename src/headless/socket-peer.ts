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
import { ReadingWindow } from './reading-window.ts'

export type SocketPeer = ServerPeer

export const readsFrames = ({ protocol }: Pick<WebSocket, 'protocol'>): boolean => protocol === FRAMES

/** Sending ends when the reader takes it: so a slow one slows its own subscriptions, not the station. */
export function peerOf(socket: WebSocket): SocketPeer {
  const writer = new FrameWriter()
  const reading = new ReadingWindow(socket)
  const send = (data: EncodedMessage): Promise<void> =>
    new Promise((resolve, reject) => {
      socket.send(data, (problem) => (problem ? reject(problem) : resolve()))
    })
  return new ServerPeer(async ([id, type, payload]) => {
    const isEvent = type === MessageType.EVENT_ITERATOR
    if (isEvent && hasFigures(payload) && readsFrames(socket)) {
      const frame = writer.write(serializeResponseMessage(id, type, payload))
      const { length } = frame
      await send(frame)
      writer.giveBack(frame)
      await reading.sent(length)
      return
    }
    const message = await encodeResponseMessage(id, type, payload)
    await send(message)
    if (isEvent) await reading.sent(typeof message === 'string' ? message.length : message.byteLength)
  })
}
