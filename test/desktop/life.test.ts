/** The application round its station: tray, menu, notices, sleep, crashes, second start, the way out. */
import { EventEmitter } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, test } from 'vitest'

import { ALERT } from '../fixtures/facade-rows.ts'
import type { FakeStation } from '../fixtures/facade.ts'
import { aMoment, guarded, onDesktop, until } from './desktop.ts'
import { closeBrowser, type Desktop, MAIN, type Mutation } from './harness/launch.ts'
import type { PlainPage } from './port-client.ts'

afterAll(closeBrowser)

type Item = { readonly label?: string; readonly enabled?: boolean; readonly click?: () => void; submenu?: Item[] }

/** The menu that stands at the tray's icon now. */
const trayMenu = (desktop: Desktop): Item[] =>
  (desktop.called('Tray.setContextMenu').at(-1)?.[0] as { items: Item[] } | undefined)?.items ?? []
const trayItem = (desktop: Desktop, label: string): Item | undefined =>
  trayMenu(desktop).find((item) => item.label === label)
const toolTip = (desktop: Desktop): string => (desktop.called('Tray.setToolTip').at(-1)?.[0] ?? '') as string
/** The station is up and seen. */
const isUp = (desktop: Desktop): Promise<void> => until(() => toolTip(desktop).includes('NORMAL'))

/** Entries of the application's menu, by label. */
function menuItem(desktop: Desktop, label: string): Item | undefined {
  const [menu] = desktop.called('Menu.setApplicationMenu').at(-1) as [{ items: Item[] }]
  return menu.items.flatMap(({ submenu = [] }) => submenu).find((item) => item.label === label)
}

const withoutPositions = (station: FakeStation): void => {
  station.heldPositions = []
}

const closeAll = (station: FakeStation): void => {
  station.heldPositions = []
  station.announce([{ topic: 'positions', key: 'BTCUSDT' }])
}

const critical = (id: string, code: string) => ({
  ...ALERT,
  id,
  code,
  severity: 'critical' as const,
  message: `${code} happened`,
})

guarded(
  'the tray says which station, which mode and what the open positions earn',
  {},
  async (desktop, station) => {
    await isUp(desktop)
    expect(toolTip(desktop).split('\n').slice(0, 3)).toEqual([
      'Signalbox · SIMULATED · this computer',
      '■ NORMAL',
      expect.stringMatching(/^1 open position · [+−]?\d+\.\d\d USDT$/),
    ])
    expect(trayMenu(desktop).slice(0, 2)).toEqual([
      { label: 'Signalbox · SIMULATED · this computer', enabled: false },
      { label: '■ NORMAL', enabled: false },
    ])
    station.policy.change({ riskMode: 'DEFENSIVE' }, { actor: 'user', reason: 'calm' })
    await until(() => toolTip(desktop).includes('▼ DEFENSIVE'))
    closeAll(station)
    await until(() => toolTip(desktop).includes('no open positions'))
    expect(desktop.windows[0]?.title).toBe('Signalbox · SIMULATED')
  },
  ['the tray is said nothing', [MAIN, 'tray.setToolTip(', 'void (']],
)

guarded(
  'the native menu has the station’s verbs, editing, the view and the window; they do what they say',
  {},
  async (desktop) => {
    await isUp(desktop)
    const [menu] = desktop.called('Menu.setApplicationMenu').at(-1) as [{ items: (Item & { role?: string })[] }]
    const heads = menu.items.map(({ label, role }) => label ?? role)
    expect(heads.slice(process.platform === 'darwin' ? 1 : 0)).toEqual(['Station', 'editMenu', 'View', 'windowMenu'])
    expect(menuItem(desktop, 'Attach to another station…')).toBeDefined()
    menuItem(desktop, 'Show the data folder')?.click?.()
    expect(desktop.called('shell.openPath')).toEqual([[expect.stringContaining('station')]])
    const { page } = await desktop.window()
    await page.evaluate(() => Object.assign(window, { isOld: true }))
    menuItem(desktop, 'Load the page again')?.click?.()
    await until(() => page.evaluate(() => !('isOld' in window)).catch(() => false))
  },
  ['the page is not loaded again', [MAIN, 'label: "Load the page again"', 'label: "Something else"']],
  ['the folder is not shown', [MAIN, 'label: "Show the data folder"', 'label: "Something else"']],
)

