/** Door one, put together: one window onto one station, and what the system around it offers. */
import { join } from 'node:path'

import { app, type BrowserWindow, dialog, ipcMain, type IpcMainEvent, protocol, session, shell } from 'electron'

import type { Log } from '../station/answers/index.ts'
import { defaultFolder } from '../station/config/data-folder.ts'
import type { Flags } from '../station/config/from-flags.ts'
import { Attach, ATTACH_HOME, keptToken } from './attach.ts'
import { Awake } from './awake.ts'
import { DesktopFile } from './desktop-file.ts'
import { glanceLines, modeText, profitText, titleOf } from './glance-text.ts'
import { type Glance, GlanceKeeper } from './glance.ts'
import { lockSession } from './locks.ts'
import { bringToFront, openMainWindow } from './main-window.ts'
import { setMenu } from './menu.ts'
import { Notices } from './notices.ts'
import { isMeantDespite } from './open-positions-warning.ts'
import { openOwnStation } from './own-station.ts'
import { HOME, SCHEME, servePage } from './page-server.ts'
import { openPortDoor, type PortDoor } from './port-door.ts'
import { tellPowerEvents } from './power-events.ts'
import { Quitting } from './quitting.ts'
import { openRemoteStation } from './remote-station.ts'
import type { StationHost } from './station-host.ts'
import { openTray, type TrayIcon } from './tray.ts'

export interface DesktopOptions {
  readonly flags: Flags
  readonly log: Log
  /** `out`: the built bundles */
  readonly built: string
  /** shipped beside them: icons */
  readonly resources: string
  readonly developmentPage: string | null
}

export class Desktop {
  readonly #options: DesktopOptions
  readonly #file = new DesktopFile(join(app.getPath('userData'), 'desktop.json'))
  readonly #notices = new Notices(() => this.show())
  readonly #awake = new Awake()
  readonly #attach: Attach
  readonly #quitting: Quitting
  readonly #ports: PortDoor
  #window: BrowserWindow | null = null
  #tray: TrayIcon | null = null
  #host: StationHost | null = null
  /** resolves with the station that is, or comes next */
  #ready = Promise.withResolvers<StationHost>()
  #glance: GlanceKeeper | null = null
  #endPowerEvents: () => void = () => {}

