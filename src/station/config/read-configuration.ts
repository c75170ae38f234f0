/** Reads signalbox.toml from the data folder, or where `--config` says, and configures with it. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { configure, ConfigurationError, type Configured } from './configure.ts'
import type { Environment } from './from-environment.ts'
import type { Flags } from './from-flags.ts'
import type { Sections } from './section.ts'

const FILE_NAME = 'signalbox.toml'

export interface ConfigurationPlace {
  readonly flags: Flags
  /** settings that a person chose in the running program, by key: they go before all others */
  readonly chosen?: Flags
  readonly environment: Environment
  /** the platform's application data folder, used where nothing else is named */
  readonly defaultFolder: string
}

export interface ReadConfiguration<Of extends Sections> extends Configured<Of> {
  /** absolute */
  readonly dataFolder: string
  /** the file that was read; null when there is none */
  readonly file: string | null
}

const isMissing = (problem: unknown): boolean => (problem as { code?: unknown }).code === 'ENOENT'

/** The text of the file; null when it does not exist and nobody asked for it by name. */
function textOf(path: string, isAskedFor: boolean): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (problem) {
    if (isMissing(problem) && !isAskedFor) return null
    const why = problem instanceof Error ? problem.message : String(problem)
    throw new ConfigurationError([`the configuration file cannot be read: ${why}`])
  }
}

/** @throws ConfigurationError with every fault of flags, environment and file */
export function readConfiguration<const Of extends Sections>(
  sections: Of,
  { flags, chosen, environment, defaultFolder }: ConfigurationPlace,
): ReadConfiguration<Of> {
  const named = flags['data'] ?? (environment['SIGNALBOX_STATION_DATA_FOLDER']?.trim() || undefined)
  const folder = resolve(named === undefined ? defaultFolder : String(named))
  const asked = flags['config']
  const path = asked === undefined ? join(folder, FILE_NAME) : resolve(String(asked))
  const text = textOf(path, asked !== undefined)
  const configured = configure(sections, { flags, chosen, environment, fileText: text ?? '' })
  const said = configured.effective.find((setting) => setting.key === 'station.data_folder')?.value ?? ''
  return { ...configured, dataFolder: said === '' ? folder : resolve(said), file: text === null ? null : path }
}
