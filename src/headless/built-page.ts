/** The control room as built: its page and the hashed files beside it, read from disk once. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Nothing inline, nothing from elsewhere; figures are placed by styles that scripts set, which this does not touch. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Names of hashed files never mean anything else: a browser may keep them for a year. */
const KEPT = 'public, max-age=31536000, immutable'

export interface BuiltFile {
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** By path on the door, `/` included; empty when the page was not built. */
export function builtPage(folder: string): ReadonlyMap<string, BuiltFile> {
  const files = new Map<string, BuiltFile>()
  if (!existsSync(join(folder, 'index.html'))) return files
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath, entry.name)
    const name = `/${path.slice(folder.length + 1).replaceAll('\\', '/')}`
    const isHashed = name.startsWith('/assets/')
    const headers: Record<string, string> = { 'content-type': type }
    if (isHashed) headers['cache-control'] = KEPT
    if (type.startsWith('text/html')) headers['content-security-policy'] = PAGE_POLICY
    files.set(name === '/index.html' ? '/' : name, { body: readFileSync(path), headers })
  }
  return files
}
