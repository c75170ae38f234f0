/** What electron-builder makes of the project, laid out from a stand-in for Electron and looked into. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { createPackage, extractAll } from '@electron/asar'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { fakeElectron } from '../../scripts/fake-electron.ts'
import { verifyPackage } from '../../scripts/verify-package.ts'

const place = mkdtempSync(join(tmpdir(), 'signalbox-packages-'))
const builder = createRequire(import.meta.url).resolve('electron-builder/cli.js')

afterAll(() => rmSync(place, { recursive: true, force: true }))

/** The stand-in of Windows is no Windows program: what would be written into one is left out. */
const NO_WINDOWS_PROGRAM = ['-c.disableAsarIntegrity=true', '-c.win.signAndEditExecutable=false']

async function pack(name: string, platform: 'linux' | 'win32', ...flags: string[]): Promise<string> {
  const electron = join(place, `electron-${platform}`)
  const output = join(place, name)
  await fakeElectron(platform, electron)
  const target = platform === 'linux' ? ['--linux', 'dir'] : ['--win', 'dir', ...NO_WINDOWS_PROGRAM]
  const where = [`-c.electronDist=${electron}`, `-c.directories.output=${output}`]
  const args = [builder, ...target, '--x64', '--publish', 'never', ...where, ...flags]
  execFileSync(process.execPath, args, { cwd: resolve('.'), stdio: 'pipe' })
  return join(output, platform === 'linux' ? 'linux-unpacked' : 'win-unpacked')
}

interface Configuration {
  readonly win: { readonly target: readonly { readonly target: string }[]; readonly icon: string }
  readonly nsis: { readonly deleteAppDataOnUninstall: boolean; readonly perMachine: boolean }
  readonly mac: {
    readonly target: readonly { readonly target: string; readonly arch: readonly string[] }[]
    readonly hardenedRuntime: boolean
    readonly entitlements: string
    readonly entitlementsInherit: string
    readonly icon: string
  }
  readonly linux: { readonly target: readonly string[]; readonly icon: string }
  readonly electronVersion: string
  readonly publish: unknown
}

