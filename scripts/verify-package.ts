/**
 * Looks into a packaged folder without starting its Electron: what is in the archive, what lies beside it, its fuses, and
 * whether the station runs from it. `node scripts/verify-package.ts <folder>`; a fault ends it with what was found.
 */
import assert from 'node:assert/strict'
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'

import { extractAll, extractFile, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

const { DISABLE, ENABLE } = FuseState

const FUSES = {
  RunAsNode: DISABLE,
  EnableCookieEncryption: ENABLE,
  EnableNodeOptionsEnvironmentVariable: DISABLE,
  EnableNodeCliInspectArguments: DISABLE,
  EnableEmbeddedAsarIntegrityValidation: ENABLE,
  OnlyLoadAppFromAsar: ENABLE,
  LoadBrowserProcessSpecificV8Snapshot: DISABLE,
  GrantFileProtocolExtraPrivileges: DISABLE,
}

const NEEDED = [
  'out/main/index.js',
  'out/main/headless.js',
  'out/main/checkpoint-worker.js',
  'out/main/rank-worker.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'resources/icon.png',
  'resources/tray.png',
  'resources/trayTemplate.png',
  'resources/grafana-dashboard.json',
]

/** Kinds of files in each folder of the archive. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  'out/main': ['.js'],
  'out/preload': ['.cjs'],
  'out/renderer': ['.html', '.js', '.css', '.svg', '.woff2', '.png'],
  resources: ['.png', '.json'],
  'node_modules/better-sqlite3': ['.js', '.json', '.node'],
}

interface Place {
  readonly platform: 'linux' | 'win32' | 'darwin'
  readonly resources: string
  readonly program: string
}

/** Which system it is for is told by the shape of the folder. */
function placeOf(folder: string): Place {
  const [application] = globSync('*.app', { cwd: folder })
  if (application !== undefined) {
    const inside = join(folder, application, 'Contents')
    return { platform: 'darwin', resources: join(inside, 'Resources'), program: join(folder, application) }
  }
  const [windows] = globSync('*.exe', { cwd: folder })
  const platform = windows === undefined ? 'linux' : 'win32'
  return { platform, resources: join(folder, 'resources'), program: join(folder, windows ?? 'signalbox') }
}

function verifyArchive(files: readonly string[], { platform, resources }: Place): void {
  const missing = NEEDED.filter((file) => !files.includes(file))
  assert.deepEqual(missing, [], 'files the application needs are in the archive')
  const stray = files.filter((file) => {
    const folder = Object.keys(KINDS).find((each) => file.startsWith(`${each}/`))
    return folder === undefined ? file !== 'package.json' : KINDS[folder]?.includes(extname(file)) !== true
  })
  assert.deepEqual(stray, [], 'nothing else is in the archive')
  const natives = files.filter((file) => file.endsWith('.node'))
  assert.equal(natives.length, 1, `one native module, of the system it is for, was ${natives.join(', ')}`)
  assert.match(basename(natives[0] ?? ''), new RegExp(`^${platform}-(x64|arm64)\\.node$`))
  const beside = globSync('**/*', { cwd: join(resources, 'app.asar.unpacked') }).filter((file) => extname(file) !== '')
  assert.deepEqual(
    beside.map((file) => file.replaceAll('\\', '/')),
    natives,
    'it alone lies unpacked',
  )
}

function verifyBeside({ platform, resources }: Place): void {
  const known = new Set(['app.asar', 'app.asar.unpacked', 'app-update.yml', 'package-type', 'elevate.exe', 'icon.icns'])
  const stray = readdirSync(resources).filter((file) => !known.has(file) && !file.endsWith('.lproj'))
  assert.deepEqual(stray, [], `nothing but the application lies in ${platform}'s resources`)
}

async function verifyFuses({ program }: Place): Promise<void> {
  const wire = await getCurrentFuseWire(program)
  for (const [name, state] of Object.entries(FUSES))
    assert.equal(wire[FuseV1Options[name as keyof typeof FUSES]], state, `fuse ${name}`)
}

/** Starts the station as it is in the archive, and asks it whether it is well and for its page. */
async function verifyStation(archive: string): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'signalbox-package-'))
  try {
    extractAll(archive, join(home, 'app'))
    const args = ['start', '--data', join(home, 'data'), '--port', '0', '--set', 'simulator.symbols=3']
    const program = join(home, 'app', 'out', 'main', 'headless.js')
    const station = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    const ended = new Promise((resolve) => station.on('exit', resolve))
    try {
      const address = await addressOf(station)
      const health = (await (await fetch(`${address}/healthz`)).json()) as { status: string }
      assert.equal(health.status, 'ok')
      assert.match(await (await fetch(address)).text(), /<div id="root">/, 'the station serves the control room')
    } finally {
      station.kill()
      await ended
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

function addressOf(station: ChildProcessByStdio<null, Readable, Readable>): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (data: Buffer): void => {
      said += data.toString('utf8')
      const address = /listening on (\S+)/.exec(said)?.[1]
      if (address !== undefined) resolve(address)
    }
    station.stdout.on('data', hear)
    station.stderr.on('data', hear)
    station.on('exit', (code) => reject(new Error(`the station of the package ended with ${String(code)}: ${said}`)))
  })
}

/** @throws AssertionError that says what is wrong; the answer says what was looked at */
export async function verifyPackage(folder: string): Promise<string> {
  const place = placeOf(folder)
  const archive = join(place.resources, 'app.asar')
  assert.ok(existsSync(place.program), `there is no ${place.program}`)
  const entries = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/').slice(1))
  const files = entries.filter((entry) => !entries.some((other) => other.startsWith(`${entry}/`)))
  verifyArchive(files, place)
  verifyBeside(place)
  await verifyFuses(place)
  const { main } = JSON.parse(extractFile(archive, 'package.json').toString('utf8')) as { main: string }
  assert.equal(main, './out/main/index.js')
  if (place.platform === process.platform) await verifyStation(archive)
  return `${files.length} files, fuses set${place.platform === process.platform ? ', the station runs' : ''}`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , folder] = process.argv
  if (folder === undefined) {
    console.error('usage: node scripts/verify-package.ts <packaged folder>')
    process.exit(2)
  }
  console.log(`package ok: ${await verifyPackage(folder)}`)
}
