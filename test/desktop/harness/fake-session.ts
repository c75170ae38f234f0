/** Electron's `protocol` and default session: what a page is served, and what it is allowed. */
import { EventEmitter } from 'node:events'

import type { BrowserContext, Request as PageRequest } from '@playwright/test'

import type { FakeApp } from './fake-app.ts'
import type { Recorder } from './recorder.ts'

type SchemeHandler = (request: Request) => Response | Promise<Response>
type PermissionRequest = (contents: unknown, name: string, answer: (granted: boolean) => void, details: object) => void
type PermissionCheck = (contents: unknown, name: string, origin: string, details: object) => boolean

/** Electron's names for permissions, and Chromium's. */
const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  geolocation: ['geolocation'],
  notifications: ['notifications'],
  media: ['camera', 'microphone'],
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
}

export interface Served {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Buffer
}

export class FakeSession extends EventEmitter {
  readonly protocol
  readonly #schemes = new Map<string, SchemeHandler>()
  /** pages of the world outside, by address */
  readonly #internet: Readonly<Record<string, string>>
  #mayHave: PermissionRequest | null = null
  #has: PermissionCheck | null = null

  constructor(recorder: Recorder, app: FakeApp, internet: Readonly<Record<string, string>>) {
    super()
    this.#internet = internet
    this.protocol = recorder.around('protocol', {
      registerSchemesAsPrivileged(schemes: unknown) {
        if (app.isReady()) throw new Error('registerSchemesAsPrivileged must be called before app is ready')
        recorder.note('protocol.registerSchemesAsPrivileged', schemes)
      },
      handle: (scheme: string, handler: SchemeHandler) => void this.#schemes.set(scheme, handler),
    })
  }

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.#mayHave = handler
  }

  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.#has = handler
  }

  /** Electron grants what no handler refuses; the verdicts become Chromium's permissions for that origin. */
  async grant(context: BrowserContext, contents: unknown, wire: string, address: string): Promise<void> {
    if (!wire.startsWith('http')) return
    const granted: string[] = []
    for (const [name, chromium] of Object.entries(PERMISSIONS)) {
      const isAsked = await this.#isGranted(contents, name, address)
      if (isAsked && (this.#has?.(contents, name, new URL(address).origin, {}) ?? true)) granted.push(...chromium)
    }
    await context.grantPermissions(granted, { origin: new URL(wire).origin })
  }

  async respond(address: string, request: PageRequest): Promise<Served> {
    const handler = this.#schemes.get(new URL(address).protocol.slice(0, -1))
    const body = request.postData()
    const init = { method: request.method(), headers: request.headers(), ...(body !== null && { body }) }
    const response = handler ? await handler(new Request(address, init)) : this.#outside(address)
    const headers = Object.fromEntries(response.headers)
    return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) }
  }

  #isGranted(contents: unknown, name: string, address: string): boolean | Promise<boolean> {
    const ask = this.#mayHave
    if (ask === null) return true
    return new Promise((resolve) => ask(contents, name, resolve, { requestingUrl: address, isMainFrame: true }))
  }

  #outside(address: string): Response {
    const page = this.#internet[address]
    const status = page === undefined ? 404 : 200
    return new Response(page ?? 'no such page', { status, headers: { 'content-type': 'text/html' } })
  }
}
