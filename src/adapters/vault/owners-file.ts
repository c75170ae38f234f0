/** A small file that nobody but its owner can read: written whole or not at all, refused when others could read it. */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const OWNER_ONLY = 0o600
const OTHERS_MAY = 0o077

/** Null: there is none. @throws when others can read it */
export function readOwners(file: string): string | null {
  try {
    if (process.platform !== 'win32' && (statSync(file).mode & OTHERS_MAY) !== 0)
      throw new Error(`${file} can be read by others; chmod 600 it, and make new keys if that was so for long`)
    return readFileSync(file, 'utf8')
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return null
    throw problem
  }
}

/** Never readable by others, not even for a moment. */
export function writeOwners(file: string, text: string): void {
  const draft = `${file}.${process.pid}.new`
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(draft, text, { mode: OWNER_ONLY })
  chmodSync(draft, OWNER_ONLY)
  renameSync(draft, file)
}

export const removeOwners = (file: string): void => rmSync(file, { force: true })