guarded('the tray stops trading, and then says so', {}, async (desktop, station) => {
  await until(() => trayItem(desktop, 'Stop trading'))
  trayItem(desktop, 'Stop trading')?.click?.()
  await until(() => trayItem(desktop, 'Trading is stopped'))
  expect(station.policy.current.emergency).toMatchObject({ reason: 'stopped from the tray' })
  expect(toolTip(desktop)).toContain('STOPPED')
  expect(trayItem(desktop, 'Stop trading')).toBeUndefined()
})

guarded(
  'critical alerts are notifications, each kind once a minute; a click shows the window',
  {},
  async (desktop, station) => {
    await isUp(desktop)
    const raise = (id: string, code: string, severity: 'critical' | 'warning' = 'critical'): void =>
      station.announce([{ topic: 'alerts', key: id, row: { ...critical(id, code), severity } }])
    raise('a', 'liquidated')
    raise('b', 'liquidated')
    raise('c', 'slow', 'warning')
    raise('d', 'input_failed')
    await until(() => desktop.called('Notification.show').length === 2)
    await aMoment()
    expect(desktop.called('new Notification').map(([options]) => options)).toEqual([
      { title: 'Signalbox · SIMULATED', body: 'liquidated happened', urgency: 'critical' },
      { title: 'Signalbox · SIMULATED', body: 'input_failed happened', urgency: 'critical' },
    ])
    desktop.windows[0]?.hide()
    desktop.recorder.made['Notification']?.[0]?.emit('click')
    expect(desktop.windows[0]?.isVisible()).toBe(true)
  },
  ['every alert is told', [MAIN, 'if (severity !== "critical") return;', '']],
  ['no kind is held back', [MAIN, 'now - last < QUIET_MS', 'false']],
)

guarded(
  'sleep is held off while positions are open, and no longer',
  {},
  async (desktop, station) => {
    await until(() => desktop.called('powerSaveBlocker.start').length > 0)
    expect(desktop.called('powerSaveBlocker.start')).toEqual([['prevent-app-suspension']])
    expect(desktop.called('powerSaveBlocker.stop')).toEqual([])
    closeAll(station)
    await until(() => desktop.called('powerSaveBlocker.stop').length > 0)
    expect(desktop.called('powerSaveBlocker.stop')).toEqual([[7]])
  },
  ['positions do not matter', [MAIN, 'host.isOwn && glance.positions.size > 0', 'false']],
  ['it is never let go', [MAIN, 'powerSaveBlocker.stop(', 'void (']],
)

guarded('a station without positions lets the computer sleep', { alter: withoutPositions }, async (desktop) => {
  await until(() => toolTip(desktop).includes('no open positions'))
  expect(desktop.called('powerSaveBlocker.start')).toEqual([])
})

let isOnline = true

guarded(
  'what happens to the computer reaches the station',
  { answers: { 'net.isOnline': () => isOnline } },
  async (desktop, station) => {
    await isUp(desktop)
    const events = ['suspend', 'resume', 'lock-screen', 'unlock-screen', 'on-battery', 'on-ac']
    for (const event of events) desktop.powerMonitor.emit(event)
    expect(station.writes).toEqual(
      ['suspended', 'resumed', 'locked', 'unlocked', 'on_battery', 'on_mains'].map((kind) => `system ${kind}`),
    )
    isOnline = false
    await until(() => station.writes.at(-1) === 'system network_lost')
    isOnline = true
    await until(() => station.writes.at(-1) === 'system network_back')
  },
  ['sleep is not listened to', [MAIN, '["suspend", "suspended"],', '']],
  ['the network is not looked at', [MAIN, 'if (isOnline !== wasOnline)', 'if (false)']],
)

guarded(
  'a page that crashes is loaded again and gets a new port, and the station was never stopped',
  {},
  async (desktop, station, stage) => {
    const { page, contents } = await desktop.window()
    await until(() => page.evaluate(() => (window as unknown as PlainPage).ports.length > 0))
    contents.cdp.send('Page.crash').catch(() => {})
    await until(() => contents.page !== page)
    await until(async () =>
      contents.page.evaluate(() => (window as unknown as PlainPage).ports.length > 0).catch(() => false),
    )
    expect(desktop.windows[0]?.isDestroyed()).toBe(false)
    expect(stage.stops).toBe(0)
    closeAll(station)
    await until(() => toolTip(desktop).includes('no open positions'))
  },
  ['nobody loads it again', [MAIN, 'if (!window.isDestroyed()) window.webContents.reload()', '']],
)

