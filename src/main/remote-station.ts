/**
 * A station that runs elsewhere, over its WebSocket. The wire's messages are the port's messages: this only passes them
 * on, so the page needs no token and its policy no other origin.
 */
import { readFileSync } from 'node:fs'

import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { MessagePortMain } from 'electron'
import { WebSocket } from 'ws'

import { FRAMES, readFrame } from '../contract/frames.ts'
import { readAddress } from './remote-address.ts'
import type { StationHost } from './station-host.ts'

export interface RemoteStation {
  /** `http://…` or `https://…`, without a path */
  readonly address: string
  readonly token: string
}

const HANDSHAKE_MS = 8000

/** @throws with a sentence when the address is none, or there is no such file */
export function namedStation(named: { readonly address: string; readonly tokenFile: string }): RemoteStation {
  const read = readAddress(named.address)
  if ('problem' in read) throw new Error(`--attach ${named.address}: ${read.problem}`)
  return { address: read.address, token: readFileSync(named.tokenFile, 'utf8').trim() }
}

/** `protocols`: `FRAMES` for who reads frames */
export function socketTo({ address, token }: RemoteStation, protocols: readonly string[] = []): WebSocket {
  return new WebSocket(`${address.replace(/^http/, 'ws')}/ws`, [...protocols], {
    headers: { authorization: `Bearer ${token}` },
    handshakeTimeout: HANDSHAKE_MS,
    perMessageDeflate: false,
  })
}

export function openRemoteStation(remote: RemoteStation): StationHost {
  const sockets = new Set<WebSocket>()
  const open = (protocols?: readonly string[]): WebSocket => {
    const socket = socketTo(remote, protocols)
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // whoever waits learns of it by the close that follows
    socket.on('error', () => {})
    return socket
  }
  return {
    isOwn: false,
    place: remote.address,
    connect: (port) => relay(port, open([FRAMES])),
    openLine() {
      const socket = open()
      const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
      return { client: createORPCClient(link), close: () => socket.close() }
    },
    // what it holds goes on being watched where it runs
    openPositions: () => 0,
    tell: () => {},
    async close() {
      for (const socket of sockets) socket.terminate()
    },
  }
}

/** Both ways until one end is gone; what the page says before the wire is up waits for it. */
function relay(port: MessagePortMain, socket: WebSocket): void {
  const waiting: string[] = []
  port.on('message', ({ data }: { data: string }) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(data)
    else waiting.push(data)
  })
  port.on('close', () => socket.close())
  socket.on('open', () => {
    for (const message of waiting.splice(0)) socket.send(message)
  })
  socket.binaryType = 'arraybuffer'
  socket.on('message', (data: ArrayBuffer | Buffer) => {
    port.postMessage(data instanceof ArrayBuffer ? readFrame(data) : data.toString('utf8'))
  })
  socket.on('close', () => port.close())
  port.start()
}
