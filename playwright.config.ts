/** The screens in a real browser, each file of specs against stations of its own. */
import { defineConfig } from '@playwright/test'

import { findChromium } from './scripts/chromium.ts'
import type { Door } from './test/e2e/station.ts'

const executablePath = findChromium()

export default defineConfig<{ door: Door }>({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: '.cache/e2e',
  workers: 2,
  fullyParallel: false,
  timeout: 60_000,
  // the market goes on while a spec looks at it
  retries: 1,
  reporter: [['list'], ['json', { outputFile: '.cache/playwright.json' }]],
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(executablePath !== null && { executablePath }),
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'browser', use: { door: 'browser' }, testIgnore: '**/desktop.e2e.ts' },
    // the wire between page and station is cut, tampered with and signed in to in a browser only
    { name: 'desktop', use: { door: 'desktop' }, testIgnore: ['**/connection.e2e.ts', '**/bad-days.e2e.ts'] },
  ],
})
