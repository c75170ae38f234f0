/** A signed-in page of the built control room in a real Chromium. */
import { chromium, type Browser, type Page } from '@playwright/test'

import { findChromium } from '../../../scripts/chromium.ts'

/** `--js-flags=--expose-gc` lets a bench collect before it weighs. */
export function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  return chromium.launch({
    ...(executablePath !== null && { executablePath }),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--js-flags=--expose-gc'],
  })
}

export interface Address {
  readonly address: string
  readonly signInLink: string
}

const sessions = new Map<string, string>()

/** A sign-in link is good once: its session serves all pages. */
async function sessionOf({ address, signInLink }: Address): Promise<string> {
  const known = sessions.get(address)
  if (known !== undefined) return known
  const answer = await fetch(signInLink, { redirect: 'manual' })
  const session = /=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1]
  if (session === undefined) throw new Error(`signing in was answered with ${String(answer.status)}`)
  sessions.set(address, session)
  return session
}

/** A page that has been here before, with an empty cache; nothing is loaded yet. */
export async function newPage(browser: Browser, station: Address): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const name = `signalbox_${new URL(station.address).port}`
  const value = await sessionOf(station)
  await context.addCookies([{ name, value, url: station.address, httpOnly: true, sameSite: 'Strict' }])
  await context.addInitScript("localStorage.setItem('signalbox.first-run', 'seen')")
  return context.newPage()
}

export async function openScreen(page: Page, station: Address, screen: string): Promise<void> {
  await page.goto(`${station.address}/#/${screen}`)
  await page.getByText('Connected').waitFor({ state: 'attached' })
}

/** The screens on the rail, by their names in addresses. */
export async function screensOf(page: Page): Promise<string[]> {
  const links = await page.locator('nav a[href^="#/"]').all()
  const addresses = await Promise.all(links.map((link) => link.getAttribute('href')))
  return addresses.map((address) => (address ?? '').replace('#/', ''))
}
