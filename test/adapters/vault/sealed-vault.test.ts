/** Keys of the desktop: sealed before they touch the disk; without a key store nothing is kept. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { type Seal, SealedVault } from '../../../src/adapters/vault/sealed-vault.ts'
import { describeVault, KEYS } from './vault-contract.ts'

/** Seals as the key store of one person does. */
const sealOf = (owner: string): Seal => ({
  seal: async (text) => Buffer.from(`${owner}:${text}`).toString('base64'),
  unseal: async (sealed) => {
    const text = Buffer.from(sealed, 'base64').toString()
    return text.startsWith(`${owner}:`) ? text.slice(owner.length + 1) : null
  },
})

const NO_STORE: Seal = { seal: async () => null, unseal: async () => null }
const FILE = 'keys.sealed.json'

describeVault({
  name: 'the vault of the desktop',
  file: FILE,
  keptIn: () => "this computer's key store",
  open: (folder, environment) => new SealedVault(join(folder, FILE), sealOf('me'), environment),
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const opened = (seal: Seal): SealedVault => new SealedVault(join(folder, FILE), seal, {})

it('nothing of a key but its ending is on the disk', async () => {
  await opened(sealOf('me')).write('live', KEYS)
  const text = readFileSync(join(folder, FILE), 'utf8')
  expect(text).toContain('1234')
  expect(text).not.toContain(KEYS.apiKey)
  expect(text).not.toContain(KEYS.secret)
})

it('without a key store nothing is kept, and a sentence says why', async () => {
  const vault = opened(NO_STORE)
  expect(await vault.cannotKeep()).toMatch(/no key store/)
  await expect(vault.write('live', KEYS)).rejects.toThrow('no key store')
  expect(await vault.list()).toEqual([])
  expect(readdirSync(folder)).toEqual([])
})

it('what somebody else has sealed is told and not used', async () => {
  await opened(sealOf('me')).write('demo', KEYS)
  await expect(opened(sealOf('somebody else')).read('demo')).rejects.toThrow('cannot be unsealed on this computer')
  await expect(opened(NO_STORE).read('demo')).rejects.toThrow('cannot be unsealed on this computer')
  expect(await opened(NO_STORE).remove('demo')).toBe(true)
})
