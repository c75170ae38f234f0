/** Where the keys of a home are kept: sealed by the system where the door can, else in a file of its owner. */
import { join } from 'node:path'

import { FileVault } from '../adapters/vault/file-vault.ts'
import { type Seal, SealedVault } from '../adapters/vault/sealed-vault.ts'
import type { Vault } from '../core/ports/vault.ts'

/** The vault of a headless station. */
export const fileVaultOf = (home: string): Vault => new FileVault(join(home, 'keys.json'), process.env)

/** The vault of the desktop. */
export const sealedVaultOf = (home: string, seal: Seal): Vault =>
  new SealedVault(join(home, 'keys.sealed.json'), seal, process.env)
