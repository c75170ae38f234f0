/** The desktop on a station elsewhere: asked for, checked, kept sealed, followed through its own wire. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect } from 'vitest'

import { type HeadlessDoor, openHeadless } from '../doors/headless-doors.ts'
import { guarded, until } from './desktop.ts'
import { closeBrowser, type Desktop, MAIN } from './harness/launch.ts'
import { clientOf } from './port-client.ts'

const door = await openHeadless()
let second: HeadlessDoor | null = null

afterAll(async () => {
  await closeBrowser()
  await second?.close()
})

type Item = { readonly label?: string; readonly click?: () => void; submenu?: Item[] }

function choose(desktop: Desktop, label: string): void {
  const [menu] = desktop.called('Menu.setApplicationMenu').at(-1) as [{ items: Item[] }]
  const item = menu.items.flatMap(({ submenu = [] }) => submenu).find((each) => each.label === label)
  if (item?.click === undefined) throw new Error(`the menu has no "${label}"`)
  item.click()
}

const ATTACH = 'Attach to another station…'

const toolTip = (desktop: Desktop): string => (desktop.called('Tray.setToolTip').at(-1)?.[0] ?? '') as string

/** The window that asks, filled in and sent. */
async function attach(desktop: Desktop, address: string, token: string): Promise<void> {
  await until(() => desktop.called('Menu.setApplicationMenu').length > 0)
  choose(desktop, ATTACH)
  const { page } = await desktop.window(1)
  await page.getByLabel('Address').fill(address)
  await page.getByLabel('Token').fill(token)
  await page.getByRole('button', { name: 'Attach' }).click()
}

const problem = async (desktop: Desktop): Promise<string> =>
  (await (await desktop.window(1)).page.getByRole('status').textContent()) ?? ''

const memory = (desktop: Desktop): { remote: unknown } =>
  JSON.parse(readFileSync(join(desktop.app.getPath('userData'), 'desktop.json'), 'utf8')) as { remote: unknown }

const anyway = { 'dialog.showMessageBox': () => Promise.resolve({ response: 1 }) }

guarded(
  'the desktop attaches to a station elsewhere; its own stops, the page goes on over the same port',
  { answers: anyway },
  async (desktop, own, stage) => {
    const { page } = await desktop.window()
    await until(() => toolTip(desktop).includes('this computer'))
    const before = door.station.policy.current.version
    await attach(desktop, door.address, door.control)
    await until(() => toolTip(desktop).includes(door.address))
    expect(stage.stops).toBe(1)
    expect(desktop.called('dialog.showMessageBox')).toHaveLength(1)
    await until(() => page.evaluate(() => (window as unknown as { closedPorts: number }).closedPorts > 0))
    await page.evaluate(() => (window as unknown as { ask(): void }).ask())
    await until(() => page.evaluate(() => (window as unknown as { ports: unknown[] }).ports.length === 2))
    const client = await clientOf(page)
    await client.policy.change({ max_positions: 4, reason: 'from afar' })
    expect(door.station.policy.current.version).toBe(before + 1)
    expect(own.policy.current.maxPositions).not.toBe(4)
    expect(desktop.windows[0]?.title).toBe(`Signalbox · SIMULATED · ${door.address}`)
  },
  [
    'its own station runs on',
    [MAIN, 'await this.#station.letGo();\n\t\tawait this.#take(open);', 'await this.#take(open);'],
  ],
)

guarded(
  'the token rests sealed, and the next start attaches again by itself',
  { answers: anyway },
  async (desktop) => {
    await attach(desktop, door.address, door.control)
    await until(() => toolTip(desktop).includes(door.address))
    await until(() => memory(desktop).remote !== null)
    const text = JSON.stringify(memory(desktop).remote)
    expect(text).toContain(door.address)
    expect(text).not.toContain(door.control)
  },
  ['the token is kept as it is', [MAIN, 'sealedToken: await seal(token)', 'sealedToken: token']],
)

/** A folder in which an earlier run left its memory of the desktop. */
function remembering(remote: { address: string; sealedToken: string | null }): string {
  const home = mkdtempSync(join(tmpdir(), 'signalbox-desktop-'))
  const folder = join(home, 'station', 'desktop')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'desktop.json'), JSON.stringify({ window: null, remote, knowsTray: true }))
  return home
}

const sealed = (): string => Buffer.from(`sealed:${door.control}`).toString('base64')

guarded(
  'a station attached before is attached at the start, and its positions are its own business',
  { home: () => remembering({ address: door.address, sealedToken: sealed() }) },
  async (desktop, _own, stage) => {
    await until(() => toolTip(desktop).includes('1 open position'))
    expect(toolTip(desktop)).toContain(door.address)
    expect(desktop.called('powerSaveBlocker.start')).toEqual([])
    desktop.powerMonitor.emit('suspend')
    expect(door.station.writes).not.toContain('system suspended')
    desktop.app.quit()
    await until(() => desktop.hasEnded())
    expect(desktop.called('dialog.showMessageBox')).toEqual([])
    expect(stage.stops).toBe(0)
  },
  ['sleep is held off for others', [MAIN, 'host.isOwn && glance.positions.size > 0', 'glance.positions.size > 0']],
)

