/** Where the station of a data folder listens: a file beside its token, for programs on this machine. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const fileIn = (folder: string): string => join(folder, 'address')

/** Returns what takes it away again. */
export function tellAddress(folder: string, address: string): () => void {
  writeFileSync(fileIn(folder), `${address}\n`, { mode: 0o600 })
  return () => rmSync(fileIn(folder), { force: true })
}

/** Null: none was told. It may be of a station that has died. */
export function addressIn(folder: string): string | null {
  try {
    return readFileSync(fileIn(folder), 'utf8').trim()
  } catch {
    return null
  }
}
