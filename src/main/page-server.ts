/** Serves the built page under a scheme of its own, with its policy in every answer: nothing comes from or goes elsewhere. */
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

export const SCHEME = 'app'
export const HOME = 'app://signalbox'
export const HOME_PAGE = `${HOME}/index.html`

/** The contract comes over a port, so the page connects to nothing. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

const refusal = (status: number): Response =>
  new Response(null, { status, headers: { ...PAGE_HEADERS, 'content-security-policy': "default-src 'none'" } })

/** Answers requests for files of `folder`; anything but reading one of them is refused. */
export async function servePage(request: Request, folder: string): Promise<Response> {
  if (request.method !== 'GET') return refusal(405)
  const file = fileOf(request.url, folder)
  const type = file === null ? undefined : TYPES[extname(file)]
  if (file === null || type === undefined) return refusal(404)
  try {
    const body = new Uint8Array(await readFile(file))
    return new Response(body, { headers: { ...PAGE_HEADERS, 'content-type': type, 'content-security-policy': POLICY } })
  } catch {
    return refusal(404)
  }
}

function fileOf(address: string, folder: string): string | null {
  try {
    const file = normalize(join(folder, decodeURIComponent(new URL(address).pathname)))
    return file.startsWith(folder + sep) && !file.includes('\0') ? file : null
  } catch {
    return null
  }
}
