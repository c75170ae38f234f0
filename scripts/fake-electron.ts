/**
 * Lays out a stand-in for a distribution of Electron, so that packaging can be proved where there is none:
 * `node scripts/fake-electron.ts linux|win32 <folder>`. Its program carries a real fuse wire and says what it is.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { createPackage } from '@electron/asar'

const VERSION = '45.3.4'
/** Marks the wire: the sentinel, its version, how many fuses, and each fuse's state; as a fresh Electron has them. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const STATES = '101100110'

const FILES = {
  linux: ['chrome-sandbox', 'chrome_crashpad_handler', 'icudtl.dat', 'LICENSE', 'LICENSES.chromium.html'],
  win32: ['icudtl.dat', 'LICENSE', 'LICENSES.chromium.html', 'ffmpeg.dll'],
}

type Platform = keyof typeof FILES

export async function fakeElectron(platform: Platform, folder: string): Promise<void> {
  for (const each of ['resources', 'locales']) mkdirSync(join(folder, each), { recursive: true })
  const program = join(folder, platform === 'win32' ? 'electron.exe' : 'electron')
  const script = Buffer.from('#!/bin/sh\necho a stand-in for Electron "$@"\nexit 0\n')
  const wire = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, STATES.length]), Buffer.from(STATES)])
  writeFileSync(program, Buffer.concat([script, wire, Buffer.from('\n')]))
  chmodSync(program, 0o755)
  for (const each of FILES[platform]) writeFileSync(join(folder, each), 'stub')
  for (const each of ['en-US', 'de', 'fr']) writeFileSync(join(folder, 'locales', `${each}.pak`), 'stub')
  writeFileSync(join(folder, 'version'), VERSION)
  const app = mkdtempSync(join(tmpdir(), 'default-app-'))
  writeFileSync(join(app, 'package.json'), '{}')
  await createPackage(app, join(folder, 'resources', 'default_app.asar'))
  rmSync(app, { recursive: true })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [platform = '', folder] = process.argv.slice(2)
  if (!(platform in FILES) || folder === undefined) {
    console.error(`usage: node scripts/fake-electron.ts ${Object.keys(FILES).join('|')} <folder>`)
    process.exit(2)
  }
  await fakeElectron(platform as Platform, folder)
}
