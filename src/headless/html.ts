/** Pages that carry everything in themselves: one style, one script, both named by their hash in the policy of the page. */
import { createHash } from 'node:crypto'

/** What every answer carries; pages add what they themselves need. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

export interface Page {
  readonly html: string
  readonly contentSecurityPolicy: string
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** `script` and `style` are ours, never built from what others said. */
export function pageOf(parts: {
  readonly title: string
  readonly body: string
  readonly style: string
  readonly script?: string
}): Page {
  const script = parts.script === undefined ? '' : `<script>${parts.script}</script>`
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(parts.title)}</title>
<link rel="icon" href="data:,">
<style>${parts.style}</style>
</head>
<body>
${parts.body}
${script}
</body>
</html>
`
  const sources = [
    "default-src 'none'",
    `style-src ${sourceOf(parts.style)}`,
    parts.script === undefined ? "script-src 'none'" : `script-src ${sourceOf(parts.script)}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]
  return { html, contentSecurityPolicy: sources.join('; ') }
}

/** Calm, dense, dark or light as the system is. */
export const BASE_STYLE = `
:root { color-scheme: light dark; --page: #f6f7f8; --card: #fff; --ink: #1c2126; --quiet: #5c6670; --line: #dde1e5; --mark: #0b6e8f }
@media (prefers-color-scheme: dark) {
  :root { --page: #14171a; --card: #1c2024; --ink: #e4e7ea; --quiet: #98a2ac; --line: #2d3338; --mark: #6cc3dd }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink); font: 14px/1.45 system-ui, sans-serif; font-variant-numeric: tabular-nums }
main { max-width: 1080px; margin: 0 auto; padding: 20px }
h1 { font-size: 18px; font-weight: 600; margin: 0 0 4px }
h2 { font-size: 13px; font-weight: 600; margin: 0 0 8px; color: var(--quiet) }
a { color: var(--mark) }
code, pre { font: 12px/1.5 ui-monospace, monospace }
.quiet { color: var(--quiet) }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 12px 14px; margin: 0 0 12px }
`
