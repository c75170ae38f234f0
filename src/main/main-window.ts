/** The one window: locked down, where it was, loaded again when its page dies. */
import { BrowserWindow, type Rectangle, screen } from 'electron'

import type { DesktopFile } from './desktop-file.ts'
import { HOME_PAGE } from './page-server.ts'
import { LEAST, placeOn } from './window-place.ts'

export interface MainWindowDeps {
  readonly preload: string
  readonly icon: string
  /** the development server's page instead of the built one; null where there is none */
  readonly developmentPage: string | null
  readonly file: DesktopFile
  /** false: closing it hides it, the station runs on */
  readonly mayClose: () => boolean
  readonly hidden: () => void
  readonly log: (event: string, fields: Readonly<Record<string, unknown>>) => void
}

const BACKGROUND = '#17191d'
const SAVE_AFTER_MS = 500

export function openMainWindow(deps: MainWindowDeps): BrowserWindow {
  const { file, preload, icon } = deps
  const { isMaximized, ...bounds } = placeOn(workAreas(), file.memory.window)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: Math.min(LEAST.width, bounds.width),
    minHeight: Math.min(LEAST.height, bounds.height),
    title: 'Signalbox',
    icon,
    show: false,
    backgroundColor: BACKGROUND,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  if (isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  // the title says which station and money this is: not the page's to change
  window.on('page-title-updated', (event) => event.preventDefault())
  rememberPlace(window, file)
  window.on('close', (event) => {
    if (deps.mayClose()) return
    event.preventDefault()
    window.hide()
    deps.hidden()
  })
  reloadWhenGone(window, deps.log)
  window.loadURL(deps.developmentPage ?? HOME_PAGE).catch((problem: unknown) => {
    deps.log('page_not_loaded', { problem: String(problem) })
  })
  return window
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function workAreas(): Rectangle[] {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  return [primary, ...others].map(({ workArea }) => workArea)
}

function rememberPlace(window: BrowserWindow, file: DesktopFile): void {
  const save = (): void => {
    if (window.isDestroyed()) return
    const { x, y, width, height } = window.getNormalBounds()
    file.remember({ window: { x, y, width, height, isMaximized: window.isMaximized() } })
  }
  let timer: NodeJS.Timeout | undefined
  const saveSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(save, SAVE_AFTER_MS).unref()
  }
  window.on('resize', saveSoon)
  window.on('move', saveSoon)
  window.on('close', save)
}

/** One crash is made good at once; a page that keeps crashing is given time, so that it does not spin. */
const WAITS_MS = [0, 1000, 5000, 15_000]
const FORGIVEN_AFTER_MS = 60_000

function reloadWhenGone(window: BrowserWindow, log: MainWindowDeps['log']): void {
  let crashes: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    const now = performance.now()
    crashes = [...crashes.filter((at) => now - at < FORGIVEN_AFTER_MS), now]
    const wait = WAITS_MS[Math.min(crashes.length, WAITS_MS.length) - 1]
    log('page_gone', { reason, exitCode, crashes: crashes.length, reloadsInMs: wait })
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload()
    }, wait)
  })
}
