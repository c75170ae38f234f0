/** The window as built: locked down, and only its own page gets to the station. */
import { resolve } from 'node:path'

import { afterAll, expect } from 'vitest'

import { aMoment, guarded, until } from './desktop.ts'
import { closeBrowser, MAIN, PRELOAD } from './harness/launch.ts'
import type { PlainPage } from './port-client.ts'

afterAll(closeBrowser)

const HOME = 'app://signalbox/index.html'

guarded(
  'the window is sandboxed, isolated, without Node',
  {},
  async (desktop) => {
    const { contents, page } = await desktop.window()
    expect(contents.prefs.preload).toBe(resolve('out/preload/index.cjs'))
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } = contents.prefs
    expect({ sandbox, contextIsolation, nodeIntegration, webSecurity }).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    })
    const names = ['require', 'process', 'ipcRenderer', 'electron', 'electronHarness']
    expect(await page.evaluate((all) => all.filter((name) => name in window), names)).toEqual([])
  },
  ['the sandbox is off', [MAIN, /(preload,\s+)sandbox: true/, '$1sandbox: false']],
  ['Node is on', [MAIN, 'nodeIntegration: false,\n\t\t\twebSecurity', 'nodeIntegration: true,\n\t\t\twebSecurity']],
  ['isolation is off', [MAIN, /(preload,\s+sandbox: true,\s+)contextIsolation: true/, '$1contextIsolation: false']],
  ['web security is off', [MAIN, 'webSecurity: true', 'webSecurity: false']],
)

guarded(
  'a preload that needs Node fails in the sandbox and is reported',
  { mutate: [[PRELOAD, /^/, 'require("node:fs");']] },
  async (desktop) => {
    await desktop.window()
    expect(String(desktop.problems.splice(0))).toContain('module not found: node:fs')
  },
)

guarded(
  'the page gets one port when it asks; asking again closes the one before',
  {},
  async (desktop) => {
    const { page } = await desktop.window()
    await until(() => page.evaluate(() => (window as unknown as PlainPage).ports.length === 1))
    await page.evaluate(() => (window as unknown as PlainPage).ask())
    await until(() => page.evaluate(() => (window as unknown as PlainPage).ports.length === 2))
    await until(() => page.evaluate(() => (window as unknown as PlainPage).closedPorts === 1))
  },
  ['the port before stays', [MAIN, 'given.get(id)?.close()', '']],
)

guarded(
  'a foreign page gets no port',
  {},
  async (desktop) => {
    const { contents, page } = await desktop.window()
    // past the page's own policy: what is looked at is who is answered
    await page.addInitScript(() => {
      Object.assign(window, { got: 0 })
      addEventListener('message', ({ ports }) => ((window as unknown as { got: number }).got += ports.length))
    })
    await contents.loadURL('https://evil.test/')
    await page.evaluate(() => window.postMessage('signalbox:port?', '*'))
    await aMoment()
    expect(await page.evaluate(() => (window as unknown as { got: number }).got)).toBe(0)
  },
  ['nobody looks at the sender', [MAIN, 'if (!isOurs(event)) {', 'if (false) {']],
  ['every address is ours', [MAIN, 'senderFrame.url.startsWith', '"".concat']],
)

