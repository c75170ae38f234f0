/** One suite for every vault: what it keeps is its owner's alone, is shown by its ending, and leaves no trace when removed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Vault } from '../../../src/core/ports/vault.ts'

export const KEYS = { apiKey: 'key-of-an-account-1234', secret: 'nobody may see this' }

export interface VaultUnderTest {
  readonly name: string
  /** its one file */
  readonly file: string
  /** as people are told where it keeps */
  readonly keptIn: (folder: string) => string
  readonly open: (folder: string, environment: Readonly<Record<string, string>>) => Vault
}

export function describeVault({ name, file, keptIn, open }: VaultUnderTest): void {
  describe(name, () => {
    let folder: string
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'vault-'))
    })
    afterEach(() => rmSync(folder, { recursive: true }))
    const opened = (environment = {}): Vault => open(folder, environment)

    it('keeps keys by place, in a file of its owner alone, and forgets them', async () => {
      const vault = opened()
      expect(await vault.read('demo')).toBeNull()
      await vault.write('demo', KEYS)
      await vault.write('live', { ...KEYS, apiKey: 'another' })
      expect(await opened().read('demo')).toEqual(KEYS)
      expect(await opened().read('simulated')).toBeNull()
      if (process.platform !== 'win32') expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
      expect(await vault.remove('demo')).toBe(true)
      expect(await vault.remove('demo')).toBe(false)
      expect(await vault.read('demo')).toBeNull()
      expect(readFileSync(join(folder, file), 'utf8')).not.toContain('1234')
      await vault.remove('live')
      expect(readdirSync(folder)).toEqual([])
    })

    it('shows the ending of a key and nothing of its secret', async () => {
      const vault = opened()
      await vault.write('live', KEYS)
      const traces = await vault.list()
      expect(traces).toEqual([{ place: 'live', ending: '1234', keptIn: keptIn(folder), canRemove: true }])
      expect(JSON.stringify(traces)).not.toContain('nobody')
      expect((await vault.cannotKeep?.()) ?? null).toBeNull()
    })

    it('the environment goes before what is kept, whole or not at all', async () => {
      await opened().write('live', KEYS)
      const environment = { BINANCE_LIVE_API_KEY: 'from-outside', BINANCE_LIVE_API_SECRET: 'x' }
      expect(await opened(environment).read('live')).toEqual({ apiKey: 'from-outside', secret: 'x' })
      expect(await opened(environment).list()).toMatchObject([{ ending: 'side', canRemove: false }])
      await expect(opened({ BINANCE_DEMO_API_KEY: 'alone' }).read('demo')).rejects.toThrow(
        'BINANCE_DEMO_API_KEY and BINANCE_DEMO_API_SECRET must be set together',
      )
    })
  })
}
