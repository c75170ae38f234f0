/** A WebSocket as oRPC sees a message port: frames with figures arrive as the objects they were. */
import { readFrame } from '../../contract/frames.ts'

type Listener = (event?: { data: unknown }) => void

interface SocketPort {
  on(type: string, listener: Listener): void
  postMessage(data: unknown): void
}

/** What a browser's WebSocket and that of `ws` have in common. */
interface OpenSocket {
  binaryType: string
  readonly readyState: number
  send(data: string): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
}

const OPEN = 1

export function portOf(socket: OpenSocket): SocketPort {
  socket.binaryType = 'arraybuffer'
  return {
    on(type, listener) {
      if (type === 'close') socket.addEventListener('close', () => listener())
      if (type !== 'message') return
      socket.addEventListener('message', ({ data }) => {
        listener({ data: data instanceof ArrayBuffer ? readFrame(data) : data })
      })
    },
    /** @throws when the socket is not open: what is sent then would vanish */
    postMessage(data) {
      if (socket.readyState !== OPEN) throw new Error('the wire to the station is closed')
      socket.send(data as string)
    },
  }
}
