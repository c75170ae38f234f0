// The one way in: `node scripts/run.mjs <command> [flags…]`; package.json's scripts call nothing else.
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'

import { build, buildIfStale, leanFlags, station } from './build.mjs'
import { findElectron, hasDisplay, isRoot } from './electron.mjs'
import { pack } from './pack.mjs'
import { root, toolchain } from './toolchain.mjs'

const [command = 'start', ...rest] = process.argv.slice(2)
const tools = toolchain()
const { node, env, bin } = tools

/** Runs to the end, on this terminal; the answer is the exit code. */
function run(args) {
  const done = spawnSync(node, args, { cwd: root, env, stdio: 'inherit' })
  return done.status ?? 1
}

/** Hands the terminal and its signals over to a long-running command. */
function handOver(args, program = node) {
  const child = spawn(program, args, { cwd: process.env.INIT_CWD ?? root, env, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}

/** Commands other than `start` have no window. */
const isStart = rest[0] === undefined || rest[0] === 'start' || rest[0].startsWith('-')
const flags = rest[0] === 'start' ? rest.slice(1) : rest
const mayOpen = isStart && !flags.includes('--headless') && hasDisplay() && !isRoot()
/** Electron, where a window can be opened and is wanted. */
const electron = mayOpen ? findElectron() : null

function start() {
  const code = buildIfStale(tools)
  if (code !== 0) process.exit(code)
  if (electron !== null) handOver([root, ...flags], electron)
  else handOver([...leanFlags, station, ...(isStart ? ['start', ...flags] : rest)])
}

function dev() {
  if (electron !== null) handOver([bin('electron-vite'), 'dev', '--', ...flags])
  else handOver(['--watch', join(root, 'src', 'headless', 'main.ts'), 'start', ...flags])
}

const commands = {
  start,
  dev,
  build: () => process.exit(build(tools)),
  pack: () => process.exit(pack(tools, rest)),
  test: () => process.exit(run([join(root, 'scripts', 'test.mjs'), ...rest])),
  check: () => process.exit(run([join(root, 'scripts', 'test.mjs'), '--checks-only'])),
  bench: () => process.exit(run([join(root, 'test', 'bench', 'all.ts'), ...rest])),
  venue: () => handOver([join(root, 'test', 'venue', 'main.ts'), ...rest]),
  chaos: () => handOver(['--expose-gc', join(root, 'test', 'on-venue', 'chaos', 'main.ts'), ...rest]),
  format: () => process.exit(run([bin('oxfmt'), ...rest])),
}

const chosen = commands[command]
if (!chosen) {
  console.error(`signalbox: no command '${command}'; there are ${Object.keys(commands).join(', ')}`)
  process.exit(2)
}
chosen()
