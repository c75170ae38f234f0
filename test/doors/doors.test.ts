import { MessageChannel } from 'node:worker_threads'

/** Every door of the station under the one conformance suite: WebSocket, REST, and a message port as Electron will use. */
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { RPCHandler } from '@orpc/server/message-port'

import { figuresAsBytes, portFigures } from '../../src/contract/frames.ts'
import type { Scope } from '../../src/contract/procedure.ts'
import { traceIdOf } from '../../src/core/model/ids.ts'
import { answersOf } from '../../src/station/answers/index.ts'
import { LiveStream } from '../../src/station/live-stream.ts'
import { FakeStation } from '../fixtures/facade.ts'
import { describeDoor } from './conformance.ts'
import type { Client } from './door-under-test.ts'
import { framedClient, openHeadless, restClient, socketClient } from './headless-doors.ts'

const symbol = 'BTCUSDT'

describeDoor({
  name: 'WebSocket',
  async open() {
    const door = await openHeadless()
    const control = socketClient(door, door.control)
    const read = socketClient(door, door.read)
    return { control: control.client, read: read.client, symbol, close: () => door.close() }
  },
})

describeDoor({
  name: 'a WebSocket in frames',
  async open() {
    const door = await openHeadless()
    const control = await framedClient(door, door.control)
    const read = await framedClient(door, door.read)
    return { control, read, symbol, close: () => door.close() }
  },
})

describeDoor({
  name: 'REST',
  async open() {
    const door = await openHeadless({ settings: { closeMs: 50 } })
    return {
      control: restClient(door, door.control),
      read: restClient(door, door.read),
      symbol,
      close: () => door.close(),
    }
  },
})

describeDoor({
  name: 'a message port',
  open() {
    const station = new FakeStation()
    const live = new LiveStream(station)
    const handler = new RPCHandler(answersOf(station, live), portFigures)
    const channels: MessageChannel[] = []
    let calls = 0
    const quiet = (): void => undefined
    const clientOf = (scope: Scope): Client => {
      const channel = new MessageChannel()
      channels.push(channel)
      const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
      const context = { actor: 'user' as const, scope, log, newTraceId: () => traceIdOf('call', ++calls) }
      handler.upgrade(channel.port1, { context })
      return createORPCClient(new RPCLink({ port: channel.port2, customJsonSerializers: [figuresAsBytes] }))
    }
    const close = (): Promise<void> => {
      live.close()
      for (const { port1, port2 } of channels) {
        port1.close()
        port2.close()
      }
      return Promise.resolve()
    }
    return Promise.resolve({ control: clientOf('control'), read: clientOf('read'), symbol, close })
  },
})
