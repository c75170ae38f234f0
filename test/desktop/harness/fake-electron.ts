/** The `electron` of one launch. What main asks of the system is recorded, and answered as the test wishes. */
import { EventEmitter } from 'node:events'

import type { BrowserContext } from '@playwright/test'

import { FakeApp } from './fake-app.ts'
import { FakeSession } from './fake-session.ts'
import { type FakeWindow, windowKind } from './fake-window.ts'
import { MessageChannelMain } from './ports.ts'
import { type Answers, Recorder } from './recorder.ts'

export interface FakeOptions {
  readonly answers?: Answers
  /** false: another instance runs already */
  readonly isFirst?: boolean
  /** pages of the world outside, by address */
  readonly internet?: Readonly<Record<string, string>>
}

interface Surroundings {
  readonly home: string
  readonly mutated: (path: string, source: string) => string
  readonly context: () => Promise<BrowserContext>
}

const DISPLAY = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }

/** Sealing that can be undone, as the system's key store does it. */
const USUAL: Answers = {
  'powerSaveBlocker.start': () => 7,
  'dialog.showMessageBox': () => Promise.resolve({ response: 0 }),
  'safeStorage.isAsyncEncryptionAvailable': () => Promise.resolve(true),
  'safeStorage.getSelectedStorageBackend': () => 'gnome_libsecret',
  'safeStorage.encryptStringAsync': (text) => Promise.resolve(Buffer.from(`sealed:${String(text)}`)),
  'safeStorage.decryptStringAsync': (sealed) => Promise.resolve({ result: (sealed as Buffer).toString().slice(7) }),
  'screen.getPrimaryDisplay': () => DISPLAY,
  'screen.getAllDisplays': () => [DISPLAY],
  'net.isOnline': () => true,
}

export type FakeElectron = ReturnType<typeof makeElectron>

export function makeElectron(options: FakeOptions, { home, mutated, context }: Surroundings) {
  const recorder = new Recorder({ ...USUAL, ...options.answers })
  const windows: FakeWindow[] = []
  const problems: unknown[] = []
  const isFirst = options.isFirst ?? true
  const openWindows = (): readonly FakeWindow[] => windows.filter((window) => !window.isDestroyed())
  const app = new FakeApp(recorder, { home, isFirst, openWindows })
  const session = new FakeSession(recorder, app, options.internet ?? {})
  const ipcMain = new EventEmitter()
  const stage = { app, session, ipcMain, context, mutated, problems }
  const powerMonitor = recorder.emitter('powerMonitor')
  const electron = {
    app: recorder.around('app', app),
    BrowserWindow: windowKind(stage, recorder, windows),
    ipcMain,
    protocol: session.protocol,
    session: { defaultSession: recorder.around('session', session) },
    MessageChannelMain,
    Menu: recorder.kind('Menu', {
      buildFromTemplate: (items: unknown) => ({ items }),
      setApplicationMenu: (menu: unknown) => recorder.note('Menu.setApplicationMenu', menu),
    }),
    Tray: recorder.kind('Tray'),
    Notification: recorder.kind('Notification', { isSupported: () => true }),
    powerMonitor,
    powerSaveBlocker: recorder.around('powerSaveBlocker', {}),
    safeStorage: recorder.around('safeStorage', {}),
    dialog: recorder.around('dialog', {}),
    shell: recorder.around('shell', {}),
    screen: recorder.emitter('screen'),
    net: recorder.around('net', {}),
  } satisfies Partial<Record<keyof typeof import('electron'), unknown>>
  return { electron, app, session, powerMonitor, recorder, windows, problems }
}
