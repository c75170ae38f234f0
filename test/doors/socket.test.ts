/** The WebSocket of the headless door: who may open it, how it is signed in, and that nobody can flood or stall the station. */
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import { decisionOf } from '../fixtures/facade-rows.ts'
import { errorOf, type Client } from './door-under-test.ts'
import { openHeadless, socketClient, type HeadlessDoor } from './headless-doors.ts'

const doors: HeadlessDoor[] = []
async function opened(...options: Parameters<typeof openHeadless>): Promise<HeadlessDoor> {
  const door = await openHeadless(...options)
  doors.push(door)
  return door
}
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close()
})

const url = (door: HeadlessDoor): string => `${door.address.replace('http', 'ws')}/ws`

const closed = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => {
    socket.on('close', resolve)
    socket.on('error', () => undefined)
  })

const ready = (socket: WebSocket): Promise<void> => new Promise((resolve) => socket.on('open', () => resolve()))

/** What the handshake was answered with; 101 when it was let in. */
function handshake(door: HeadlessDoor, headers: Record<string, string>, path = '/ws'): Promise<number> {
  const socket = new WebSocket(url(door).replace('/ws', path), { headers })
  return new Promise((resolve) => {
    socket.on('open', () => {
      socket.terminate()
      resolve(101)
    })
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => undefined)
  })
}

const clientOver = (socket: WebSocket): Client =>
  createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))

/** Follows the printed link as a browser does and returns the cookie it is given. */
async function signIn(door: HeadlessDoor): Promise<{ cookie: string; header: string }> {
  const response = await fetch(door.signInLink(), { redirect: 'manual' })
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/')
  const header = response.headers.get('set-cookie') ?? ''
  return { cookie: header.split(';')[0] ?? '', header }
}

