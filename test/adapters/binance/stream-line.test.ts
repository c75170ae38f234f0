/** One connection: up once, lost at most once; a subscription the exchange refuses is a lost line, not a silent one. */
import { describe, expect, it } from 'vitest'

import { StreamLine } from '../../../src/adapters/binance/stream-line.ts'
import type { UsdmClient } from '../../../src/adapters/binance/usdm-client.ts'

const URL = 'ws://127.0.0.1:1/market/ws/1'

async function staged(streams: readonly string[] = ['btcusdt@kline_1m']) {
  const listeners = new Map<string, (message: unknown) => void>()
  const sent: unknown[] = []
  let cut: (reason: unknown) => void = () => undefined
  const client = {
    listeners,
    clients: {},
    client: () => ({ connected: Promise.resolve() }),
    watchMultiple: (_url: string, _hashes: unknown, request: unknown) => {
      sent.push(request)
      return new Promise((_resolve, reject) => (cut = reject))
    },
  } as unknown as UsdmClient
  const told: string[] = []
  const line = new StreamLine({
    client,
    url: URL,
    streams,
    onMessage: (message) => told.push(JSON.stringify(message)),
    onUp: () => told.push('up'),
    onLost: (reason) => told.push(`lost: ${reason}`),
  })
  await line.open()
  const hear = (message: unknown): void => listeners.get(URL)?.(message)
  return { line, hear, told, sent, cut: (reason: unknown) => cut(reason), listeners }
}

describe('a connection', () => {
  it('asks for all its streams in one message', async () => {
    const { sent, told } = await staged(['a@kline_1m', 'b@kline_1m'])
    expect(sent).toEqual([{ method: 'SUBSCRIBE', params: ['a@kline_1m', 'b@kline_1m'], id: 1 }])
    expect(told).toEqual(['up'])
  })

  it.each([
    ['in a box', { error: { code: 2, msg: 'Invalid request' }, id: 1 }],
    ['flat', { code: 2, msg: 'Invalid request', id: 1 }],
  ])('a subscription that is refused, %s, is a lost line', async (_shape, refusal) => {
    const { hear, told, listeners } = await staged()
    hear({ result: null, id: 1 })
    hear(refusal)
    expect(told).toEqual(['up', '{"result":null,"id":1}', expect.stringMatching(/^lost: .*refused.*Invalid request/u)])
    expect(listeners.size).toBe(0)
  })

  it('is lost once, whatever else happens to it, and its address is not told whole', async () => {
    const { hear, told, cut } = await staged()
    cut(new Error(`${URL}?listenKey=secret closed by remote`))
    await Promise.resolve()
    await Promise.resolve()
    hear({ error: {}, id: 1 })
    expect(told).toEqual(['up', `lost: Error: ${URL} closed by remote`])
  })

  it('closed on purpose it tells nothing more', async () => {
    const { line, told, cut } = await staged()
    line.close()
    cut(new Error('closed'))
    await Promise.resolve()
    await Promise.resolve()
    expect(told).toEqual(['up'])
  })
})