  constructor(options: DesktopOptions) {
    this.#options = options
    this.#attach = new Attach({
      file: this.#file,
      parent: () => this.#window,
      attached: (remote) => void this.#change(() => Promise.resolve(openRemoteStation(remote))),
      detached: () => void this.#detach(),
      abandoned: () => {
        if (this.#host === null) app.quit()
      },
    })
    this.#quitting = new Quitting({
      app,
      dialog,
      openPositions: () => this.#host?.openPositions() ?? 0,
      stop: () => this.#stop(),
    })
    this.#ports = openPortDoor({
      ipcMain,
      isOurs: (event) => this.#isOurs(event),
      connect: (port) => void this.#ready.promise.then((host) => host.connect(port)),
      refused: (address) => options.log.warn('port_refused', { address }),
    })
  }

  /** After the application is ready. */
  async start(): Promise<void> {
    protocol.handle(SCHEME, (request) =>
      request.url.startsWith(`${ATTACH_HOME}/`)
        ? this.#attach.respond(request)
        : servePage(request, join(this.#options.built, 'renderer')),
    )
    lockSession(session.defaultSession)
    this.#endPowerEvents = tellPowerEvents((kind) => this.#host?.tell(kind))
    const { remote } = this.#file.memory
    const token = await keptToken(this.#file)
    if (remote === null) await this.#take(() => this.#openOwn())
    else if (token !== null) await this.#take(() => Promise.resolve(openRemoteStation({ ...remote, token })))
    else this.#attach.open()
  }

  show(): void {
    if (this.#window !== null) bringToFront(this.#window)
    else if (this.#host === null) this.#attach.open()
  }

  leaveNow(): void {
    void this.#quitting.leaveNow()
  }

  /** Opens the window at once: its page loads while the station comes up. */
  async #take(open: () => Promise<StationHost>): Promise<void> {
    this.#window ??= this.#openWindow()
    this.#tray ??= this.#openTray()
    try {
      const host = await open()
      this.#host = host
      this.#setMenu(host)
      this.#glance = new GlanceKeeper(host, {
        changed: (glance) => this.#say(glance, host),
        alerted: (alert) => this.#notices.tell(alert, this.#glance?.now.status?.environment ?? host.place),
      })
      void this.#glance.start()
      this.#ready.resolve(host)
    } catch (problem) {
      this.#options.log.error('station_not_started', { problem: String(problem) })
      dialog.showErrorBox('Signalbox cannot start', problem instanceof Error ? problem.message : String(problem))
      app.exit(1)
    }
  }

  /** Another station behind the same window; what the one before holds is warned of first. */
  async #change(open: () => Promise<StationHost>): Promise<void> {
    if (!(await isMeantDespite(dialog, this.#host?.openPositions() ?? 0, 'Stop it'))) return
    this.#ready = Promise.withResolvers<StationHost>()
    this.#ports.closePorts()
    await this.#letGo()
    await this.#take(open)
  }

  async #detach(): Promise<void> {
    this.#file.remember({ remote: null })
    await this.#change(() => this.#openOwn())
  }

  #openOwn(): Promise<StationHost> {
    const { flags, log } = this.#options
    return openOwnStation({
      flags,
      version: app.getVersion(),
      failed: (problem) => {
        log.error('station_failed', { problem: String(problem) })
        this.#notices.say('Signalbox', `The station has stopped: ${String(problem)}`, true)
      },
    })
  }

  #openWindow(): BrowserWindow {
    const { built, resources, developmentPage, log } = this.#options
    return openMainWindow({
      preload: join(built, 'preload', 'index.cjs'),
      icon: join(resources, 'icon.png'),
      developmentPage,
      file: this.#file,
      mayClose: () => this.#quitting.isLeaving,
      hidden: () => this.#explainTray(),
      log: (event, fields) => log.warn(event, fields),
    })
  }

  #openTray(): TrayIcon {
    const name = process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'
    return openTray(join(this.#options.resources, name), {
      show: () => this.show(),
      stopTrading: () => void this.#stopTrading(),
      quit: () => app.quit(),
    })
  }

  #setMenu(host: StationHost): void {
    setMenu({
      attach: () => this.#attach.open(),
      detach: host.isOwn ? null : () => void this.#detach(),
      openDataFolder: () => void shell.openPath(String(this.#options.flags['data'] ?? defaultFolder())),
      reload: () => this.#window?.webContents.reload(),
      quit: () => app.quit(),
    })
  }

  #say(glance: Glance, host: StationHost): void {
    const isStopped = glance.policy !== null && glance.policy.emergency !== null
    const title = [modeText(glance), profitText(glance)].join(' · ')
    this.#tray?.say({ lines: glanceLines(glance, host.place), isStopped, title })
    this.#window?.setTitle(titleOf(glance, host.place, host.isOwn))
    this.#awake.keep(host.isOwn && glance.positions.size > 0)
  }

  async #stopTrading(): Promise<void> {
    const line = this.#host?.openLine()
    try {
      await line?.client.emergency.engage({ reason: 'stopped from the tray' })
    } catch (problem) {
      this.#notices.say('Signalbox', `Trading was not stopped: ${String(problem)}`, true)
    } finally {
      line?.close()
    }
  }

  #explainTray(): void {
    if (this.#file.memory.knowsTray) return
    this.#file.remember({ knowsTray: true })
    this.#notices.say('Signalbox keeps running', 'The station trades on. Show or quit it from its icon in the tray.')
  }

  #isOurs({ sender, senderFrame }: IpcMainEvent): boolean {
    if (senderFrame === null || sender !== this.#window?.webContents) return false
    const { developmentPage } = this.#options
    const isPage =
      developmentPage === null ? senderFrame.url.startsWith(`${HOME}/`) : senderFrame.url === developmentPage
    return isPage && (senderFrame.parent ?? null) === null
  }

  async #letGo(): Promise<void> {
    this.#glance?.stop()
    const host = this.#host
    this.#host = null
    await host?.close()
  }

  async #stop(): Promise<void> {
    this.#endPowerEvents()
    this.#awake.keep(false)
    this.#tray?.remove()
    this.#tray = null
    this.#ports.closePorts()
    await this.#letGo()
  }
}