describe('signing in', () => {
  test('a token in the first message opens the whole contract', async () => {
    const door = await opened()
    const { client } = socketClient(door, door.control)
    const { policy } = await client.policy.change({ max_positions: 4 })
    expect(policy).toMatchObject({ max_positions: 4, updated_by: 'api:tester' })
  })

  test('so does a token in the header', async () => {
    const door = await opened()
    const socket = new WebSocket(url(door), { headers: { authorization: `Bearer ${door.read}` } })
    expect((await clientOver(socket).policy.get()).policy.version).toBe(1)
  })

  test('the printed link works once and makes a cookie that scripts cannot read', async () => {
    const door = await opened()
    const link = door.signInLink()
    const first = await fetch(link, { redirect: 'manual' })
    expect(first.headers.get('set-cookie')).toMatch(/^signalbox_\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    const second = await fetch(link, { redirect: 'manual' })
    expect(second.status).toBe(401)
    expect(second.headers.get('set-cookie')).toBeNull()
    expect((await fetch(`${door.address}/sign-in`, { redirect: 'manual' })).status).toBe(401)
  })

  test('a newer link takes the place of one that was not used', async () => {
    const door = await opened()
    const [older, newer] = [door.signInLink(), door.signInLink()]
    expect((await fetch(older, { redirect: 'manual' })).status).toBe(401)
    expect((await fetch(newer, { redirect: 'manual' })).status).toBe(303)
  })

  test('the cookie signs in the page of this station, as the person at it', async () => {
    const door = await opened()
    const { cookie } = await signIn(door)
    const socket = new WebSocket(url(door), { headers: { cookie, origin: door.address } })
    const { policy } = await clientOver(socket).policy.change({ max_positions: 4 })
    expect(policy.updated_by).toBe('user')
    const read = await fetch(`${door.address}/api/policy`, { headers: { cookie } })
    expect(read.status).toBe(200)
  })

  test('a cookie without an origin of ours changes nothing and opens nothing', async () => {
    const door = await opened()
    const { cookie } = await signIn(door)
    const blind = await fetch(`${door.address}/api/policy`, {
      method: 'PATCH',
      body: '{"max_positions":2}',
      headers: { cookie },
    })
    expect(blind.status).toBe(401)
    expect(await handshake(door, { cookie, origin: 'http://evil.example' })).toBe(403)
    const socket = new WebSocket(url(door), { headers: { cookie } })
    await ready(socket)
    const end = closed(socket)
    socket.send(JSON.stringify({ i: '1', p: { u: '/policy/get' } }))
    expect(await end).toBe(4401)
    expect(door.station.policy.current.version).toBe(1)
  })

  test.each(['{"token":"sbx_wrong"}', '{"token":1}', '{"token":', '{"i":"1","p":{"u":"/policy/get"}}', 'hello', ''])(
    'a first message of %j is shown the door',
    async (message) => {
      const door = await opened()
      const socket = new WebSocket(url(door))
      await ready(socket)
      const end = closed(socket)
      socket.send(message)
      expect(await end).toBe(4401)
    },
  )

  test('who says nothing is shown the door too', async () => {
    const door = await opened({ settings: { socketSignInMs: 20 } })
    expect(await closed(new WebSocket(url(door)))).toBe(4401)
  })

  test('a token that was removed ends at the next word', async () => {
    const door = await opened()
    const { client, socket } = socketClient(door, door.control)
    await client.policy.get()
    const end = closed(socket)
    door.tokens.remove('tester')
    await expect(client.policy.get()).rejects.toThrow(/./)
    expect(await end).toBe(4401)
  })

  test('and with the next heartbeat when it only listens', async () => {
    const door = await opened({ settings: { heartbeatMs: 20 } })
    const { client, socket } = socketClient(door, door.read)
    const messages = await client.station.watch({})
    await messages.next()
    const end = closed(socket)
    door.tokens.remove('reader')
    expect(await end).toBe(4401)
    await expect(messages.next()).rejects.toThrow(/./)
    await expect.poll(() => door.station.listeners.size).toBe(0)
  })
})

describe('the handshake', () => {
  test('needs our name and our origin, and the right path', async () => {
    const door = await opened()
    expect(await handshake(door, {})).toBe(101)
    expect(await handshake(door, { host: 'evil.example' })).toBe(403)
    expect(await handshake(door, { origin: 'http://evil.example' })).toBe(403)
    expect(await handshake(door, {}, '/api/policy')).toBe(404)
  })

  test('is refused when too many are open', async () => {
    const door = await opened({ settings: { maxSockets: 2 } })
    const open = [new WebSocket(url(door)), new WebSocket(url(door))]
    await Promise.all(open.map(ready))
    expect(await handshake(door, {})).toBe(429)
    const end = closed(open[0]!)
    open[0]!.close()
    await end
    expect(await handshake(door, {})).toBe(101)
  })
})

describe('a rude caller', () => {
  test('sends more than fits', async () => {
    const door = await opened()
    const { socket } = socketClient(door, door.control)
    await ready(socket)
    const end = closed(socket)
    socket.send('x'.repeat(300_000))
    expect(await end).toBe(1009)
  })

  test.each(['no json', '{}', '[]', '{"i":1}', 'null', '{"i":"1","p":{"u":"http://[","b":{}}}'])(
    'sends %j, which is no call',
    async (message) => {
      const door = await opened()
      const { socket } = socketClient(door, door.control)
      await ready(socket)
      const end = closed(socket)
      socket.send(message)
      expect(await end).toBe(1007)
      expect(door.logged.some(({ event }) => event === 'door_message_refused')).toBe(true)
    },
  )

  test('sends bytes', async () => {
    const door = await opened()
    const { socket } = socketClient(door, door.control)
    await ready(socket)
    const end = closed(socket)
    socket.send(Buffer.from([255, 0, 1]))
    expect(await end).toBe(1007)
  })

  test('calls what is not there', async () => {
    const door = await opened()
    const { client } = socketClient(door, door.control)
    const nothing = (client as unknown as { nothing: { here: () => Promise<void> } }).nothing
    await expect(nothing.here()).rejects.toMatchObject({ status: 404 })
    expect((await client.policy.get()).policy.version).toBe(1)
  })

  test('calls too often and is told how long to wait', async () => {
    const settings = { requestsPerSecond: 10, requestBurst: 3 }
    const door = await opened({ settings, now: () => 0 })
    const { client } = socketClient(door, door.control)
    for (let call = 0; call < 3; call++) await client.policy.get()
    const error = await errorOf(client.policy.get())
    expect(error).toMatchObject({ code: 'RATE_LIMITED', status: 429, data: { retry_after_ms: 100 } })
  })
})

describe('subscriptions', () => {
  test('end with the socket, and the station is let go', async () => {
    const door = await opened()
    const { client, socket } = socketClient(door, door.read)
    const messages = await client.station.watch({})
    await messages.next()
    expect(door.station.listeners.size).toBe(1)
    socket.terminate()
    await expect.poll(() => door.station.listeners.size).toBe(0)
  })

  test('a reader that stops reading is bounded by its own debt and starts over with a snapshot', async () => {
    const door = await opened()
    const { client, socket } = socketClient(door, door.read)
    const messages = await client.station.watch({ topics: ['decisions', 'account'] })
    expect((await messages.next()).value).toMatchObject({ kind: 'snapshot', seq: 1 })
    socket.pause()
    const sentence = 'a long reason '.repeat(40)
    for (let burst = 0; burst < 400; burst++) {
      for (let index = 0; index < 100; index++) {
        const row = decisionOf(`burst-${burst}-${index}`, { sentence })
        door.station.announce([{ topic: 'decisions', key: row.id, row }])
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
    socket.resume()
    let snapshots = 0
    let seq = 1
    while (snapshots === 0) {
      const { value, done } = await messages.next()
      if (done === true) throw new Error('ended')
      expect(value.seq).toBe(seq + 1)
      seq = value.seq
      if (value.kind === 'snapshot') snapshots++
    }
    expect(snapshots).toBe(1)
    await messages.return()
  })

  test('closing the door says good-bye to everyone', async () => {
    const door = await openHeadless()
    const { client, socket } = socketClient(door, door.read)
    const messages = await client.station.watch({})
    await messages.next()
    const end = closed(socket)
    await door.close()
    expect(await end).toBe(1001)
    expect(door.station.listeners.size).toBe(0)
  })
})
