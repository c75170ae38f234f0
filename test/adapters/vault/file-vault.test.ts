/** Keys of a headless station: kept where only their owner reads them, shown by their ending alone. */
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { FileVault } from '../../../src/adapters/vault/file-vault.ts'

const KEYS = { apiKey: 'key-of-an-account-1234', secret: 'nobody may see this' }

describe('the vault of a headless station', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vault-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const opened = (environment = {}): FileVault => new FileVault(join(folder, 'keys.json'), environment)

  it('keeps keys by place, in a file of its owner alone, and forgets them', async () => {
    const vault = opened()
    expect(await vault.read('demo')).toBeNull()
    await vault.write('demo', KEYS)
    await vault.write('live', { ...KEYS, apiKey: 'another' })
    expect(await opened().read('demo')).toEqual(KEYS)
    expect(await opened().read('simulated')).toBeNull()
    if (process.platform !== 'win32') expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600)
    expect(await vault.remove('demo')).toBe(true)
    expect(await vault.remove('demo')).toBe(false)
    expect(await vault.read('demo')).toBeNull()
    await vault.remove('live')
    expect(readdirSync(folder)).toEqual([])
  })

  it('shows the ending of a key and nothing of its secret', async () => {
    const vault = opened()
    await vault.write('live', KEYS)
    const traces = await vault.list()
    expect(traces).toEqual([{ place: 'live', ending: '1234', keptIn: join(folder, 'keys.json'), canRemove: true }])
    expect(JSON.stringify(traces)).not.toContain('nobody')
  })

  it('the environment goes before the file, whole or not at all', async () => {
    await opened().write('live', KEYS)
    const environment = { BINANCE_LIVE_API_KEY: 'from-outside', BINANCE_LIVE_API_SECRET: 'x' }
    expect(await opened(environment).read('live')).toEqual({ apiKey: 'from-outside', secret: 'x' })
    expect(await opened(environment).list()).toMatchObject([{ ending: 'side', canRemove: false }])
    await expect(opened({ BINANCE_DEMO_API_KEY: 'alone' }).read('demo')).rejects.toThrow(
      'BINANCE_DEMO_API_KEY and BINANCE_DEMO_API_SECRET must be set together',
    )
  })

  it('refuses a file that others can read, and one it cannot understand', async () => {
    await opened().write('live', KEYS)
    const file = join(folder, 'keys.json')
    if (process.platform !== 'win32') {
      chmodSync(file, 0o644)
      await expect(opened().read('live')).rejects.toThrow('can be read by others')
    }
    writeFileSync(file, '{"live":17}')
    chmodSync(file, 0o600)
    await expect(opened().read('live')).rejects.toThrow('holds no keys that can be read')
  })
})
