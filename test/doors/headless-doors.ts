/** The headless door, opened for tests, and clients of the contract that speak to it over WebSocket and REST. */
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink } from '@orpc/client/websocket'
import { ORPCError } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { WebSocket } from 'ws'

import { ERRORS } from '../../src/contract/errors.ts'
import { figuresAsBytes, FRAMES } from '../../src/contract/frames.ts'
import { contract } from '../../src/contract/index.ts'
import type { TokenShelf } from '../../src/core/ports/token-shelf.ts'
import { serveHeadless, type Door, type DoorOptions } from '../../src/headless/serve.ts'
import { addToken } from '../../src/headless/tokens.ts'
import { portOf } from '../../src/renderer/link/socket-port.ts'
import { FakeStation } from '../fixtures/facade.ts'
import { memoryTokenShelf } from '../fixtures/shelves.ts'
import type { Client } from './door-under-test.ts'

interface Logged {
  readonly level: string
  readonly event: string
  readonly fields: Readonly<Record<string, unknown>>
}

export interface HeadlessDoor extends Door {
  readonly station: FakeStation
  readonly tokens: TokenShelf
  readonly control: string
  readonly read: string
  readonly logged: readonly Logged[]
}

/** Nobody is slowed down unless the test is about that. */
const UNHURRIED = { requestsPerSecond: 100_000, requestBurst: 100_000 }

export async function openHeadless(options: Partial<DoorOptions> = {}): Promise<HeadlessDoor> {
  const station = new FakeStation()
  const tokens = memoryTokenShelf()
  const logged: Logged[] = []
  const note =
    (level: string) =>
    (event: string, fields = {}): void => {
      logged.push({ level, event, fields })
    }
  const log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') }
  const control = addToken(tokens, 'tester', 'control', 0)
  const read = addToken(tokens, 'reader', 'read', 0)
  const settings = { ...UNHURRIED, ...options.settings }
  const door = await serveHeadless({ facade: station, tokens, log, port: 0, ...options, settings })
  return { ...door, station, tokens, control, read, logged }
}

export function restClient(door: Pick<Door, 'address'>, token: string): Client {
  const link = new OpenAPILink(contract, {
    url: door.address,
    headers: { authorization: `Bearer ${token}` },
    customErrorResponseBodyDecoder(body) {
      const error = (body as { error?: { code: string; message: string } } | null)?.error
      if (!error || !(error.code in ERRORS)) return null
      const { code, message, ...data } = error
      const { status } = ERRORS[code as keyof typeof ERRORS]
      return new ORPCError(code, { defined: true, status, message, data })
    },
  })
  return createORPCClient(link)
}

/** The token goes in the first message, as a browser without a cookie has to do it. */
export function socketClient(door: Pick<Door, 'address'>, token: string): { client: Client; socket: WebSocket } {
  const socket = new WebSocket(`${door.address.replace('http', 'ws')}/ws`)
  socket.addEventListener('open', () => socket.send(JSON.stringify({ token })))
  const client: Client = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))
  return { client, socket }
}

/** As the control room speaks: figures of the live state come in frames. */
export async function framedClient(door: Pick<Door, 'address'>, token: string): Promise<Client> {
  const socket = new WebSocket(`${door.address.replace('http', 'ws')}/ws`, FRAMES)
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  socket.send(JSON.stringify({ token }))
  return createORPCClient(new PortLink({ port: portOf(socket), customJsonSerializers: [figuresAsBytes] }))
}
