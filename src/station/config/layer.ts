/** One source of configuration: values by key path, each with where it was said. */
import { shown } from '../../core/policy/bounds.ts'
import type { Setting } from './key-rule.ts'
import type { ConfigurationKey } from './section.ts'

export interface Said {
  readonly value: Setting
  /** `flag --port`, `environment REDIS_URL`, `file` */
  readonly origin: string
}

export type Layer = ReadonlyMap<string, Said>

const MASK = '•••'

/** Judges a value; a fault goes to `faults` and nothing comes back. Secrets are never quoted. */
export function judged(key: ConfigurationKey, value: unknown, where: string, faults: string[]): Setting | undefined {
  const setting = key.rule.accept(value)
  if (setting === undefined) {
    const was = key.rule.secret ? MASK : shown(value)
    faults.push(`${where}: ${key.path} must be ${key.rule.expected}, was ${was}`)
  }
  return setting
}

/** A setting as people read it. */
export function settingText(setting: Setting, isSecret: boolean): string {
  if (setting === null) return 'none'
  const text = Array.isArray(setting) ? setting.join(',') : String(setting)
  return isSecret && text !== '' ? MASK : text
}
