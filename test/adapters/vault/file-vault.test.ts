/** Keys of a headless station: kept where only their owner reads them, shown by their ending alone. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { FileVault } from '../../../src/adapters/vault/file-vault.ts'
import { describeVault, KEYS } from './vault-contract.ts'

describeVault({
  name: 'the vault of a headless station',
  file: 'keys.json',
  keptIn: (folder) => join(folder, 'keys.json'),
  open: (folder, environment) => new FileVault(join(folder, 'keys.json'), environment),
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('refuses a file that others can read, and one it cannot understand', async () => {
  const file = join(folder, 'keys.json')
  const vault = new FileVault(file, {})
  await vault.write('live', KEYS)
  if (process.platform !== 'win32') {
    chmodSync(file, 0o644)
    await expect(vault.read('live')).rejects.toThrow('can be read by others')
  }
  writeFileSync(file, '{"live":17}')
  chmodSync(file, 0o600)
  await expect(vault.read('live')).rejects.toThrow('holds no keys that can be read')
})
