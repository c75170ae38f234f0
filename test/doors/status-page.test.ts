/** The plain status page: its script runs against the real door with a document of straw, signed in by the printed link. */
import { createHash } from 'node:crypto'
import { createContext, runInContext } from 'node:vm'

import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import { decisionOf } from '../fixtures/facade-rows.ts'
import { openHeadless, type HeadlessDoor } from './headless-doors.ts'

/** As much of an element as the page uses. */
class Straw {
  textContent = ''
  className = ''
  children: Straw[] = []
  append(...children: Straw[]): void {
    this.children.push(...children)
  }
  replaceChildren(...children: Straw[]): void {
    this.children = children
  }
  get text(): string {
    return [this.textContent, ...this.children.map((child) => child.text)].filter((part) => part !== '').join(' ')
  }
}

interface OpenPage {
  readonly text: (id: string) => string
  readonly sockets: WebSocket[]
}

let door: HeadlessDoor
const opened: WebSocket[] = []

afterEach(async () => {
  for (const socket of opened.splice(0)) socket.removeAllListeners('close').terminate()
  await door.close()
})

const between = (text: string, start: string, end: string): string => text.split(start)[1]?.split(end)[0] ?? ''

/** Loads the page and runs its script with this cookie. */
async function openPage(cookie: string): Promise<OpenPage> {
  const html = await (await fetch(door.address)).text()
  const elements = new Map<string, Straw>()
  const byId = (id: string): Straw => {
    expect(html).toContain(`id="${id}"`)
    const element = elements.get(id) ?? new Straw()
    elements.set(id, element)
    return element
  }
  class PageSocket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie, origin: door.address } })
      opened.push(this)
    }
  }
  const page = createContext({
    document: { getElementById: byId, createElement: () => new Straw() },
    location: { protocol: 'http:', host: `127.0.0.1:${door.port}` },
    requestAnimationFrame: (paint: () => void) => setImmediate(paint),
    setTimeout: (run: () => void) => setImmediate(run),
    WebSocket: PageSocket,
  })
  runInContext(between(html, '<script>', '</script>'), page)
  return { text: (id) => byId(id).text, sockets: opened }
}

async function signedIn(): Promise<string> {
  const response = await fetch(door.signInLink(), { redirect: 'manual' })
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

test('shows mode, environment, account, positions and decisions, live', async () => {
  door = await openHeadless()
  const page = await openPage(await signedIn())
  await expect.poll(() => page.text('facts')).toMatch(/mode ■ NORMAL environment SIMULATED/)
  expect(page.text('facts')).toMatch(/equity, USDT 10,000\.00/)
  expect(page.text('positions')).toMatch(/BTCUSDT LONG 0\.01/)
  expect(page.text('decisions')).toMatch(/would risk 1\.9 %, limit 0\.75 %/)
  expect(page.text('link')).toBe('live')

  door.station.policy.switchMode('DEFENSIVE', { actor: 'user', reason: 'calmer' })
  await expect.poll(() => page.text('facts')).toMatch(/▼ DEFENSIVE/)
  door.station.closePosition('BTCUSDT')
  await expect.poll(() => page.text('positions')).toBe('Nothing is open.')
  const row = decisionOf('new', { at: door.station.now + 1, sentence: 'denied · <img src=x onerror=alert(1)>' })
  door.station.announce([{ topic: 'decisions', key: row.id, row }])
  await expect.poll(() => page.text('decisions')).toContain('<img src=x onerror=alert(1)>')
})

test('says so when nobody is signed in', async () => {
  door = await openHeadless()
  const page = await openPage('')
  const socket = page.sockets[0]!
  await expect.poll(() => socket.readyState).not.toBe(WebSocket.CONNECTING)
  await expect.poll(() => page.text('link')).toMatch(/Signed out/)
})

test('says that what is shown may be old, comes back by itself and starts over', async () => {
  door = await openHeadless()
  const page = await openPage(await signedIn())
  await expect.poll(() => page.text('link')).toBe('live')
  door.station.policy.switchMode('AGGRESSIVE', { actor: 'user', reason: 'bolder' })
  page.sockets[0]!.terminate()
  await expect.poll(() => page.sockets.length).toBeGreaterThan(1)
  await expect.poll(() => page.text('facts')).toMatch(/▲ AGGRESSIVE/)
  expect(page.text('link')).toBe('live')
})

test('carries nothing from elsewhere, and its policy names exactly its own script and style', async () => {
  door = await openHeadless()
  for (const path of ['/', '/docs']) {
    const response = await fetch(`${door.address}${path}`)
    const html = await response.text()
    const csp = response.headers.get('content-security-policy') ?? ''
    const script = between(html, '<script>', '</script>')
    const style = between(html, '<style>', '</style>')
    const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    expect(csp).toContain(`style-src ${hashOf(style)}`)
    expect(csp).toContain(path === '/' ? `script-src ${hashOf(script)}` : "script-src 'none'")
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//)
    expect(html).not.toMatch(/ style="| on\w+="/)
  }
})

test('the interface page lists every path of the document', async () => {
  door = await openHeadless()
  const html = await (await fetch(`${door.address}/docs`)).text()
  const { paths } = (await (await fetch(`${door.address}/openapi.json`)).json()) as { paths: Record<string, unknown> }
  expect(Object.keys(paths).filter((path) => !html.includes(`<code>${path}</code>`))).toEqual([])
})
