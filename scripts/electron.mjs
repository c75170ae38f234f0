// Where the Electron binary is, and whether a window can be opened here.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { root } from './toolchain.mjs'

const NAMES = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }

/** The folder of its distribution: named in the environment, or where its package puts it. */
export const electronFolder = () =>
  process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules', 'electron', 'dist')

/** Null: there is none. */
export function findElectron() {
  const path = join(electronFolder(), NAMES[process.platform] ?? 'electron')
  return existsSync(path) ? path : null
}

/** Electron refuses to run as root with its sandbox on, and without one it is not for people. */
export const isRoot = () => process.platform === 'linux' && process.getuid() === 0

export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
