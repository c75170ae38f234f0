import { availableParallelism } from 'node:os'

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    environment: 'node',
    pool: 'forks',
    // what takes time here waits for processes it has killed: every core has work
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // built bundles are loaded by Node itself, so that the desktop's stand-in for Electron is found
    server: { deps: { external: [/\/out\//] } },
  },
})
