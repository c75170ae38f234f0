/** Why the exchange cannot be reached, in words for people; never a long wait. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach, describe, expect, it } from 'vitest'

import { whyUnreachable } from '../../../src/adapters/binance/reach.ts'

const PATIENCE_MS = 5000

describe('a look whether the exchange answers', () => {
  const servers: Server[] = []

  /** null: it takes the question and says nothing */
  const listening = async (status: number | null): Promise<string> => {
    const server = createServer((request, response) => {
      if (status !== null) response.writeHead(request.url === '/fapi/v1/ping' ? status : 404).end('{}')
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const gone = (server: Server): Promise<unknown> =>
    new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    })

  afterEach(async () => {
    await Promise.all(servers.splice(0).map(gone))
  })

  it('says nothing where it answers', async () => {
    expect(await whyUnreachable(await listening(200), PATIENCE_MS)).toBeNull()
  })

  it('names what keeps it away', async () => {
    expect(await whyUnreachable(await listening(451), PATIENCE_MS)).toMatch(
      /answers 451: it does not serve this place$/,
    )
    expect(await whyUnreachable(await listening(500), PATIENCE_MS)).toMatch(/answers 500$/)
  })

  it('a closed door is told as one', async () => {
    const address = await listening(200)
    await Promise.all(servers.splice(0).map(gone))
    expect(await whyUnreachable(address, PATIENCE_MS)).toBe(`${new URL(address).host} refuses connections`)
  })

  it('a name that nobody knows is no network', async () => {
    expect(await whyUnreachable('https://exchange.invalid', PATIENCE_MS)).toMatch(/^exchange\.invalid cannot be found/)
  })

  it('waits for silence no longer than it is told to', async () => {
    expect(await whyUnreachable(await listening(null), 50)).toMatch(/does not answer within 0\.05 s$/)
  })
})