guarded(
  'another window gets no port, whatever it shows',
  {},
  async (desktop) => {
    await desktop.window()
    const event = { sender: {}, senderFrame: { url: HOME, parent: null, postMessage: () => (given = true) }, ports: [] }
    let given = false
    desktop.electron.ipcMain.emit('signalbox:port?', event)
    const sender = desktop.windows[0]!.webContents
    const framed = { ...event, sender, senderFrame: { ...event.senderFrame, parent: {} } }
    desktop.electron.ipcMain.emit('signalbox:port?', framed)
    await aMoment()
    expect(given).toBe(false)
  },
  ['the window is not compared', [MAIN, /sender !== this\.#window\?\.webContents/, 'false']],
  ['frames inside the page are served', [MAIN, /\(senderFrame\.parent \?\? null\) === null/, 'true']],
)

guarded(
  'the window cannot be navigated away',
  {},
  async (desktop) => {
    const { page, contents } = await desktop.window()
    await page.click('#away')
    await aMoment()
    await page.evaluate(() => void (location.href = 'https://evil.test/'))
    await aMoment()
    expect(new URL(contents.getURL()).host).toBe('signalbox')
    const asked: string[] = []
    contents.on('will-navigate', ({ url, defaultPrevented }: { url: string; defaultPrevented: boolean }) =>
      asked.push(`${url} ${defaultPrevented}`),
    )
    await page.evaluate(() => void (location.href = 'mailto:somebody@evil.test'))
    await until(() => asked.length > 0)
    expect(asked).toEqual(['mailto:somebody@evil.test true'])
  },
  ['nobody listens', [MAIN, '.on("will-navigate"', '.on("other"'], [MAIN, '.on("will-frame-navigate"', '.on("other"']],
  ['every address is home', [MAIN, 'homes.includes(home) && home === originOf(contents.getURL())', 'true']],
)

guarded(
  'new windows are refused',
  {},
  async (desktop) => {
    const { page } = await desktop.window()
    await page.click('#new')
    await page.evaluate(() => void window.open('https://evil.test/'))
    await page.evaluate(() => void window.open('app://signalbox/index.html'))
    await aMoment()
    expect(desktop.windows).toHaveLength(1)
    expect(page.context().pages()).toHaveLength(1)
  },
  ['the handler allows', [MAIN, 'action: "deny"', 'action: "allow"']],
  ['there is no handler', [MAIN, 'contents.setWindowOpenHandler(', 'void (']],
)

guarded(
  'nothing is permitted but copying',
  {},
  async (desktop) => {
    const { page } = await desktop.window()
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'clipboard-write']
    const states = await page.evaluate(
      (all) =>
        Promise.all(all.map(async (name) => (await navigator.permissions.query({ name: name as 'camera' })).state)),
      names,
    )
    expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied', 'granted'])
    expect(desktop.called('session.setDevicePermissionHandler')).toHaveLength(1)
  },
  [
    'nobody decides',
    [MAIN, 'setPermissionRequestHandler(', 'on("x",'],
    [MAIN, 'setPermissionCheckHandler(', 'on("y",'],
  ],
)

guarded(
  'the page runs and reaches nothing that is not its own',
  {},
  async (desktop) => {
    const { page } = await desktop.window()
    const ran = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.inlined = true'
      document.body.append(script)
      return 'inlined' in window
    })
    expect(ran).toBe(false)
    const reached = (address: string): Promise<string> =>
      page.evaluate(
        (to) => fetch(to, { mode: 'no-cors' }).then(() => 'reached', () => 'blocked'), // prettier-ignore
        address,
      )
    expect(await reached('https://evil.test/')).toBe('blocked')
    expect(await reached('/page.js')).toBe('blocked')
    expect(await page.evaluate(() => (window as unknown as PlainPage).evaluated)).toBe('refused')
  },
  ['the policy allows every connection', [MAIN, `"connect-src 'none'"`, '"connect-src *"']],
  ['the policy allows scripts in the page', [MAIN, `"script-src 'self'"`, `"script-src 'self' 'unsafe-inline'"`]],
  ['the policy allows eval', [MAIN, `"script-src 'self'"`, `"script-src 'self' 'unsafe-eval'"`]],
  ['no policy is sent', [MAIN, '"content-security-policy": POLICY', '"x-nothing": POLICY']],
)

guarded(
  'only files of the page are served',
  {},
  async (desktop) => {
    const { contents } = await desktop.window()
    const statuses: number[] = []
    for (const path of ['../main/index.js', '..%2fharness%2fpage-side.js', 'nothing.html', 'page.js%00.html', '%zz']) {
      const request = { method: () => 'GET', headers: () => ({}), postData: () => null }
      const served = await desktop.session.respond(`app://signalbox/${path}`, request as never)
      statuses.push(served.status)
    }
    expect(statuses).toEqual([404, 404, 404, 404, 404])
    const post = { method: () => 'POST', headers: () => ({}), postData: () => 'x' }
    expect((await desktop.session.respond(HOME, post as never)).status).toBe(405)
    expect((await desktop.session.respond('app://elsewhere/index.html', post as never)).status).not.toBe(200)
    expect(new URL(contents.getURL()).pathname).toBe('/index.html')
  },
  ['the folder is not compared', [MAIN, 'file.startsWith(folder + sep)', 'true']],
)

guarded(
  'downloads are the page’s own exports',
  {},
  async (desktop) => {
    await desktop.window()
    const download = (address: string): boolean => {
      let refused = false
      desktop.session.emit('will-download', { preventDefault: () => (refused = true) }, { getURL: () => address })
      return !refused
    }
    expect(download('https://evil.test/x.exe')).toBe(false)
    expect(download('blob:app://signalbox/1')).toBe(true)
  },
  ['every download is let through', [MAIN, '.on("will-download"', '.on("other"']],
)

guarded(
  'webviews are refused',
  {},
  async (desktop) => {
    const { contents } = await desktop.window()
    let refused = false
    contents.emit('will-attach-webview', { preventDefault: () => (refused = true) })
    expect(refused).toBe(true)
  },
  ['nobody refuses', [MAIN, '"will-attach-webview"', '"other"']],
)

guarded('the scheme is a real origin, registered before the application is ready', {}, async (desktop) => {
  await desktop.window()
  expect(desktop.app.isSandboxed).toBe(true)
  expect(desktop.called('protocol.registerSchemesAsPrivileged')).toEqual([
    [[{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]],
  ])
})
