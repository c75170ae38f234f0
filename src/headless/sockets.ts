/** The whole contract over one WebSocket, subscriptions included; signed in by cookie, header or first message. */
import { StandardRPCHandler } from '@orpc/server/standard'
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer'
import { decodeRequestMessage } from '@orpc/standard-server-peer'
import type { WebSocket } from 'ws'

import { figuresAsBytes } from '../contract/frames.ts'
import type { Answers, Caller, Log } from '../station/answers/index.ts'
import type { Identity } from './callers.ts'
import { figuresAsText } from './figures-as-text.ts'
import type { DoorSettings } from './settings.ts'
import { peerOf, readsFrames, type SocketPeer } from './socket-peer.ts'

/** Close codes of our own; 1007 is the standard's for a message that makes no sense. */
const UNAUTHORISED = 4401
const NONSENSE = 1007
const GOING_AWAY = 1001

export interface SocketDoor {
  readonly settings: DoorSettings
  readonly log: Log
  readonly byToken: (token: string) => Identity | null
  readonly callerOf: (identity: Identity) => Caller
}

function tokenIn(text: string): string | null {
  if (!text.startsWith('{"token"') && !/^\s*\{\s*"token"/.test(text)) return null
  try {
    const message = JSON.parse(text) as { token?: unknown }
    return typeof message.token === 'string' ? message.token : null
  } catch {
    return null
  }
}

export class Sockets {
  readonly #framed: StandardRPCHandler<Caller>
  readonly #plain: StandardRPCHandler<Caller>
  readonly #door: SocketDoor
  readonly #open = new Set<WebSocket>()
  #isClosed = false

  constructor(answers: Answers, door: SocketDoor) {
    this.#framed = new StandardRPCHandler(answers, { customJsonSerializers: [figuresAsBytes] })
    this.#plain = new StandardRPCHandler(answers, { customJsonSerializers: [figuresAsText] })
    this.#door = door
  }

  get count(): number {
    return this.#open.size
  }

  accept(socket: WebSocket, known: Identity | null): void {
    this.#open.add(socket)
    const peer = peerOf(socket)
    const { settings } = this.#door
    let identity = known
    let isAlive = true
    const refuse = (): void => socket.close(UNAUTHORISED, 'unauthorised')
    const signInTimer = setTimeout(() => identity ?? refuse(), settings.socketSignInMs)
    const heartbeat = setInterval(() => {
      if (!isAlive) socket.terminate()
      else if (identity && !identity.isValid()) refuse()
      isAlive = false
      socket.ping()
    }, settings.heartbeatMs)
    socket.on('pong', () => (isAlive = true))
    socket.on('error', () => socket.terminate())
    socket.on('message', (data: Buffer, isBinary) => {
      if (this.#isClosed) return
      if (isBinary) return socket.close(NONSENSE, 'text only')
      const text = data.toString('utf8')
      const token = tokenIn(text)
      if (token !== null) identity = this.#door.byToken(token)
      if (!identity?.isValid()) return refuse()
      if (token === null) this.#call(socket, peer, text, identity)
    })
    socket.on('close', () => {
      clearTimeout(signInTimer)
      clearInterval(heartbeat)
      this.#open.delete(socket)
      peer.close()
    })
  }

  /** Says good-bye and listens no more; who does not answer in time is cut off. */
  close(): void {
    this.#isClosed = true
    for (const socket of this.#open) {
      socket.close(GOING_AWAY, 'the station closes this door')
      setTimeout(() => socket.terminate(), this.#door.settings.closeMs).unref()
    }
  }

  #call(socket: WebSocket, peer: SocketPeer, text: string, identity: Identity): void {
    this.#answer(socket, peer, text, identity).catch((problem: unknown) => {
      if (socket.readyState !== socket.OPEN) return
      // its words may be a secret that came in garbled
      this.#door.log.warn('door_message_refused', { error: problem instanceof Error ? problem.name : 'unknown' })
      socket.close(NONSENSE, 'not a call')
    })
  }

  async #answer(socket: WebSocket, peer: SocketPeer, text: string, identity: Identity): Promise<void> {
    const handler = readsFrames(socket) ? this.#framed : this.#plain
    const context = this.#door.callerOf(identity)
    await peer.message(await decodeRequestMessage(text), createServerPeerHandleRequestFn(handler, { context }))
  }
}
