/** What only a real Electron can show of the application; the screens' own specs run inside it beside these. */
import { expect, test } from './station.ts'

test('the page comes from the application’s own scheme, without Node', async ({ page }) => {
  expect(await page.evaluate(() => location.origin)).toBe('app://signalbox')
  expect(await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in window))).toEqual([])
})

test('the window is sandboxed and isolated', async ({ application }) => {
  const preferences = await application!.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    // there, but not in Electron's types
    const contents = window?.webContents as { getLastWebPreferences?: () => object } | undefined
    return contents?.getLastWebPreferences?.()
  })
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
})

test('the page cannot leave, nor open windows', async ({ application, page }) => {
  await page.evaluate(() => {
    location.href = 'https://elsewhere.example/'
  })
  await page.evaluate(() => void window.open('https://elsewhere.example/'))
  await page.waitForTimeout(500)
  expect(page.url()).toContain('app://signalbox/')
  expect(await application!.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('a page that crashes comes back', async ({ application }) => {
  await application!.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
  })
  const text = (): Promise<string> =>
    application!.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (contents === undefined || contents.isCrashed() || contents.isLoading()) return ''
      return String(await contents.executeJavaScript('document.body.textContent'))
    })
  await expect.poll(text, { timeout: 15_000 }).toContain('SIMULATED')
})
