/** The wire to the station: a WebSocket in a browser, a MessagePort that the application hands over in Electron. */
import type { ClientContext, ClientLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'

import { figuresAsBytes, FRAMES } from '../../contract/frames.ts'
import { PORT_ASKED, PORT_GIVEN } from '../../contract/port-words.ts'
import { portOf } from './socket-port.ts'

export interface Transport {
  readonly link: ClientLink<ClientContext>
  /** calls back once, when the wire is gone */
  onClosed(listener: (why: ClosedWhy) => void): void
  close(): void
}

export type ClosedWhy = 'signed-out' | 'gone'

/** Close code of the door: neither a cookie nor a token that it knows. */
const UNAUTHORISED = 4401
const OPEN_TIMEOUT_MS = 8000

/** Pages of the headless door come over HTTP; those of the application do not, but for its development server. */
const isBrowser = (): boolean => location.protocol.startsWith('http') && !navigator.userAgent.includes('Electron')

/** @throws when the station cannot be reached */
export const openTransport = (): Promise<Transport> => (isBrowser() ? openSocket() : openPort())

function openSocket(): Promise<Transport> {
  const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`
  const socket = new WebSocket(url, FRAMES)
  const transport: Transport = {
    link: new RPCLink({ port: portOf(socket), customJsonSerializers: [figuresAsBytes] }),
    onClosed(listener) {
      socket.addEventListener('close', ({ code }) => listener(code === UNAUTHORISED ? 'signed-out' : 'gone'), {
        once: true,
      })
    },
    close: () => socket.close(),
  }
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.close(), OPEN_TIMEOUT_MS)
    socket.addEventListener('open', () => {
      clearTimeout(timer)
      resolve(transport)
    })
    socket.addEventListener('close', () => {
      clearTimeout(timer)
      reject(new Error('the station does not answer'))
    })
  })
}

function openPort(): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      window.removeEventListener('message', take)
      reject(new Error('the application gives no way to the station'))
    }, OPEN_TIMEOUT_MS)
    const take = ({ data, source, ports: [port] }: MessageEvent): void => {
      if (source !== window || data !== PORT_GIVEN || port === undefined) return
      clearTimeout(timer)
      window.removeEventListener('message', take)
      resolve(portTransport(port))
    }
    window.addEventListener('message', take)
    window.postMessage(PORT_ASKED, location.origin === 'null' ? '*' : location.origin)
  })
}

function portTransport(port: MessagePort): Transport {
  const link = new RPCLink({ port, customJsonSerializers: [figuresAsBytes] })
  port.start()
  return {
    link,
    onClosed: (listener) => port.addEventListener('close', () => listener('gone'), { once: true }),
    close: () => {
      port.close()
      port.dispatchEvent(new Event('close'))
    },
  }
}
