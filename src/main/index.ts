/** Door one's way in: the desktop application. */
import { join } from 'node:path'

import { app, powerMonitor, protocol } from 'electron'

import { openLog } from '../station/compose-upkeep.ts'
import { ATTACH_HOME } from './attach.ts'
import { commandLineOf } from './command-line.ts'
import { Desktop } from './desktop.ts'
import { lockPages } from './locks.ts'
import { HOME, SCHEME } from './page-server.ts'

/** The same as the package's, so that Windows shows notifications under our name. */
const APPLICATION_ID = 'app.signalbox.station'

const commandLine = commandLineOf(process.argv.slice(1))
const { data } = commandLine.flags
// another data folder is another application: its own window memory, its own single instance
if (data !== undefined) app.setPath('userData', join(String(data), 'desktop'))
app.setAppUserModelId(APPLICATION_ID)
app.enableSandbox()
protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
])
const developmentPage = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null)
const developmentHome = developmentPage === null ? [] : [new URL(developmentPage).origin]
lockPages(app, [HOME, ATTACH_HOME, ...developmentHome])

function open(): void {
  const built = join(import.meta.dirname, '..')
  const desktop = new Desktop({
    commandLine,
    log: openLog({ folder: join(app.getPath('userData'), 'logs'), level: 'info' }),
    built,
    resources: join(built, '..', 'resources'),
    developmentPage,
  })
  app.on('second-instance', () => desktop.show())
  app.on('activate', () => desktop.show())
  // the window may be closed while the station runs on: the tray leads back to it
  app.on('window-all-closed', () => {})
  powerMonitor.on('shutdown', () => desktop.leaveNow())
  const leave = (): void => desktop.leaveNow()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, leave)
    app.once('quit', () => process.off(signal, leave))
  }
  void desktop.start()
}

if (app.requestSingleInstanceLock()) void app.whenReady().then(open)
else app.quit()
