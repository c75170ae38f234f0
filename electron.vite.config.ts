/** Builds the two doors (Electron and headless), the preload and the page into `out`. Only the native module stays outside. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

/** The oldest Node that the headless door runs on; Electron's is newer. */
const OLDEST_NODE = 'node22.18'

const page = {
  root: at('src/renderer'),
  plugins: [react()],
  build: { minify: true, rolldownOptions: { input: at('src/renderer/index.html') } },
}

export default defineConfig({
  main: {
    // its module for Node declares a `require` of its own, and so does what the build puts before every chunk that names one
    resolve: { alias: { fflate: 'fflate/browser' } },
    build: {
      target: OLDEST_NODE,
      // of package.json's `dependencies` only: everything else is bundled
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          index: at('src/main/index.ts'),
          headless: at('src/headless/main.ts'),
          'checkpoint-worker': at('src/adapters/sqlite/checkpoint-worker.ts'),
          'rank-worker': at('src/workers/rank-worker.ts'),
        },
        // beside the entries, so that `new URL('./rank-worker.js', import.meta.url)` holds in a chunk too
        output: { chunkFileNames: '[name]-[hash].js' },
        // the exchange's client has an optional package that is not used here
        checks: { importIsUndefined: false },
      },
    },
  },
  preload: {
    build: {
      // a sandboxed preload is one CommonJS file with everything in it
      externalizeDeps: false,
      rolldownOptions: {
        input: at('src/preload/index.ts'),
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  ...(existsSync(at('src/renderer/index.html')) && { renderer: page }),
})
