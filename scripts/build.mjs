// Builds both doors, the preload and the page into `out`, always or only when a source is newer than what is built.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { root } from './toolchain.mjs'

/** The headless door as built. */
export const station = join(root, 'out', 'main', 'headless.js')

/** The station makes much short-lived garbage and keeps little: these keep its memory near what it needs. */
export const leanFlags = ['--max-semi-space-size=4', '--heap-growing-percent=100']

/** The answer is the exit code. */
export function build({ node, env, bin }) {
  const done = spawnSync(node, [bin('electron-vite'), 'build', '--logLevel', 'warn'], {
    cwd: root,
    env,
    stdio: 'inherit',
  })
  return done.status ?? 1
}

/** The answer is the exit code, 0 where nothing had to be built. */
export function buildIfStale(toolchain) {
  const sources = [join(root, 'src'), join(root, 'package.json'), join(root, 'electron.vite.config.ts')]
  const isFresh = existsSync(station) && statSync(station).mtimeMs > Math.max(...sources.map(newest))
  return isFresh ? 0 : build(toolchain)
}

function newest(path) {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0)
}
