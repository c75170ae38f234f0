/** Seals secrets with the system's key store; where there is none, nothing is kept. */
import { safeStorage } from 'electron'

/** Linux without a key ring seals with a password that everybody knows: that is no seal. */
async function isReal(): Promise<boolean> {
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return false
  return safeStorage.isAsyncEncryptionAvailable()
}

/** Base64; null: this computer cannot keep a secret. */
export async function seal(secret: string): Promise<string | null> {
  return (await isReal()) ? (await safeStorage.encryptStringAsync(secret)).toString('base64') : null
}

/** Null: it was sealed by somebody else, or on another computer. */
export async function unseal(sealed: string): Promise<string | null> {
  try {
    return (await isReal()) ? (await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))).result : null
  } catch {
    return null
  }
}
