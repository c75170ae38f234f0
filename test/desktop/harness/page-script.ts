/** What a page's preload world is given before the page: Electron's side of it, and the preload as built. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'

const PAGE_SIDE = readFileSync(join(import.meta.dirname, 'page-side.js'), 'utf8')

export interface Preferences {
  readonly preload?: string
  readonly sandbox: boolean
  readonly contextIsolation: boolean
  readonly nodeIntegration: boolean
  readonly webSecurity: boolean
}

/** Electron's defaults, so that forgetting shows. */
export function effective(given: Partial<Preferences>, isSandboxed: boolean): Preferences {
  const nodeIntegration = given.nodeIntegration ?? false
  const sandbox = given.sandbox ?? (isSandboxed || !nodeIntegration)
  return { contextIsolation: true, webSecurity: true, ...given, nodeIntegration, sandbox }
}

/** @throws SyntaxError when the preload is no script */
export function preloadScript(prefs: Preferences, mutated: (path: string, source: string) => string): string {
  let run = ''
  if (prefs.preload !== undefined) {
    const source = mutated(prefs.preload, readFileSync(prefs.preload, 'utf8'))
    run = `(function (require, process, exports, module) {\n${source}\n})`
    void new Script(run)
  }
  const given = `const PREFS = ${JSON.stringify(prefs)};\n${PAGE_SIDE}`
  return inMainFrame(`${given}\n preloadWorld(${run})`)
}

/** For the page's own world. */
export const pageScript = (): string => inMainFrame(`${PAGE_SIDE}\n pageWorld()`)

/** CDP runs scripts in every frame, Electron in the main frame only. */
const inMainFrame = (script: string): string => `if (window === window.top) { ${script} }`
