/** Electron's webContents on a real Chromium page; the preload runs in an isolated world of its own (CDP's worldName). */
import { EventEmitter } from 'node:events'

import type { BrowserContext, CDPSession, Page, Route } from '@playwright/test'

import { fromWire, toWire } from './addresses.ts'
import type { FakeApp } from './fake-app.ts'
import type { FakeSession } from './fake-session.ts'
import { pageScript, preloadScript, type Preferences } from './page-script.ts'
import type { MessagePortMain } from './ports.ts'
import { preventable } from './preventable.ts'

/** What all windows of one launch share. */
export interface Stage {
  readonly app: FakeApp
  readonly session: FakeSession
  readonly ipcMain: EventEmitter
  readonly context: () => Promise<BrowserContext>
  readonly mutated: (path: string, source: string) => string
  /** faults of preloads */
  readonly problems: unknown[]
}

export interface OwnerWindow {
  emit(event: string, ...args: unknown[]): boolean
  isDestroyed(): boolean
}

interface FromPage {
  readonly kind: 'send' | 'port' | 'port-close' | 'preload-error'
  readonly url: string
  readonly channel: string
  readonly args: readonly unknown[]
  readonly id: string
  readonly data: unknown
  readonly problem: string
}

export interface OpenRequest {
  readonly url: string
  readonly frameName: string
  readonly features: string
  readonly disposition: string
}

type OpenHandler = (request: OpenRequest) => { action: 'allow' | 'deny' }

const BINDING = 'electronHarness'
const CHROMIUM_GOES_THERE = /^(https?|file|about|data|blob):/

/** Bytes that a port clones have to travel as text here. */
const bytesAsText = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { electronHarnessBytes: Buffer.from(value).toString('base64') } : value

export class FakeContents extends EventEmitter {
  readonly id: number
  readonly prefs: Preferences
  readonly session: FakeSession
  page!: Page
  cdp!: CDPSession
  isLoaded = false
  /** the page is attached; rejects when its window was closed before */
  ready: Promise<void>
  readonly #stage: Stage
  readonly #window: OwnerWindow
  readonly #pumps = new Map<string, MessagePortMain>()
  #url = ''
  #hasCrashed = false
  #openHandler: OpenHandler | null = null
  /** the next main-frame load that main itself asked for */
  #expected = ''
  #contextId: number | undefined
  #outbox: string[] = []
  #ports = 0

  constructor(stage: Stage, window: OwnerWindow, prefs: Preferences, id: number) {
    super()
    this.#stage = stage
    this.#window = window
    this.session = stage.session
    this.prefs = prefs
    this.id = id
    this.ready = this.#attach()
    // loadURL tells whoever waits
    this.ready.catch(() => {})
  }

  getURL(): string {
    return fromWire(this.page.url())
  }

  get mainFrame(): object {
    return this.#frame(this.getURL())
  }

  isDestroyed(): boolean {
    return this.#window.isDestroyed()
  }

  async loadURL(url: string): Promise<void> {
    try {
      await this.ready
      this.#url = url
      this.#expected = toWire(url).split('#', 1)[0] ?? ''
      await this.page.goto(toWire(url))
    } catch (problem) {
      if (this.isDestroyed() || this.#hasCrashed) return
      this.emit('did-fail-load', preventable(), -3, String(problem), url)
      throw problem
    }
  }

  reload(): Promise<void> {
    this.ready = this.ready.then(() => (this.#hasCrashed ? this.#replace() : undefined))
    return this.loadURL(this.#url)
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  /** The document is gone: with it the ports it had. */
  documentGone(): void {
    this.#contextId = undefined
    for (const port of this.#pumps.values()) port.close()
    this.#pumps.clear()
  }

  send(channel: string, ...args: unknown[]): void {
    this.#deliver({ kind: 'message', channel, args, ports: [] })
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ports = transfer.map((port) => this.#pump(port))
    this.#deliver({ kind: 'message', channel, args: [message], ports })
  }

  async onRequest(route: Route): Promise<void> {
    const request = route.request()
    const url = fromWire(request.url())
    if (request.isNavigationRequest()) {
      const isMainFrame = request.frame() === this.page.mainFrame()
      if (!this.#mayNavigate(request.url(), isMainFrame)) return route.abort('aborted')
      if (isMainFrame) await this.#stage.session.grant(this.page.context(), this, request.url(), url)
    }
    const { status, headers, body } = await this.#stage.session.respond(url, request)
    await route.fulfill({ status, headers, body })
  }

  async #attach(): Promise<void> {
    if (this.isDestroyed()) return
    this.page = await (await this.#stage.context()).newPage()
    this.cdp = await this.page.context().newCDPSession(this.page)
    this.#hasCrashed = false
    this.#listenToPage()
    await this.#listenToWorld()
  }

  #listenToPage(): void {
    this.page.on('popup', (popup) => void popup.close())
    this.page.on('crash', () => {
      this.#hasCrashed = true
      this.isLoaded = false
      this.documentGone()
      this.emit('render-process-gone', preventable(), { reason: 'crashed', exitCode: 5 })
    })
    this.page.on('load', () => {
      this.isLoaded = true
      this.emit('did-finish-load')
      this.#window.emit('ready-to-show')
    })
  }

  async #listenToWorld(): Promise<void> {
    const { cdp } = this
    const world = this.prefs.contextIsolation ? 'preload' : ''
    const mainFrame = (await cdp.send('Page.getFrameTree')).frameTree.frame.id
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId, isDefault } = (context.auxData ?? {}) as { frameId?: string; isDefault?: boolean }
      if (frameId === mainFrame && (world === '' ? isDefault === true : context.name === world))
        this.#contextId = context.id
    })
    cdp.on('Runtime.executionContextsCleared', () => this.documentGone())
    cdp.on('Runtime.bindingCalled', ({ name, executionContextId, payload }) => {
      if (name === BINDING && executionContextId === this.#contextId) this.#receive(JSON.parse(payload) as FromPage)
    })
    cdp.on('Page.frameRequestedNavigation', ({ frameId, url }) => {
      // foreign schemes never reach the network: they are announced here, and Chromium goes nowhere
      if (frameId === mainFrame && !CHROMIUM_GOES_THERE.test(url)) this.emit('will-navigate', preventable({ url }), url)
    })
    cdp.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => this.#askOpen(url, windowName, windowFeatures))
    await cdp.send('Page.enable')
    await cdp.send('Runtime.enable')
    await cdp.send('Runtime.addBinding', { name: BINDING, ...(world !== '' && { executionContextName: world }) })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript() })
    const source = this.#preload()
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source, ...(world !== '' && { worldName: world }) })
  }

