/** Door one, put together: one window onto one station, and what the system around it offers. */
import { join } from 'node:path'

import { app, type BrowserWindow, dialog, ipcMain, type IpcMainEvent, protocol, session, shell } from 'electron'

import type { Log } from '../station/answers/index.ts'
import type { Home, Journey } from '../station/compose-home.ts'
import { defaultFolder } from '../station/config/data-folder.ts'
import { Attach, ATTACH_HOME } from './attach.ts'
import { Awake } from './awake.ts'
import type { CommandLine } from './command-line.ts'
import { DesktopFile } from './desktop-file.ts'
import { glanceLines, modeText, profitText, titleOf } from './glance-text.ts'
import type { Glance } from './glance.ts'
import { lockSession } from './locks.ts'
import { bringToFront, openMainWindow } from './main-window.ts'
import { setMenu } from './menu.ts'
import { Notices } from './notices.ts'
import { isMeantDespite } from './open-positions-warning.ts'
import { homeOf, openOwnStation } from './own-station.ts'
import { HOME, SCHEME, servePage } from './page-server.ts'
import { openPortDoor, type PortDoor } from './port-door.ts'
import { tellPowerEvents } from './power-events.ts'
import { Quitting } from './quitting.ts'
import { namedStation, openRemoteStation, type RemoteStation } from './remote-station.ts'
import type { StationHost } from './station-host.ts'
import { StationSwitch } from './station-switch.ts'
import { openTray, type TrayIcon } from './tray.ts'
import { openUpdater, Updates } from './updates.ts'
import { seal, unseal } from './vault.ts'

export interface DesktopOptions {
  readonly commandLine: CommandLine
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
  readonly #station: StationSwitch
  readonly #attach: Attach
  readonly #quitting: Quitting
  readonly #ports: PortDoor
  #window: BrowserWindow | null = null
  #tray: TrayIcon | null = null
  #updates: Updates | null = null
  #home: Home | null = null
  #endPowerEvents: () => void = () => {}

