/** The control room as built: its page and the hashed files beside it. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative } from 'node:path'

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

interface BuiltFile {
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** Read when it is first asked for, and again when the page was built anew under a running station. */
export class BuiltPage {
  readonly #folder: string | undefined
  #builtAt = -1
  #files: ReadonlyMap<string, BuiltFile> = new Map()

  /** `folder` undefined: there is no built page */
  constructor(folder: string | undefined) {
    this.#folder = folder
  }

  /** The file at a path of the door, `/` being the page itself. */
  file(path: string): BuiltFile | undefined {
    if (this.#folder !== undefined && (path === '/' || this.#builtAt < 0)) this.#readIfNew(this.#folder)
    return this.#files.get(path)
  }

  #readIfNew(folder: string): void {
    const builtAt = statSync(join(folder, 'index.html'), { throwIfNoEntry: false })?.mtimeMs
    if (builtAt === undefined || builtAt === this.#builtAt) return
    this.#files = filesOf(folder)
    this.#builtAt = builtAt
  }
}

function filesOf(folder: string): ReadonlyMap<string, BuiltFile> {
  const files = new Map<string, BuiltFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath, entry.name)
    const name = `/${relative(folder, path).replaceAll('\\', '/')}`
    const headers: Record<string, string> = { 'content-type': type }
    if (name.startsWith('/assets/')) headers['cache-control'] = KEPT
    if (type.startsWith('text/html')) headers['content-security-policy'] = PAGE_POLICY
    files.set(name === '/index.html' ? '/' : name, { body: readFileSync(path), headers })
  }
  return files
}
