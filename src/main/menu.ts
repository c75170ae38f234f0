/** The application's menu: what the page cannot do by itself, and what every application has. */
import { Menu, type MenuItemConstructorOptions } from 'electron'

export interface MenuActions {
  readonly attach: () => void
  /** null: the station is this computer's own already */
  readonly detach: (() => void) | null
  /** null: no release is ready */
  readonly update: { readonly release: string; readonly install: () => void } | null
  readonly openDataFolder: () => void
  readonly reload: () => void
  readonly quit: () => void
}

export function setMenu(actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(templateOf(actions, process.platform === 'darwin')))
}

function templateOf(actions: MenuActions, isMac: boolean): MenuItemConstructorOptions[] {
  const { attach, detach, update, openDataFolder, reload, quit } = actions
  const station: MenuItemConstructorOptions = {
    label: 'Station',
    submenu: [
      { label: 'Attach to another station…', click: attach },
      ...(detach === null ? [] : [{ label: 'Run this computer’s own station', click: detach }]),
      { label: 'Show the data folder', click: openDataFolder },
      ...(update === null ? [] : [{ label: `Install release ${update.release} and restart`, click: update.install }]),
      { type: 'separator' },
      { label: 'Quit Signalbox', accelerator: 'CommandOrControl+Q', click: quit },
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { label: 'Load the page again', accelerator: 'CommandOrControl+R', click: reload },
      { type: 'separator' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'resetZoom' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  }
  return [...(isMac ? [{ role: 'appMenu' } as const] : []), station, { role: 'editMenu' }, view, { role: 'windowMenu' }]
}