guarded(
  'closing the window hides it and says once where it is; a second start shows it',
  {},
  async (desktop, _station, stage) => {
    const { window } = await desktop.window()
    await until(() => window.isVisible())
    window.close()
    expect(window.isVisible()).toBe(false)
    expect(window.isDestroyed()).toBe(false)
    expect(desktop.called('new Notification')).toHaveLength(1)
    window.minimize()
    desktop.app.emit('second-instance', {}, [], '/')
    expect(window.isVisible()).toBe(true)
    expect(window.isMinimized()).toBe(false)
    expect(desktop.called('BrowserWindow.focus')).toHaveLength(1)
    window.close()
    expect(desktop.called('new Notification')).toHaveLength(1)
    expect(stage.stops).toBe(0)
  },
  ['closing closes', [MAIN, 'if (deps.mayClose()) return;', 'return;']],
  ['a second start is not heard', [MAIN, '.on("second-instance"', '.on("other"']],
)

test('a second instance opens nothing and quits', () =>
  onDesktop(
    async (desktop) => {
      await aMoment()
      expect(desktop.windows).toHaveLength(0)
      expect(desktop.called('quit')).toHaveLength(1)
    },
    { isFirst: false },
  ))

guarded(
  'quitting with positions open warns plainly, and "Keep running" keeps running',
  {},
  async (desktop, _station, stage) => {
    await isUp(desktop)
    desktop.app.quit()
    await until(() => desktop.called('dialog.showMessageBox').length > 0)
    await aMoment()
    const [[warning]] = desktop.called('dialog.showMessageBox') as [[Record<string, unknown>]]
    expect(warning).toMatchObject({
      message: 'One position is open, and nobody watches it while this station is stopped.',
      buttons: ['Keep running', 'Quit anyway'],
      defaultId: 0,
      cancelId: 0,
    })
    expect(desktop.hasEnded()).toBe(false)
    expect(stage.stops).toBe(0)
    desktop.app.quit()
    await until(() => desktop.called('dialog.showMessageBox').length === 2)
  },
  ['nobody asks', [MAIN, 'if (open === 0) return true;', 'return true;']],
  ['no is taken for yes', [MAIN, 'return response === ANYWAY', 'return response !== ANYWAY']],
)

guarded(
  'quitting anyway stops the station before the application ends',
  { answers: { 'dialog.showMessageBox': () => Promise.resolve({ response: 1 }) } },
  async (desktop, _station, stage) => {
    await isUp(desktop)
    trayItem(desktop, 'Quit Signalbox')?.click?.()
    desktop.app.quit()
    await until(() => desktop.hasEnded())
    expect(stage.stops).toBe(1)
    expect(desktop.called('dialog.showMessageBox')).toHaveLength(1)
    expect(desktop.called('Tray.destroy')).toHaveLength(1)
    expect(desktop.windows.every((window) => window.isDestroyed())).toBe(true)
  },
  ['the station is not stopped', [MAIN, 'await this.#deps.stop();', '']],
)

guarded('without positions nobody asks', { alter: withoutPositions }, async (desktop, _station, stage) => {
  await isUp(desktop)
  menuItem(desktop, 'Quit Signalbox')?.click?.()
  await until(() => desktop.hasEnded())
  expect(desktop.called('dialog.showMessageBox')).toEqual([])
  expect(stage.stops).toBe(1)
})

guarded('the system’s own end asks nothing and stops cleanly', {}, async (desktop, _station, stage) => {
  await isUp(desktop)
  desktop.powerMonitor.emit('shutdown')
  await until(() => desktop.hasEnded())
  expect(desktop.called('dialog.showMessageBox')).toEqual([])
  expect(stage.stops).toBe(1)
})

guarded(
  'a quit while the station comes up waits for it and stops it',
  {},
  async (desktop, _station, stage) => {
    desktop.app.quit()
    await until(() => desktop.hasEnded())
    expect(stage.stops).toBe(1)
  },
  ['it is not waited for', [MAIN, 'const host = await this.#opening', 'const host = this.#host']],
)

guarded('a station that cannot go on is told', {}, async (desktop, _station, stage) => {
  await isUp(desktop)
  stage.fail(new Error('the disk is gone'))
  await until(() => desktop.called('new Notification').length > 0)
  expect(desktop.called('new Notification')[0]?.[0]).toMatchObject({
    body: 'The station has stopped: Error: the disk is gone',
  })
})

