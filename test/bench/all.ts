/** Runs every bench in a fresh process (the JIT must not know the others) and prints one table; `npm run bench -- <name>` runs some, `--soak` at length. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { type BenchRow, benchLine } from './bench-row.ts'

const here = import.meta.dirname
const SOAK = '--soak'
const wanted = process.argv.slice(2).filter((word) => word !== SOAK)
const environment = process.argv.includes(SOAK) ? { ...process.env, BENCH_SOAK: '1' } : process.env
const files = readdirSync(here)
  .filter((file) => file.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((name) => file.includes(name))))
  .sort()

function rowsOf(file: string): BenchRow[] {
  const script = `import { writeFileSync } from 'node:fs'; const { run } = await import(${JSON.stringify(join(here, file))}); writeFileSync(3, JSON.stringify(await run()))`
  const done = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
    env: environment,
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`${file} ended with exit code ${String(done.status)}`)
  return JSON.parse(done.output[3] ?? '[]') as BenchRow[]
}

let ok = true
for (const file of files) {
  for (const row of rowsOf(file)) {
    console.log(benchLine(row))
    ok &&= row.ok
  }
}
process.exitCode = ok ? 0 : 1
