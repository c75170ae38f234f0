/** The station in the system's tray: what it is, its mode, its profit; show, stop trading, quit. */
import { Menu, Tray } from 'electron'

export interface TrayActions {
  readonly show: () => void
  readonly stopTrading: () => void
  readonly quit: () => void
}

export interface TrayWords {
  readonly lines: readonly string[]
  readonly isStopped: boolean
  /** short, beside the icon where the system shows text there */
  readonly title: string
}

export interface TrayIcon {
  say(words: TrayWords): void
  remove(): void
}

export function openTray(icon: string, actions: TrayActions): TrayIcon {
  const tray = new Tray(icon)
  tray.on('click', actions.show)
  let said = ''
  return {
    say(words) {
      const all = JSON.stringify(words)
      if (all === said) return
      said = all
      tray.setToolTip(words.lines.join('\n'))
      if (process.platform === 'darwin') tray.setTitle(words.title)
      tray.setContextMenu(menuOf(words, actions))
    },
    remove: () => tray.destroy(),
  }
}

function menuOf({ lines, isStopped }: TrayWords, { show, stopTrading, quit }: TrayActions): Menu {
  return Menu.buildFromTemplate([
    ...lines.map((label) => ({ label, enabled: false })),
    { type: 'separator' },
    { label: 'Show Signalbox', click: show },
    isStopped
      ? { label: 'Trading is stopped', enabled: false }
      : {
          label: 'Stop trading',
          toolTip: 'The kill switch: no new positions until it is released',
          click: stopTrading,
        },
    { type: 'separator' },
    { label: 'Quit Signalbox', click: quit },
  ])
}
