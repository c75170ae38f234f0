/** The desktop's door under the suite of every door: through the real page, the built preload and the built main. */
import { afterAll, beforeAll } from 'vitest'

import { describeDoor } from '../doors/conformance.ts'
import type { Client } from '../doors/door-under-test.ts'
import { FakeStation } from '../fixtures/facade.ts'
import { closeBrowser, type Desktop, launch, MAIN, type Mutation } from './harness/launch.ts'
import { clientOf } from './port-client.ts'
import { Stage } from './staged-station.ts'

/** A page of the desktop may always control; the suite also wants somebody who may only look. */
const READING: Mutation = [MAIN, 'scope: "control"', 'scope: "read"']

const stage = new Stage(new FakeStation())
const desktops: Desktop[] = []

async function openDesktop(...mutate: Mutation[]): Promise<Client> {
  const desktop = await launch({ mutate: [...stage.mutations, ...mutate] })
  desktops.push(desktop)
  const { page } = await desktop.window()
  return clientOf(page)
}

const clients = Promise.withResolvers<{ control: Client; read: Client }>()

beforeAll(async () => {
  clients.resolve({ control: await openDesktop(), read: await openDesktop(READING) })
})

afterAll(async () => {
  for (const desktop of desktops) await desktop.close()
  await closeBrowser()
})

describeDoor({
  name: 'the desktop’s port',
  async open() {
    stage.use(new FakeStation())
    return { ...(await clients.promise), symbol: 'BTCUSDT', close: () => Promise.resolve() }
  },
})