  #preload(): string {
    try {
      return preloadScript(this.prefs, this.#stage.mutated)
    } catch (problem) {
      this.#preloadFailed(problem)
      return ''
    }
  }

  #preloadFailed(problem: unknown): void {
    this.#stage.problems.push(problem)
    this.emit('preload-error', preventable(), this.prefs.preload, problem)
  }

  /** A crashed page is of no more use: the same contents get another. */
  async #replace(): Promise<void> {
    await this.page.close()
    await this.#attach()
  }

  #mayNavigate(wire: string, isMainFrame: boolean): boolean {
    if (isMainFrame && wire.split('#', 1)[0] === this.#expected) {
      this.#expected = ''
      return true
    }
    const event = preventable({ url: fromWire(wire), isMainFrame, isSameDocument: false })
    this.emit('will-frame-navigate', event)
    if (isMainFrame) this.emit('will-navigate', event, event.url)
    return !event.defaultPrevented
  }

  #receive(message: FromPage): void {
    switch (message.kind) {
      case 'port':
        this.#pumps.get(message.id)?.postMessage(message.data)
        break
      case 'port-close':
        this.#pumps.get(message.id)?.close()
        break
      case 'preload-error':
        this.#preloadFailed(message.problem)
        break
      case 'send': {
        const senderFrame = this.#frame(fromWire(message.url))
        const event = { sender: this, senderFrame, ports: [], reply: this.send.bind(this) }
        this.#stage.ipcMain.emit(message.channel, event, ...message.args)
      }
    }
  }

  #frame(url: string): object {
    const post = this.postMessage.bind(this)
    return { url, origin: new URL(toWire(url)).origin, parent: null, postMessage: post, send: this.send.bind(this) }
  }

  /** Main keeps the port; the page gets one of its own, and this carries between both. */
  #pump(port: MessagePortMain): string {
    const id = `port-${++this.#ports}`
    this.#pumps.set(id, port)
    port.on('message', ({ data }: { data: unknown }) => this.#deliver({ kind: 'port', id, data }))
    port.on('close', () => this.#deliver({ kind: 'port-close', id }))
    port.start()
    return id
  }

  /** Gathered per turn, in order. */
  #deliver(message: object): void {
    if (this.#outbox.push(JSON.stringify(message, bytesAsText)) > 1) return
    setImmediate(() => {
      const expression = `electronHarnessDeliver(${JSON.stringify(this.#outbox.splice(0))})`
      if (this.#contextId === undefined) return
      this.cdp.send('Runtime.evaluate', { expression, contextId: this.#contextId }).catch(() => {})
    })
  }

  #askOpen(wire: string, frameName: string, features: readonly string[]): void {
    const url = fromWire(wire)
    const request = { url, frameName, features: features.join(','), disposition: 'new-window' }
    const decision = this.#openHandler?.(request) ?? { action: 'allow' as const }
    if (decision.action === 'allow') this.#window.emit('harness-open', url)
  }
}
