/**
 * The application itself, where there is one: the packaged program that SIGNALBOX_PACKAGED names, or Electron with what is
 * built. It attaches to the spec's station, so a spec asks the same station the same questions through either door.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { _electron, type ElectronApplication } from '@playwright/test'

import { findElectron, hasDisplay } from '../../scripts/electron.mjs'

export const NO_APPLICATION = 'no Electron with a display was found here'

export interface Program {
  readonly executablePath: string
  readonly args: readonly string[]
}

/** Null: there is none, or no display to open its window on. */
export function findApplication(): Program | null {
  if (!hasDisplay()) return null
  const packaged = process.env['SIGNALBOX_PACKAGED']
  if (packaged !== undefined) return { executablePath: resolve(packaged), args: [] }
  const electron = findElectron()
  return electron === null ? null : { executablePath: electron, args: [resolve('.')] }
}

/** Runs it in a folder of its own until `use` is done. */
export async function withApplication(
  { executablePath, args }: Program,
  station: { readonly address: string; readonly folder: string },
  use: (application: ElectronApplication) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-application-'))
  const attach = ['--data', folder, '--attach', station.address, '--token-file', join(station.folder, 'token')]
  const application = await _electron.launch({ executablePath, args: [...args, ...attach] })
  try {
    await use(application)
  } finally {
    await application.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
