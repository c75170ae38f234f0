/** A thousand requests of twenty tokens at once: each is answered, nobody pays for a neighbour, and the market goes on meanwhile. */
import { expect, it } from 'vitest'

import { serveHeadless } from '../../src/headless/serve.ts'
import { addToken } from '../../src/headless/tokens.ts'
import { openStation } from '../fixtures/whole-station.ts'

const TOKENS = 20
const CALLS = 50
const PATHS = ['/api/policy', '/api/positions', '/api/account', '/api/station', '/api/usage']
const quiet = (): void => undefined

it('all are answered while the station goes on trading; who asks too often is held up alone', async () => {
  const station = await openStation({ 'simulator.symbols': 20, speed: '100' })
  const door = await serveHeadless({
    facade: station.facade,
    tokens: station.tokens,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    port: 0,
    settings: { requestsPerSecond: 1, requestBurst: CALLS },
    now: () => 0,
  })
  let told = 0
  station.rooms.bus.subscribe('market.ticker', () => told++)
  const toldAt: number[] = []
  const ask = async (token: string, path: string): Promise<number> => {
    const reply = await fetch(`${door.address}${path}`, { headers: { authorization: `Bearer ${token}` } })
    await reply.arrayBuffer()
    toldAt.push(told)
    return reply.status
  }
  try {
    const tokens = Array.from({ length: TOKENS }, (_, index) => addToken(station.tokens, `load-${index}`, 'read', 0))
    const answers = await Promise.all(
      tokens.flatMap((token) =>
        Array.from({ length: CALLS }, (_, index) => ask(token, PATHS[index % PATHS.length] ?? '/')),
      ),
    )
    expect(answers.length).toBe(TOKENS * CALLS)
    expect(new Set(answers)).toEqual(new Set([200]))
    // the market was told again and again while they were being answered
    expect(new Set(toldAt).size).toBeGreaterThan(5)
    expect(await ask(tokens[0]!, '/api/policy')).toBe(429)
    const fresh = addToken(station.tokens, 'fresh', 'read', 0)
    expect(await ask(fresh, '/api/policy')).toBe(200)
  } finally {
    await door.close()
    await station.stop()
  }
  expect(station.log.filter(({ level }) => level === 'error')).toEqual([])
})
