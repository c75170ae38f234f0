/** From where the door may be spoken to: Host against DNS rebinding, Origin against foreign pages. */
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

import { Fault } from '../station/answers/index.ts'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

export const isLoopback = (host: string): boolean => host === '127.0.0.1' || host === '::1' || host === 'localhost'

/** `host` is where the door listens; on other interfaces any IP address is a fair name, a DNS name must be listed. */
export class Places {
  readonly #isLocal: boolean
  readonly #listed: ReadonlySet<string>

  constructor(host: string, names: readonly string[]) {
    this.#isLocal = isLoopback(host)
    this.#listed = new Set(names.map((name) => name.toLowerCase()))
  }

  /** Throws FORBIDDEN_ORIGIN; a request without Origin is no page's. */
  check(request: IncomingMessage): void {
    const { host, origin } = request.headers
    if (host === undefined || !this.#isKnown(host, request.socket.localPort))
      throw new Fault('FORBIDDEN_ORIGIN', `this station is not known as ${host ?? 'nothing'}`, { header: 'host' })
    if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`)
      throw new Fault('FORBIDDEN_ORIGIN', `pages of ${origin} may not speak to this station`, { header: 'origin' })
  }

  #isKnown(host: string, port: number | undefined): boolean {
    const match = /^(\[[0-9a-f:.]+\]|[^:[\]/@]+)(?::(\d+))?$/i.exec(host.toLowerCase())
    const name = match?.[1]
    if (name === undefined) return false
    if (this.#listed.has(name)) return true
    if (LOOPBACK.has(name)) return Number(match?.[2] ?? 80) === port
    return !this.#isLocal && isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0
  }
}
