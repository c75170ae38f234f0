/** Attaching to a station elsewhere: the window that asks, what is checked before it is believed, and what is kept. */
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { BrowserWindow } from 'electron'
import { z } from 'zod'

import { ATTACH_POLICY, attachPage } from './attach-page.ts'
import { PAGE_HEADERS } from './page-server.ts'
import { readAddress } from './remote-address.ts'
import { type RemoteStation, socketTo } from './remote-station.ts'
import type { StationClient } from './station-host.ts'

/** An origin of its own: the control room's page cannot reach it. */
export const ATTACH_HOME = 'app://attach'

const Wish = z.union([
  z.object({ isOwn: z.literal(true) }),
  z.object({ address: z.string(), token: z.string(), isPlainMeant: z.boolean() }),
])

export interface AttachDeps {
  /** of the station attached last time; null: none was */
  readonly address: () => string | null
  readonly parent: () => BrowserWindow | null
  readonly attached: (remote: RemoteStation) => void
  /** this computer's own station is wanted instead */
  readonly detached: () => void
  /** the window was closed without either */
  readonly abandoned: () => void
}

interface Answer {
  readonly problem: string
  /** the connection would not be encrypted */
  readonly isPlain?: boolean
}

const DONE: Answer = { problem: '' }

export class Attach {
  readonly #deps: AttachDeps
  #window: BrowserWindow | null = null

  constructor(deps: AttachDeps) {
    this.#deps = deps
  }

  open(): void {
    if (this.#window !== null) {
      this.#window.focus()
      return
    }
    const window = openWindow(this.#deps.parent())
    this.#window = window
    window.on('closed', () => {
      if (this.#window === null) return
      this.#window = null
      this.#deps.abandoned()
    })
    window.loadURL(`${ATTACH_HOME}/`).catch(() => {})
  }

  /** Answers the window's page: the page itself, and what became of a wish. Nothing is served while it is closed. */
  async respond(request: Request): Promise<Response> {
    const headers = { ...PAGE_HEADERS, 'content-security-policy': ATTACH_POLICY }
    if (this.#window === null) return new Response(null, { status: 404, headers })
    if (request.method === 'POST') return Response.json(await this.#judge(await request.text()), { headers })
    const page = attachPage(this.#deps.address())
    return new Response(page, { headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } })
  }

  async #judge(text: string): Promise<Answer> {
    const { success, data: wish } = Wish.safeParse(jsonOf(text))
    if (!success) return { problem: 'Address and token are needed.' }
    if ('isOwn' in wish) return this.#detach()
    const read = readAddress(wish.address)
    if ('problem' in read) return { problem: read.problem }
    const { address } = read
    if (!read.isEncrypted && !read.isThisComputer && !wish.isPlainMeant)
      return { problem: plainSentence(address), isPlain: true }
    const remote = { address, token: wish.token.trim() }
    const refusal = await refusalOf(remote)
    if (refusal !== null) return { problem: refusal }
    this.#close()
    this.#deps.attached(remote)
    return DONE
  }

  #detach(): Answer {
    this.#close()
    this.#deps.detached()
    return DONE
  }

  #close(): void {
    const window = this.#window
    this.#window = null
    window?.close()
  }
}

function openWindow(parent: BrowserWindow | null): BrowserWindow {
  const window = new BrowserWindow({
    width: 520,
    height: 420,
    useContentSize: true,
    resizable: false,
    minimizable: false,
    maximizable: false,
    title: 'Attach to another station',
    ...(parent !== null && { parent, modal: true }),
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  })
  window.setMenuBarVisibility(false)
  return window
}

const plainSentence = (address: string): string =>
  `The connection to ${address} is not encrypted: whoever listens in between can read the token and trade with it. Use https://, or say above that the network is yours.`

const ANSWER_MS = 8000
const UNAUTHORISED = 4401

/** Why it cannot be attached to; null: it answers, and knows the token. */
async function refusalOf(remote: RemoteStation): Promise<string | null> {
  const socket = socketTo(remote)
  const client: StationClient = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))
  const ended = new Promise<string>((resolve) => {
    socket.on('error', (problem) => resolve(`Nobody answers at ${remote.address}: ${problem.message}`))
    socket.on('close', (code) => resolve(closedSentence(remote.address, code)))
  })
  const silence = setTimeout(() => socket.terminate(), ANSWER_MS)
  const answered = client.station.status().then(
    () => null,
    // the end of the wire, if that was it, says more
    () => new Promise<string>((resolve) => setTimeout(resolve, 200, `There is no station at ${remote.address}.`)),
  )
  try {
    return await Promise.race([ended, answered])
  } finally {
    clearTimeout(silence)
    socket.terminate()
  }
}

const closedSentence = (address: string, code: number): string =>
  code === UNAUTHORISED ? `The station at ${address} does not know this token.` : `${address} ended the connection.`

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
