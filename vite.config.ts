import { defineConfig } from 'vite'

export default defineConfig({
  build: {
    ssr: true,
    outDir: 'out/headless',
    target: 'node22',
    rolldownOptions: {
      input: { main: 'src/headless/main.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  // everything is bundled but the native module
  ssr: { noExternal: true, external: ['better-sqlite3'] },
})
