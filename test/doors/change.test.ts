/** Another station behind the same door: who looks waits for it, a deed meant for the one before is not done by it. */
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import type { StationBehind } from '../../src/headless/inside.ts'
import { FakeStation } from '../fixtures/facade.ts'
import { openHeadless, restClient, type HeadlessDoor } from './headless-doors.ts'
import { ask, at, expectError, post } from './http-client.ts'

const doors: HeadlessDoor[] = []
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close()
})

/** A door between two stations: `arrive` brings the second. */
async function betweenStations() {
  const door = await openHeadless()
  doors.push(door)
  const coming = Promise.withResolvers<StationBehind>()
  const second = new FakeStation()
  second.policy.change({ maxPositions: 3 }, { actor: 'user', reason: 'told apart by this' })
  return { door, second, coming, arrive: () => coming.resolve({ facade: second }) }
}

test('address, token and session stay; the second station answers', async () => {
  const { door, coming, arrive } = await betweenStations()
  const signedIn = await fetch(door.signInLink(), { redirect: 'manual' })
  const headers = { cookie: (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '' }
  const changed = door.change(() => coming.promise)
  arrive()
  await changed
  expect((await restClient(door, door.control).policy.get()).policy.max_positions).toBe(3)
  expect((await fetch(`${door.address}/api/policy`, { headers })).status).toBe(200)
})

test('who looks meanwhile waits and is answered by the second', async () => {
  const { door, coming, arrive } = await betweenStations()
  const changed = door.change(() => coming.promise)
  const looking = ask(door, '/api/policy')
  const socket = new WebSocket(`${door.address.replace('http', 'ws')}/ws`, {
    headers: { authorization: `Bearer ${door.control}` },
  })
  const opened = new Promise((resolve) => socket.on('open', resolve))
  arrive()
  await changed
  expect(at(await looking, 'policy.max_positions')).toBe(3)
  await opened
  socket.close()
})

test('a deed that comes meanwhile is told to come again, and done by nobody', async () => {
  const { door, second, coming, arrive } = await betweenStations()
  const changed = door.change(() => coming.promise)
  expectError(await ask(door, '/api/emergency/engage', post({ reason: 'too late' })), 429, 'RATE_LIMITED')
  arrive()
  await changed
  expect([...door.station.writes, ...second.writes]).toEqual([])
})

test('open sockets are told to come again, and what they still say is not heard', async () => {
  const { door, second, coming, arrive } = await betweenStations()
  const socket = new WebSocket(`${door.address.replace('http', 'ws')}/ws`, {
    headers: { authorization: `Bearer ${door.control}` },
  })
  await new Promise((resolve) => socket.on('open', resolve))
  const closed = new Promise((resolve) => socket.on('close', resolve))
  const changed = door.change(() => coming.promise)
  socket.send(JSON.stringify({ i: '1', p: { u: '/emergency/engage', b: { json: { reason: 'too late' } } } }))
  expect(await closed).toBe(1001)
  arrive()
  await changed
  expect([...door.station.writes, ...second.writes]).toEqual([])
})
