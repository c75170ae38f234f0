/** Electron's BrowserWindow: bounds and visibility of its own, its page in Chromium. */
import { EventEmitter } from 'node:events'

import { FakeContents, type Stage } from './fake-contents.ts'
import { effective, type Preferences } from './page-script.ts'
import { preventable } from './preventable.ts'
import type { Recorder } from './recorder.ts'

interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WindowOptions extends Partial<Rectangle> {
  readonly webPreferences?: Partial<Preferences>
  readonly show?: boolean
  readonly minWidth?: number
  readonly minHeight?: number
  readonly modal?: boolean
}

export class FakeWindow extends EventEmitter {
  readonly webContents: FakeContents
  readonly options: WindowOptions
  title = ''
  #bounds: Rectangle
  #isVisible: boolean
  #isMaximized = false
  #isMinimized = false
  #isDestroyed = false
  readonly #stage: Stage

  constructor(stage: Stage, options: WindowOptions, id: number) {
    super()
    if (!stage.app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    this.#stage = stage
    this.options = options
    this.#isVisible = options.show !== false
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
    this.webContents = new FakeContents(stage, this, effective(options.webPreferences ?? {}, stage.app.isSandboxed), id)
    stage.app.emit('web-contents-created', preventable(), this.webContents)
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }

  setTitle(title: string): void {
    this.title = title
  }

  show(): void {
    this.#isVisible = true
    this.emit('show')
  }

  hide(): void {
    this.#isVisible = false
    this.emit('hide')
  }

  isVisible(): boolean {
    return this.#isVisible
  }

  minimize(): void {
    this.#isMinimized = true
  }

  restore(): void {
    this.#isMinimized = false
  }

  isMinimized(): boolean {
    return this.#isMinimized
  }

  maximize(): void {
    this.#isMaximized = true
  }

  isMaximized(): boolean {
    return this.#isMaximized
  }

  /** As a person drags it. */
  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    this.emit('resize')
    this.emit('move')
  }

  getNormalBounds(): Rectangle {
    return this.#bounds
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  close(): void {
    const event = preventable()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    this.webContents.documentGone()
    void this.webContents.ready.then(
      () => this.webContents.page.close(),
      () => {},
    )
    this.emit('closed')
    this.#stage.app.emit('harness-window-gone')
  }
}

/** The class as main sees it: every window is remembered, and what it does not know is recorded. */
export function windowKind(stage: Stage, recorder: Recorder, windows: FakeWindow[]): object {
  const open = (options: WindowOptions = {}): FakeWindow => {
    const window = new FakeWindow(stage, options, windows.length + 1)
    windows.push(window)
    window.on('harness-open', (url: string) => void open().loadURL(url))
    return recorder.around('BrowserWindow', window)
  }
  stage.app.on('harness-window-gone', () => {
    if (windows.every((window) => window.isDestroyed())) stage.app.lastWindowClosed()
  })
  const constructable = function () {}
  const kind = new Proxy(constructable, { construct: (_target, [options]: [WindowOptions?]) => open(options) })
  return Object.assign(kind, { getAllWindows: () => windows.filter((window) => !window.isDestroyed()) })
}