test('a station that cannot start says why, and nothing stays behind', () =>
  onDesktop(
    async (desktop) => {
      await until(() => desktop.hasEnded())
      expect(desktop.called('dialog.showErrorBox')).toEqual([
        ['Signalbox cannot start', expect.stringContaining('simulator.symbolz')],
      ])
      expect(desktop.called('exit')).toEqual([[1]])
    },
    { args: ['--set', 'simulator.symbolz=3'] },
  ))

class StagedUpdater extends EventEmitter {
  autoInstallOnAppQuit = true
  autoDownload = false
  looks = 0
  installs = 0

  checkForUpdates(): Promise<void> {
    this.looks++
    return Promise.resolve()
  }

  quitAndInstall(): void {
    this.installs++
    this.emit('install')
  }
}

let updater = new StagedUpdater()
Object.assign(globalThis, { stagedUpdater: () => (updater = new StagedUpdater()) })
const STAGED_UPDATER: Mutation = [MAIN, 'await openUpdater(process.resourcesPath)', 'globalThis.stagedUpdater()']
const INSTALL = 'Install release 9.9.9 and restart'

guarded(
  'a new release is told, and not installed under open positions, nor by a quit',
  { mutate: [STAGED_UPDATER] },
  async (desktop, _station, stage) => {
    await isUp(desktop)
    expect(updater).toMatchObject({ autoDownload: true, autoInstallOnAppQuit: false })
    expect(updater.looks).toBeGreaterThan(0)
    expect(menuItem(desktop, INSTALL)).toBeUndefined()
    updater.on('install', () => desktop.app.quit())
    updater.emit('update-downloaded', { version: '9.9.9' })
    expect(desktop.called('new Notification')[0]?.[0]).toMatchObject({
      body: 'Release 9.9.9 is ready: install it from the menu when no position is open.',
    })
    menuItem(desktop, INSTALL)?.click?.()
    await aMoment()
    expect(desktop.called('dialog.showMessageBox')[0]?.[0]).toMatchObject({
      message: 'A release is not installed while positions are open.',
    })
    expect(updater.installs).toBe(0)
    expect(stage.stops).toBe(0)
  },
  ['positions do not matter', [MAIN, 'if (this.#deps.openPositions() > 0) return false;', '']],
  ['a quit installs', [MAIN, 'updater.autoInstallOnAppQuit = false', 'updater.autoInstallOnAppQuit = true']],
)

guarded(
  'a new release is installed after the station has stopped',
  { mutate: [STAGED_UPDATER], alter: withoutPositions },
  async (desktop, _station, stage) => {
    await isUp(desktop)
    updater.on('install', () => desktop.app.quit())
    updater.emit('update-downloaded', { version: '9.9.9' })
    menuItem(desktop, INSTALL)?.click?.()
    await until(() => desktop.hasEnded())
    expect(updater.installs).toBe(1)
    expect(stage.stops).toBe(1)
  },
  ['it does not wait', [MAIN, 'await this.#deps.stop();', '']],
)

/** A folder in which an earlier run left its memory of the desktop. */
function remembering(memory: object): string {
  const home = mkdtempSync(join(tmpdir(), 'signalbox-desktop-'))
  mkdirSync(join(home, 'station', 'desktop'), { recursive: true })
  writeFileSync(join(home, 'station', 'desktop', 'desktop.json'), JSON.stringify(memory))
  return home
}

const remembered = (desktop: Desktop): { window: unknown } =>
  JSON.parse(readFileSync(join(desktop.app.getPath('userData'), 'desktop.json'), 'utf8')) as { window: unknown }

const gone = { x: 5000, y: 400, width: 1200, height: 800, isMaximized: true }

guarded(
  'the window comes back to where it was, on a display that is there',
  { home: () => remembering({ window: gone }) },
  async (desktop) => {
    const { window } = await desktop.window()
    expect(window.options).toMatchObject({ x: 360, y: 120, width: 1200, height: 800 })
    expect(window.isMaximized()).toBe(true)
    window.setBounds({ x: 40, y: 50, width: 1300, height: 750 })
    window.close()
    expect(remembered(desktop).window).toEqual({ x: 40, y: 50, width: 1300, height: 750, isMaximized: true })
  },
  ['its place is not looked at', [MAIN, 'placeOn(workAreas(), file.memory.window)', 'file.memory.window']],
  ['its place is not kept', [MAIN, 'window.on("close", save)', '']],
)
