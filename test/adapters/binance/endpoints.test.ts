/** Simulated money never leaves this machine, real money never travels unencrypted. */
import { describe, expect, it } from 'vitest'

import { endpointsOf } from '../../../src/adapters/binance/endpoints.ts'
import { BINANCE_SETTINGS } from '../../../src/adapters/binance/settings.ts'
import { usdmClient } from '../../../src/adapters/binance/usdm-client.ts'

const here = { rest: 'http://127.0.0.1:9001', stream: 'ws://127.0.0.1:9001' }

describe('addresses', () => {
  it('a simulated venue is on this machine', () => {
    expect(endpointsOf('simulated', here)).toMatchObject(here)
    expect(() => endpointsOf('simulated', { ...here, stream: 'wss://fstream.binance.com' })).toThrow(
      'stream of a simulated venue must be on this machine, was fstream.binance.com',
    )
    expect(() => endpointsOf('simulated')).toThrow('rest must be an address')
  })

  it('demo and live are encrypted, or here', () => {
    expect(endpointsOf('live').rest).toMatch(/^https:/u)
    expect(() => endpointsOf('live', { rest: 'http://fapi.example' })).toThrow('rest must be encrypted')
    expect(endpointsOf('demo', here).rest).toBe(here.rest)
  })

  it('the client of a simulated venue knows no other machine', () => {
    const endpoints = endpointsOf('simulated', here)
    const keys = { apiKey: 'key', secret: 'secret' }
    const client = usdmClient({ environment: 'simulated', endpoints, keys, settings: BINANCE_SETTINGS, now: Date.now })
    const addresses = JSON.stringify(client.urls['api'])
    expect(addresses).not.toContain('binance.com')
    expect(() =>
      usdmClient({
        environment: 'simulated',
        endpoints: { ...endpoints, rest: 'https://fapi.binance.com' },
        keys,
        settings: BINANCE_SETTINGS,
        now: Date.now,
      }),
    ).toThrow('must stay on this machine')
  })
})
