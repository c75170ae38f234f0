/** A section of the configuration: a room's settings object, with what each of its keys accepts. */
import { flag, list, number, text, type KeyRule, type Setting } from './key-rule.ts'

export interface Section<Values extends object> {
  readonly defaults: Values
  /** by property name */
  readonly rules: Readonly<Record<string, KeyRule>>
  /** what must hold between the values, as sentences of what is wrong */
  readonly faults: (values: Values) => readonly string[]
}

interface AnySection extends Pick<Section<object>, 'defaults' | 'rules'> {
  readonly faults: (values: never) => readonly string[]
}

export type Sections = Readonly<Record<string, AnySection>>

/** Settings by section, as the rooms take them. */
export type SettingsOf<Of extends Sections> = {
  readonly [Name in keyof Of]: Of[Name]['defaults']
}

/** A key whose settings object says nothing more accepts what its default is. */
function ruleOf(name: string, value: unknown): KeyRule {
  if (typeof value === 'number') return number(value >= 0 ? { min: 0 } : {}, '')
  if (typeof value === 'boolean') return flag('')
  if (typeof value === 'string') return text('')
  if (Array.isArray(value)) return list('')
  throw new TypeError(`the setting ${name} needs a rule: its default says nothing of its kind`)
}

type Rules<Values> = { readonly [Key in keyof Values]?: KeyRule }

/** Keys without a rule accept what their default is: any number ≥ 0, true or false, text, names. */
export function section<Values extends object>(
  defaults: Values,
  rules: Rules<Values> = {},
  faults: (values: Values) => readonly string[] = () => [],
): Section<Values> {
  const given: Readonly<Record<string, KeyRule | undefined>> = rules
  const every = Object.entries(defaults).map(([name, value]) => [name, given[name] ?? ruleOf(name, value)] as const)
  return { defaults, rules: Object.fromEntries(every), faults }
}

/** `maxBodyKb` → `max_body_kb`, `quoteVolume24h` → `quote_volume_24h`. */
const snakeCase = (name: string): string => name.replaceAll(/([a-z])([A-Z0-9])/g, '$1_$2').toLowerCase()

/** One key of all sections. */
export interface ConfigurationKey {
  /** as the sections name it; in the file it is the part of the path before the dot */
  readonly section: string
  readonly property: string
  /** `http.max_body_kb` */
  readonly path: string
  /** `SIGNALBOX_HTTP_MAX_BODY_KB` */
  readonly variable: string
  readonly rule: KeyRule
  readonly defaultValue: Setting
}

/** @throws when two keys would share a variable: a mistake in the sections, not in a configuration */
export function keysOf(sections: Sections): readonly ConfigurationKey[] {
  const keys = Object.entries(sections).flatMap(([name, { defaults, rules }]) =>
    Object.entries(rules).map(([property, rule]): ConfigurationKey => {
      const path = `${snakeCase(name)}.${snakeCase(property)}`
      const variable = `SIGNALBOX_${path.replace('.', '_').toUpperCase()}`
      const defaultValue = (defaults as Record<string, Setting>)[property] ?? null
      return { section: name, property, path, variable, rule, defaultValue }
    }),
  )
  if (new Set(keys.map((key) => key.variable)).size < keys.length)
    throw new TypeError('two configuration keys share one environment variable')
  return keys
}

/** Settings that another section sets already are left out of a room's own. */
export function without<Values extends object, Name extends keyof Values>(
  values: Values,
  ...names: readonly Name[]
): Omit<Values, Name> {
  const kept = Object.entries(values).filter(([name]) => !(names as readonly string[]).includes(name))
  return Object.fromEntries(kept) as Omit<Values, Name>
}
