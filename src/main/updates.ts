/**
 * New releases: looked for in the feed that the package names and downloaded beside. One is installed only when a person
 * asks for it, and never under open positions.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import type { AppUpdater } from 'electron-updater'

export type Updater = Pick<
  AppUpdater,
  'autoDownload' | 'autoInstallOnAppQuit' | 'logger' | 'checkForUpdates' | 'quitAndInstall'
> & {
  on(event: 'update-downloaded', listener: (news: { readonly version: string }) => void): unknown
}

export interface UpdatesListeners {
  /** a release is ready */
  readonly downloaded: (version: string) => void
  readonly failed: (problem: unknown) => void
}

const LOOK_EVERY_MS = 6 * 3_600_000

export class Updates {
  readonly #updater: Updater
  readonly #listeners: UpdatesListeners
  readonly #timer: NodeJS.Timeout
  #ready: string | null = null

  constructor(updater: Updater, listeners: UpdatesListeners) {
    this.#updater = updater
    this.#listeners = listeners
    updater.autoDownload = true
    // a quit is a quit: nobody is to find another program, or one that trades again, after it
    updater.autoInstallOnAppQuit = false
    updater.logger = null
    updater.on('update-downloaded', ({ version }) => {
      this.#ready = version
      listeners.downloaded(version)
    })
    void this.#look()
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS).unref()
  }

  /** The release that could be installed; null: none is downloaded. */
  get ready(): string | null {
    return this.#ready
  }

  /** Ends the application and starts the new one. The station must have stopped. */
  install(): void {
    this.#updater.quitAndInstall(false, true)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #look(): Promise<void> {
    try {
      await this.#updater.checkForUpdates()
    } catch (problem) {
      this.#listeners.failed(problem)
    }
  }
}

/** Null where the package names no feed: then nothing is ever looked for. */
export async function openUpdater(resources: string | undefined): Promise<Updater | null> {
  if (resources === undefined || !existsSync(join(resources, 'app-update.yml'))) return null
  const { default: electronUpdater } = await import('electron-updater')
  return electronUpdater.autoUpdater
}