guarded(
  'without its token nothing is started: the window asks, and closing it ends the application',
  { home: () => remembering({ address: 'https://station.example', sealedToken: null }) },
  async (desktop, _own, stage) => {
    const { page } = await desktop.window(0)
    expect(await page.getByLabel('Address').inputValue()).toBe('https://station.example')
    expect(desktop.windows).toHaveLength(1)
    desktop.windows[0]?.close()
    await until(() => desktop.hasEnded())
    expect(stage.stops).toBe(0)
  },
)

guarded(
  'this computer’s own station is one click away',
  { home: () => remembering({ address: 'https://station.example', sealedToken: null }) },
  async (desktop) => {
    const { page } = await desktop.window(0)
    await page.getByRole('button', { name: 'Run this computer’s own station' }).click()
    await until(() => toolTip(desktop).includes('this computer'))
    expect(memory(desktop).remote).toBeNull()
    expect(desktop.windows[0]?.isDestroyed()).toBe(true)
  },
)

const tokenFile = join(mkdtempSync(join(tmpdir(), 'signalbox-token-')), 'token')
writeFileSync(tokenFile, `${door.control}\n`)

guarded(
  'the command line attaches for one run, and nothing of it is remembered',
  { args: ['--attach', door.address, '--token-file', tokenFile] },
  async (desktop, _own, stage) => {
    await until(() => toolTip(desktop).includes(door.address))
    await until(() => toolTip(desktop).includes('1 open position'))
    expect(stage.stops).toBe(0)
    expect(() => memory(desktop)).toThrow('ENOENT')
  },
)

guarded(
  'an address on the command line that is none is told',
  { args: ['--attach', 'ftp://station.example', '--token-file', tokenFile] },
  async (desktop) => {
    await until(() => desktop.hasEnded())
    expect(desktop.called('dialog.showErrorBox')[0]?.[1]).toContain('--attach ftp://station.example: an address begins')
  },
)

guarded('a wrong token is told and changes nothing', {}, async (desktop, _own, stage) => {
  await attach(desktop, door.address, 'sbx_made-up')
  await until(async () => (await problem(desktop)).includes('does not know this token'))
  expect(stage.stops).toBe(0)
  expect(toolTip(desktop)).toContain('this computer')
})

guarded('where nobody answers, that is told', {}, async (desktop) => {
  await attach(desktop, '127.0.0.1:9', door.control)
  await until(async () => (await problem(desktop)).startsWith('Nobody answers at http://127.0.0.1:9'))
})

guarded(
  'a token does not travel in clear unless that is meant',
  {},
  async (desktop) => {
    await attach(desktop, 'station.example:8787', door.control)
    await until(async () => (await problem(desktop)).includes('is not encrypted'))
    const { page } = await desktop.window(1)
    await page.getByLabel(/The network in between is mine alone/).check()
  },
  ['it is sent at once', [MAIN, '!read.isEncrypted && ', 'false && ']],
)

guarded(
  'a refused change of station leaves everything as it was',
  {},
  async (desktop, _own, stage) => {
    await until(() => toolTip(desktop).includes('1 open position'))
    await attach(desktop, door.address, door.control)
    await until(() => desktop.called('dialog.showMessageBox').length > 0)
    await until(() => desktop.windows[1]?.isDestroyed())
    expect(stage.stops).toBe(0)
    expect(toolTip(desktop)).toContain('this computer')
    expect(() => memory(desktop)).toThrow('ENOENT')
  },
  ['nobody asks', [MAIN, 'if (open === 0) return true;', 'return true;']],
)

guarded(
  'the page that asks is reached by nobody else, and reaches nobody',
  {},
  async (desktop) => {
    const get = { method: () => 'GET', headers: () => ({}), postData: () => null }
    await until(() => toolTip(desktop).includes('this computer'))
    expect((await desktop.session.respond('app://attach/', get as never)).status).toBe(404)
    choose(desktop, ATTACH)
    const { page, contents } = await desktop.window(1)
    expect(contents.prefs).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
    expect(contents.prefs.preload).toBeUndefined()
    const outside = await page.evaluate(
      () =>
      fetch('https://evil.test/', { mode: 'no-cors' }).then(() => 'reached', () => 'blocked'), // prettier-ignore
    )
    expect(outside).toBe('blocked')
    const { page: room } = await desktop.window(0)
    const address = page.url()
    const across = await room.evaluate(
      (to) => fetch(to, { method: 'POST', mode: 'no-cors', body: '{"isOwn":true}' }).then(() => 'reached', () => 'blocked'), // prettier-ignore
      address,
    )
    expect(across).toBe('blocked')
  },
  ['it answers always', [MAIN, 'if (this.#window === null) return new Response(', 'if (false) return new Response(']],
)

guarded(
  'a station elsewhere that goes away is said to be gone, and found again when it is back',
  { home: () => remembering({ address: door.address, sealedToken: sealed() }) },
  async (desktop) => {
    await until(() => toolTip(desktop).includes('1 open position'))
    await door.close()
    await until(() => toolTip(desktop).includes('not connected: these figures are old'))
    second = await openHeadless({ port: door.port, tokens: door.tokens })
    await until(() => !toolTip(desktop).includes('not connected'))
    await second.close()
  },
)
