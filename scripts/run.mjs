// The one way in: `node scripts/run.mjs <command> [flags…]`; package.json's scripts call nothing else.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { root, toolchain } from './toolchain.mjs'

const [command = 'start', ...rest] = process.argv.slice(2)
const { node, env, bin } = toolchain()

/** Runs to the end, on this terminal; the answer is the exit code. */
function run(args, options = {}) {
  const done = spawnSync(node, args, { cwd: root, env, stdio: 'inherit', ...options })
  return done.status ?? 1
}

/** Hands the terminal and its signals over to a long-running command. */
function handOver(args) {
  const child = spawn(node, args, { cwd: process.env.INIT_CWD ?? root, env, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}

const newest = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0)

const station = join(root, 'out', 'headless', 'main.js')
const build = () => run([bin('vite'), 'build', '--logLevel', 'warn'])

/** Builds unless what is built is newer than every source. */
function buildIfStale() {
  const fresh = existsSync(station) && statSync(station).mtimeMs > newest(join(root, 'src'))
  if (!fresh && build() !== 0) process.exit(1)
}

const commands = {
  start: () => {
    buildIfStale()
    handOver([station, ...(rest[0] && !rest[0].startsWith('-') ? rest : ['start', ...rest])])
  },
  dev: () => handOver(['--watch', join(root, 'src', 'headless', 'main.ts'), 'start', ...rest]),
  build: () => process.exit(build()),
  test: () => process.exit(run([join(root, 'scripts', 'test.mjs'), ...rest])),
  check: () => process.exit(run([join(root, 'scripts', 'test.mjs'), '--checks-only'])),
  bench: () => process.exit(run([join(root, 'test', 'bench', 'all.ts'), ...rest])),
  format: () => process.exit(run([bin('oxfmt'), ...rest])),
}

const chosen = commands[command]
if (!chosen) {
  console.error(`signalbox: no command '${command}'; there are ${Object.keys(commands).join(', ')}`)
  process.exit(2)
}
chosen()
