/** Electron's `app`: its life, its folders, its one instance. */
import { EventEmitter } from 'node:events'
import { join } from 'node:path'

import { preventable } from './preventable.ts'
import type { Recorder } from './recorder.ts'

export interface AppOptions {
  /** where its folders lie */
  readonly home: string
  /** false: another instance runs already */
  readonly isFirst: boolean
  readonly openWindows: () => readonly { close(): void; isDestroyed(): boolean }[]
}

export class FakeApp extends EventEmitter {
  readonly isPackaged = true
  readonly name = 'Signalbox'
  isSandboxed = false
  #isReady = false
  #isQuitting = false
  readonly #paths = new Map<string, string>()
  readonly #recorder: Recorder
  readonly #options: AppOptions

  constructor(recorder: Recorder, options: AppOptions) {
    super()
    this.#recorder = recorder
    this.#options = options
  }

  isReady(): boolean {
    return this.#isReady
  }

  whenReady(): Promise<void> {
    return this.#isReady ? Promise.resolve() : new Promise((resolve) => this.once('ready', () => resolve()))
  }

  becomeReady(): void {
    this.#isReady = true
    this.emit('ready')
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? join(this.#options.home, name)
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }

  getVersion(): string {
    return '0.0.0-test'
  }

  requestSingleInstanceLock(): boolean {
    return this.#options.isFirst
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
    this.isSandboxed = true
  }

  /** before-quit, then each window may refuse, then will-quit. */
  quit(): void {
    const before = preventable()
    this.emit('before-quit', before)
    if (before.defaultPrevented) return
    this.#isQuitting = true
    for (const window of this.#options.openWindows()) window.close()
    this.#isQuitting = this.#options.openWindows().every((window) => window.isDestroyed())
    const will = preventable()
    if (this.#isQuitting) this.emit('will-quit', will)
    if (!this.#isQuitting || will.defaultPrevented) return
    this.#recorder.note('quit')
    this.emit('quit', preventable(), 0)
  }

  exit(code: number): void {
    this.#recorder.note('exit', code)
    this.emit('quit', preventable(), code)
  }

  /** Electron quits when the last window is gone and nobody listens. */
  lastWindowClosed(): void {
    if (!this.#isQuitting && !this.emit('window-all-closed')) this.quit()
  }
}
