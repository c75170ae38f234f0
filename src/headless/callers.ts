/** Who is speaking: a bearer token of the shelf, or the session of a signed-in browser. */
import type { IncomingMessage } from 'node:http'

import type { Actor, TokenShelf } from '../station/answers/index.ts'
import type { Sessions } from './sessions.ts'
import { findToken, hashOf } from './tokens.ts'

export interface Identity {
  /** what its calls are counted under */
  readonly key: string
  readonly actor: Actor
  readonly scope: 'read' | 'control'
  /** false once the token was removed or the session ended */
  readonly isValid: () => boolean
}

/** Cookies do not know ports: the name keeps stations on one machine apart. */
export const cookieName = (port: number | undefined): string => `signalbox_${port ?? 0}`

export class Callers {
  readonly #tokens: TokenShelf
  readonly #sessions: Sessions

  constructor(tokens: TokenShelf, sessions: Sessions) {
    this.#tokens = tokens
    this.#sessions = sessions
  }

  /** A cookie alone changes nothing unless the page that sends it says where it is from: browsers do. */
  of(request: IncomingMessage): Identity | null {
    const { authorization, origin } = request.headers
    if (authorization !== undefined) {
      const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
      return token === undefined ? null : this.byToken(token)
    }
    const isReading = request.method === 'GET' && request.headers.upgrade === undefined
    return isReading || origin !== undefined ? this.#bySession(request) : null
  }

  byToken(token: string): Identity | null {
    const row = findToken(this.#tokens, token)
    if (row === null) return null
    const isValid = (): boolean => this.#tokens.find(row.hash)?.scope === row.scope
    return { key: `token:${row.name}`, actor: `api:${row.name}`, scope: row.scope, isValid }
  }

  #bySession(request: IncomingMessage): Identity | null {
    const session = cookie(request.headers.cookie ?? '', cookieName(request.socket.localPort))
    if (session === null || !this.#sessions.has(session)) return null
    const isValid = (): boolean => this.#sessions.has(session)
    return { key: `session:${hashOf(session)}`, actor: 'user', scope: 'control', isValid }
  }
}

function cookie(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const [key, value] = part.split('=', 2)
    if (key?.trim() === name && value !== undefined) return value.trim()
  }
  return null
}
