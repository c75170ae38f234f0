import { availableParallelism } from 'node:os'

import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

/** Made-up time beside real sockets: on a machine that stalls a whole minute may pass while a line is dialled. */
const OVER_SOCKETS = ['test/adapters/binance/**/*.test.ts', 'test/on-venue/**/*.test.ts', 'test/venue/**/*.test.ts']

const project = (name: string, test: TestProjectInlineConfiguration['test']): TestProjectInlineConfiguration => ({
  test: {
    name,
    environment: 'node',
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // built bundles are loaded by Node itself, so that the desktop's stand-in for Electron is found
    server: { deps: { external: [/\/out\//] } },
    ...test,
  },
})

export default defineConfig({
  test: {
    // what takes time here waits for processes it has killed: every core has work
    maxWorkers: availableParallelism(),
    projects: [
      project('station', { include: ['test/**/*.test.{ts,tsx}'], exclude: OVER_SOCKETS }),
      project('exchange', { include: OVER_SOCKETS, retry: 1 }),
    ],
  },
})
