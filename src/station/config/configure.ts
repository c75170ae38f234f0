/** One configuration out of flags, environment, file and defaults, in this order; all faults in one error (SPEC §16). */
import { fromEnvironment, type Environment } from './from-environment.ts'
import { fromFile } from './from-file.ts'
import { fromFlags, type Flags } from './from-flags.ts'
import type { Setting } from './key-rule.ts'
import { settingText, type Layer, type Said } from './layer.ts'
import { keysOf, type Sections, type SettingsOf } from './section.ts'

export interface ConfigurationSources {
  readonly flags: Flags
  readonly environment: Environment
  /** settings that a person chose in the running program, by key: they go before all others */
  readonly chosen?: Flags | undefined
  /** text of signalbox.toml; empty when there is none */
  readonly fileText: string
}

export class ConfigurationError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`
    super([`the configuration has ${count}:`, ...faults].join('\n  '))
    this.name = 'ConfigurationError'
    this.faults = faults
  }
}

/** One line of `signalbox config`. */
interface EffectiveSetting {
  readonly key: string
  readonly value: string
  readonly origin: string
  readonly doc: string
}

export interface Configured<Of extends Sections> {
  readonly settings: SettingsOf<Of>
  /** every key with its value and where it comes from; secrets masked */
  readonly effective: readonly EffectiveSetting[]
  /** what the environment alone says of a key; null when it says nothing */
  readonly inEnvironment: (path: string) => Setting
}

/** @throws ConfigurationError that lists every unknown key and bad value of all sources */
export function configure<const Of extends Sections>(sections: Of, sources: ConfigurationSources): Configured<Of> {
  const keys = keysOf(sections)
  const faults: string[] = []
  const chosen = fromFlags(sources.chosen ?? {}, keys, faults, () => 'the chosen place')
  const flags = fromFlags(sources.flags, keys, faults)
  const environment = fromEnvironment(sources.environment, keys, faults)
  const file = fromFile(sources.fileText, keys, faults)
  const said = (path: string): Said | undefined => firstOf([chosen, flags, environment, file], path)

  const settings: Record<string, Record<string, Setting>> = {}
  const effective = keys.map(({ section, property, path, rule, defaultValue }): EffectiveSetting => {
    const { value, origin } = said(path) ?? { value: defaultValue, origin: 'default' }
    settings[section] = { ...settings[section], [property]: value }
    return { key: path, value: settingText(value, rule.secret), origin, doc: rule.doc }
  })
  if (faults.length === 0) faults.push(...faultsBetween(sections, settings))
  if (faults.length > 0) throw new ConfigurationError(faults)
  const inEnvironment = (path: string): Setting => environment.get(path)?.value ?? null
  return { settings: settings as SettingsOf<Of>, effective, inEnvironment }
}

function firstOf(layers: readonly Layer[], path: string): Said | undefined {
  return layers.find((layer) => layer.has(path))?.get(path)
}

function faultsBetween(sections: Sections, settings: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(sections).flatMap(([name, { faults }]) =>
    faults(settings[name] as never).map((fault) => `[${name}] ${fault}`),
  )
}