/** What cannot be built here, on one system, is at least asked for. */
describe('the configuration', () => {
  const { load } = createRequire(builder)('js-yaml') as { load: (text: string) => unknown }
  const read = (file: string): unknown => load(readFileSync(resolve(file), 'utf8'))
  const configuration = read('electron-builder.yml') as Configuration

  it('asks for an installer of every system', () => {
    const { win, mac, linux } = configuration
    expect(win.target.map(({ target }) => target)).toEqual(['nsis'])
    expect(mac.target.map(({ target }) => target)).toEqual(['dmg', 'zip'])
    for (const { arch } of mac.target) expect(arch).toEqual(['x64', 'arm64'])
    expect(linux.target).toEqual(['AppImage', 'deb'])
  })

  it('hardens the program of macOS, and lets it only what it needs', () => {
    const { hardenedRuntime, entitlements, entitlementsInherit } = configuration.mac
    expect(hardenedRuntime).toBe(true)
    for (const file of [entitlements, entitlementsInherit]) {
      const keys = [...readFileSync(resolve(file), 'utf8').matchAll(/<key>([^<]+)<\/key>\s*<true\/>/g)]
      expect(keys.map(([, key]) => key)).toEqual([
        'com.apple.security.cs.allow-jit',
        'com.apple.security.network.client',
      ])
    }
  })

  it('has icons that are what their names say', () => {
    const head = (file: string): string => readFileSync(resolve(file)).subarray(0, 8).toString('latin1')
    expect(head(configuration.win.icon).startsWith('\0\0\u0001\0')).toBe(true)
    expect(head(configuration.mac.icon).startsWith('icns')).toBe(true)
    const sizes = [16, 32, 48, 64, 128, 256, 512]
    for (const size of sizes) {
      const png = readFileSync(resolve(configuration.linux.icon, `${size}x${size}.png`))
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size])
    }
  })

  it('leaves the journal behind when it is uninstalled, and publishes nothing', () => {
    expect(configuration.nsis).toMatchObject({ deleteAppDataOnUninstall: false, perMachine: false })
    expect(configuration.publish).toBeNull()
  })

  it('packages the Electron that the tests know', () => {
    const { devDependencies } = JSON.parse(readFileSync(resolve('package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    expect(configuration.electronVersion).toBe(devDependencies['electron'])
  })

  it('is built, tested, packaged and looked into on the three systems', () => {
    const { jobs } = read('.github/workflows/ci.yml') as {
      jobs: {
        station: {
          strategy: { matrix: { include: readonly { os: string; target: string }[] } }
          steps: readonly { run?: string }[]
        }
      }
    }
    const { strategy, steps } = jobs.station
    expect(strategy.matrix.include.map(({ os, target }) => `${os} ${target}`)).toEqual([
      'ubuntu-latest linux',
      'windows-latest win',
      'macos-latest mac',
    ])
    const said = steps.map(({ run = '' }) => run).join('\n')
    for (const step of [
      'npm test',
      'playwright test --project desktop',
      'npm run pack:${{ matrix.target }}',
      'scripts/verify-package.ts',
    ])
      expect(said).toContain(step)
  })
})

describe('the package', () => {
  let linux = ''

  beforeAll(async () => {
    linux = await pack('linux', 'linux')
  })

  /** The package, with something done to it that must be found. */
  function tampered(name: string): string {
    const copy = join(place, name)
    cpSync(linux, copy, { recursive: true })
    return copy
  }

  it('for Linux holds what runs, sealed, and the station runs from it', async () => {
    expect(await verifyPackage(linux)).toMatch(/fuses set/)
  })

  it('for Windows holds the native module of Windows', async () => {
    expect(await verifyPackage(await pack('windows', 'win32'))).toMatch(/fuses set/)
  })

  /** The package with one file of its archive written anew. */
  async function rewritten(file: string, text: string): Promise<string> {
    const name = file.replaceAll('/', '-')
    const contents = join(place, `contents-${name}`)
    extractAll(join(linux, 'resources', 'app.asar'), contents)
    writeFileSync(join(contents, file), text)
    const copy = tampered(name)
    await createPackage(contents, join(copy, 'resources', 'app.asar'))
    return copy
  }

  it.each([
    ['a note', 'notes.md'],
    ['the settings of npm', '.npmrc'],
    ['a source map', 'out/main/index.js.map'],
    ['another system’s native module', 'node_modules/better-sqlite3/prebuilds/darwin-arm64.node'],
  ])('is refused with %s in its archive', async (_what, file) => {
    const copy = await rewritten(file, 'stray')
    await expect(verifyPackage(copy)).rejects.toThrow(/nothing else is in the archive|one native module/)
  })

  it('is refused with a second application beside its archive', async () => {
    const copy = tampered('beside')
    writeFileSync(join(copy, 'resources', 'default_app.asar'), 'stray')
    await expect(verifyPackage(copy)).rejects.toThrow('nothing but the application')
  })

  it('is refused with loose code beside its archive', async () => {
    const copy = tampered('loose')
    writeFileSync(join(copy, 'resources', 'app.asar.unpacked', 'loose.js'), 'stray')
    await expect(verifyPackage(copy)).rejects.toThrow('it alone lies unpacked')
  })

  it.each([
    ['RunAsNode', true],
    ['EnableNodeCliInspectArguments', true],
    ['OnlyLoadAppFromAsar', false],
    ['EnableEmbeddedAsarIntegrityValidation', false],
  ] as const)('is refused with the fuse %s at %s', async (fuse, state) => {
    const copy = tampered(`fuse-${fuse}`)
    await flipFuses(join(copy, 'signalbox'), { version: FuseVersion.V1, [FuseV1Options[fuse]]: state })
    await expect(verifyPackage(copy)).rejects.toThrow(`fuse ${fuse}`)
  })

  it('is refused when its station does not start', async () => {
    const copy = await rewritten('out/main/headless.js', 'throw new Error("broken")')
    await expect(verifyPackage(copy)).rejects.toThrow('ended with 1')
  })

  it('names the feed of new releases only where one is given', async () => {
    const feed = ['-c.publish.provider=generic', '-c.publish.url=https://releases.example/signalbox']
    const named = (folder: string): boolean => existsSync(join(folder, 'resources', 'app-update.yml'))
    expect(named(linux)).toBe(false)
    const packed = await pack('feed', 'linux', ...feed)
    expect(named(packed)).toBe(true)
    expect(await verifyPackage(packed)).toMatch(/fuses set/)
  })
})
