/** Bearer tokens: made here, shown once, kept only as their SHA-256; and the file that holds the local one. */
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { TokenRow, TokenShelf } from '../station/answers/index.ts'

/** lower-case hex SHA-256 */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** 256 random bits as text */
export const newSecret = (): string => randomBytes(32).toString('base64url')

const NAME = /^[a-z0-9][a-z0-9_-]{0,31}$/
const LOCAL_TOKEN = 'local'

/** Makes a token, keeps its hash and returns its text: the only time it is seen. Throws on a bad or taken name. */
export function addToken(shelf: TokenShelf, name: string, scope: TokenRow['scope'], now: number): string {
  if (!NAME.test(name))
    throw new Error(
      `a token's name is 1…32 of a-z, 0-9, - and _, starting with a letter or digit; was ${JSON.stringify(name)}`,
    )
  if (shelf.list().some((row) => row.name === name)) throw new Error(`there is a token named ${name} already`)
  const token = `sbx_${newSecret()}`
  shelf.add({ name, scope, hash: hashOf(token), createdAt: now })
  return token
}

/** Rows of signed-in browsers; no token can be named like that. */
export const SESSION_PREFIX = 'browser '

export const isSession = ({ name }: TokenRow): boolean => name.startsWith(SESSION_PREFIX)

/** A browser's session is no token. */
export function findToken(shelf: TokenShelf, token: string): TokenRow | null {
  const row = token.length > 200 ? null : shelf.find(hashOf(token))
  return row === null || isSession(row) ? null : row
}

/** Written whole or not at all, readable by its owner only. */
export function writeTokenFile(file: string, token: string): void {
  const draft = `${file}.${process.pid}.new`
  writeFileSync(draft, `${token}\n`, { mode: 0o600 })
  chmodSync(draft, 0o600)
  renameSync(draft, file)
}

/** The control token in the data folder: the one that is there if it is still known, else a new one. */
export function ensureLocalToken(folder: string, shelf: TokenShelf, now: number): string {
  const file = join(folder, 'token')
  const kept = readToken(file)
  if (kept !== null && findToken(shelf, kept)?.scope === 'control') {
    chmodSync(file, 0o600)
    return kept
  }
  shelf.remove(LOCAL_TOKEN)
  const token = addToken(shelf, LOCAL_TOKEN, 'control', now)
  writeTokenFile(file, token)
  return token
}

function readToken(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}