  constructor(options: DesktopOptions) {
    this.#options = options
    this.#station = new StationSwitch({
      taken: () => this.#setMenu(),
      changed: (glance, host) => this.#say(glance, host),
      alerted: (alert, environment) => this.#notices.tell(alert, environment),
    })
    this.#attach = new Attach({
      address: () => this.#file.memory.remote?.address ?? null,
      parent: () => this.#window,
      attached: (remote) => void this.#attachTo(remote),
      detached: () => void this.#detach(),
      abandoned: () => {
        if (this.#station.isEmpty) app.quit()
      },
    })
    this.#quitting = new Quitting({
      app,
      dialog,
      openPositions: () => this.#station.openPositions,
      stop: () => this.#stop(),
    })
    this.#ports = openPortDoor({
      ipcMain,
      isOurs: (event) => this.#isOurs(event),
      connect: (port) => this.#station.connect(port),
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
    this.#endPowerEvents = tellPowerEvents((kind) => this.#station.tell(kind))
    await this.#begin()
    await this.#lookForUpdates()
  }

  /** With the station that the command line names, or that of last time. */
  async #begin(): Promise<void> {
    const { attach } = this.#options.commandLine
    if (attach !== null) return this.#take(() => openRemoteStation(namedStation(attach)))
    const { remote } = this.#file.memory
    if (remote === null) return this.#take(() => this.#openOwn())
    const token = remote.sealedToken === null ? null : await unseal(remote.sealedToken)
    if (token === null) return this.#attach.open()
    return this.#take(() => openRemoteStation({ address: remote.address, token }))
  }

  show(): void {
    if (this.#window !== null) bringToFront(this.#window)
    else if (this.#station.isEmpty) this.#attach.open()
  }

  leaveNow(): void {
    void this.#quitting.leaveNow()
  }

  /** Opens the window at once: its page loads while the station comes up. */
  async #take(open: () => StationHost | Promise<StationHost>): Promise<void> {
    if (this.#quitting.isLeaving) return
    try {
      this.#window ??= this.#openWindow()
      this.#tray ??= this.#openTray()
      await this.#station.take(async () => open())
    } catch (problem) {
      this.#options.log.error('not_started', { problem: String(problem) })
      dialog.showErrorBox('Signalbox cannot start', problem instanceof Error ? problem.message : String(problem))
      app.exit(1)
    }
  }

  /** Another station behind the same window; false: what the one before holds is to be watched on. */
  async #change(open: () => StationHost | Promise<StationHost>): Promise<boolean> {
    if (!(await isMeantDespite(dialog, this.#station.openPositions, 'Stop it'))) return false
    this.#ports.closePorts()
    await this.#station.letGo()
    await this.#take(open)
    return true
  }

  async #attachTo(remote: RemoteStation): Promise<void> {
    const { address, token } = remote
    if (!(await this.#change(() => openRemoteStation(remote)))) return
    this.#file.remember({ remote: { address, sealedToken: await seal(token) } })
  }

  async #detach(): Promise<void> {
    this.#file.remember({ remote: null })
    await this.#change(() => this.#openOwn())
  }

  /** The page's ports are taken back: it asks again, and waits until the station of the new place is up. */
  async #goOn(journey: Journey): Promise<void> {
    if (this.#quitting.isLeaving || !this.#station.isOwn) return
    this.#ports.closePorts()
    await this.#station.letGo()
    await this.#take(() => this.#openOwn(journey))
  }

  async #openOwn(journey: Journey | null = null): Promise<StationHost> {
    const { commandLine, log } = this.#options
    this.#home ??= homeOf(commandLine.flags, app.getVersion())
    return openOwnStation({
      home: this.#home,
      journey,
      depart: (next) => void this.#goOn(next),
      coming: (words) => this.#window?.setTitle(words === null ? 'Signalbox' : `Signalbox · ${words}`),
      failed: (problem) => {
        log.error('station_failed', { problem: String(problem) })
        this.#notices.say('Signalbox', `The station has stopped: ${String(problem)}`, true)
      },
    })
  }

  async #lookForUpdates(): Promise<void> {
    const updater = await openUpdater(process.resourcesPath)
    if (updater === null) return
    this.#updates = new Updates(updater, {
      downloaded: (version) => {
        this.#setMenu()
        this.#notices.say(
          'Signalbox',
          `Release ${version} is ready: install it from the menu when no position is open.`,
        )
      },
      failed: (problem) => this.#options.log.warn('updates_unknown', { problem: String(problem) }),
    })
  }

  #installUpdate(): void {
    if (this.#quitting.leaveUnexposed(() => this.#updates?.install())) return
    void dialog.showMessageBox({
      type: 'info',
      title: 'Signalbox',
      message: 'A release is not installed while positions are open.',
      detail: 'Close them, or install it later: it stays ready.',
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
      stopTrading: () => {
        this.#station.engageEmergency('stopped from the tray').catch((problem: unknown) => {
          this.#notices.say('Signalbox', `Trading was not stopped: ${String(problem)}`, true)
        })
      },
      quit: () => app.quit(),
    })
  }

  #setMenu(): void {
    const release = this.#updates?.ready ?? null
    setMenu({
      attach: () => this.#attach.open(),
      detach: this.#station.isOwn ? null : () => void this.#detach(),
      update: release === null ? null : { release, install: () => this.#installUpdate() },
      openDataFolder: () => void shell.openPath(String(this.#options.commandLine.flags['data'] ?? defaultFolder())),
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

  #explainTray(): void {
    if (this.#file.memory.knowsTray) return
    this.#file.remember({ knowsTray: true })
    this.#notices.say('Signalbox keeps running', 'The station trades on. Show or quit it from its icon in the tray.')
  }

  #isOurs({ sender, senderFrame }: IpcMainEvent): boolean {
    if (senderFrame === null || sender !== this.#window?.webContents) return false
    const { developmentPage } = this.#options
    const isPage = senderFrame.url.startsWith(`${developmentPage ?? HOME}/`)
    return isPage && (senderFrame.parent ?? null) === null
  }

  async #stop(): Promise<void> {
    this.#updates?.stop()
    this.#endPowerEvents()
    this.#awake.keep(false)
    this.#tray?.remove()
    this.#tray = null
    this.#ports.closePorts()
    await this.#station.letGo()
  }
}
