/** Finds a Chromium for the tests of the screens and of the desktop, and brings one where none is. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

import { chromium } from '@playwright/test'

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const BRING_TIMEOUT_MS = 240_000

/** A browser whose libraries are missing is none. Asking is safe on Linux only: elsewhere it would open a window. */
const works = (path: string): boolean =>
  existsSync(path) && (process.platform !== 'linux' || spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0)

/** The path of one that works: what `CHROMIUM` names, the system's, Playwright's own; null: there is none. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM']
  const candidates = named === undefined ? [...SYSTEM, chromium.executablePath()] : [named]
  return candidates.find(works) ?? null
}

/** Finds one or brings one; null, after a clear line, when none can be had. `playwright` is the path of its command. */
export function ensureChromium(playwright: string): string | null {
  const found = findChromium()
  if (found !== null || process.env['CHROMIUM'] !== undefined) return found ?? absent()
  console.error('signalbox: bringing a Chromium for the tests of the screens (once)')
  run(process.execPath, [playwright, 'install', 'chromium'])
  return findChromium() ?? fromDebian() ?? absent()
}

function fromDebian(): string | null {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return null
  run('apt-get', ['update', '-q'])
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'])
  return findChromium()
}

/** Its words go to the standard error output, as everything about bringing what is missing. */
function run(program: string, args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync(program, args, { stdio: ['ignore', 2, 2], timeout: BRING_TIMEOUT_MS, env })
}

function absent(): null {
  const named = process.env['CHROMIUM']
  console.error(
    named === undefined
      ? 'signalbox: no Chromium was found and none could be brought: install chromium, or name one in CHROMIUM'
      : `signalbox: CHROMIUM names ${named}, which does not run`,
  )
  return null
}
