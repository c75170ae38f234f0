/** A line between page and station that is far and narrow: every byte waits, and only so many pass in a second. */
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export interface Line {
  readonly address: string
  close(): Promise<void>
}

export interface LineSettings {
  /** ms that everything takes, each way */
  latencyMs: number
  /** bytes a second, each way */
  width: number
}

/** The settings may be changed while it is open. */
export async function openLine(station: string, settings: LineSettings): Promise<Line> {
  const { hostname, port } = new URL(station)
  const open = new Set<Socket>()
  /** The station answers to its own name only. */
  const named = (bytes: Buffer): Buffer => {
    const text = bytes.toString('latin1')
    return text.includes(own) ? Buffer.from(text.replaceAll(own, `${hostname}:${port}`), 'latin1') : bytes
  }
  let own = ''
  const server = createServer((page) => {
    const upstream = connect(Number(port), hostname)
    for (const [from, to] of [
      [page, upstream],
      [upstream, page],
    ] as const) {
      open.add(from)
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
      from.on('error', () => to.destroy())
      carry(from, to, settings, from === page ? named : (bytes) => bytes)
    }
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the line has no port')
  own = `127.0.0.1:${address.port}`
  return {
    address: `http://${own}`,
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

/** Reads no faster than the line is wide: so the far end notices that it is slow. */
function carry(from: Socket, to: Socket, settings: LineSettings, named: (bytes: Buffer) => Buffer): void {
  let last = Promise.resolve()
  from.on('data', (bytes: Buffer) => {
    const passing = (1000 * bytes.length) / settings.width
    from.pause()
    void wait(passing).then(() => from.resume())
    const arrived = wait(settings.latencyMs + passing)
    last = Promise.all([last, arrived]).then(() => {
      if (!to.destroyed) to.write(named(bytes))
    })
  })
}
