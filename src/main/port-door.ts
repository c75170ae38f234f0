/** Hands the page its port to the station, on its request; anybody else who asks gets none. */
import { type IpcMain, type IpcMainEvent, MessageChannelMain, type MessagePortMain } from 'electron'

import { PORT_ASKED, PORT_GIVEN } from '../contract/port-words.ts'

export interface PortDoorDeps {
  readonly ipcMain: IpcMain
  /** the window's own page, in its main frame */
  readonly isOurs: (event: IpcMainEvent) => boolean
  readonly connect: (port: MessagePortMain) => void
  readonly refused: (address: string | null) => void
}

export interface PortDoor {
  /** Takes the ports back; their pages ask again. */
  closePorts(): void
}

/** A page has one port: asking again closes the one before. */
export function openPortDoor({ ipcMain, isOurs, connect, refused }: PortDoorDeps): PortDoor {
  const given = new Map<number, MessagePortMain>()
  ipcMain.on(PORT_ASKED, (event) => {
    if (!isOurs(event)) {
      refused(event.senderFrame?.url ?? null)
      return
    }
    const { id } = event.sender
    given.get(id)?.close()
    const { port1, port2 } = new MessageChannelMain()
    given.set(id, port1)
    connect(port1)
    event.senderFrame?.postMessage(PORT_GIVEN, null, [port2])
  })
  return {
    closePorts() {
      for (const port of given.values()) port.close()
      given.clear()
    },
  }
}
