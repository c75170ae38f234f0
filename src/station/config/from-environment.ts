/** Configuration from environment variables: our own names and the predecessor's. */
import { didYouMean, nearMiss } from '../../core/policy/near-miss.ts'
import { ALIASES, ALWAYS_ON, type Alias } from './aliases.ts'
import { flag, type Setting } from './key-rule.ts'
import { judged, type Layer, type Said } from './layer.ts'
import type { ConfigurationKey } from './section.ts'

export type Environment = Readonly<Record<string, string | undefined>>

const OWN_PREFIX = 'SIGNALBOX_'
/** variables of ours that are no settings */
const NOT_SETTINGS = new Set(['SIGNALBOX_RECORDED_DATA'])
const PREDECESSOR_PREFIX = /^(QT_|MSC_|QUANTUM_)/

/** An empty variable counts as not set. */
const valueOf = (environment: Environment, name: string): string | null => environment[name]?.trim() || null

function fromAlias(key: ConfigurationKey, alias: Alias, text: string, faults: string[]): Setting | undefined {
  const value = key.rule.fromText(text)
  return judged(key, alias.convert === undefined ? value : alias.convert(value), alias.variable, faults)
}

/** The aliases of a key that are set; several must agree. */
function aliased(key: ConfigurationKey, environment: Environment, faults: string[]): Said | null {
  const said = ALIASES.filter((alias) => alias.path === key.path).flatMap((alias) => {
    const text = valueOf(environment, alias.variable)
    const value = text === null ? undefined : fromAlias(key, alias, text, faults)
    return value === undefined ? [] : [{ value, variable: alias.variable }]
  })
  const [first] = said
  if (first === undefined) return null
  const other = said.find(({ value }) => value !== first.value)
  if (other !== undefined)
    faults.push(`${first.variable} and ${other.variable} disagree on ${key.path}: set one of them`)
  return { value: first.value, origin: `environment ${first.variable}` }
}

function saidOf(key: ConfigurationKey, environment: Environment, faults: string[]): Said | null {
  const text = valueOf(environment, key.variable)
  if (text === null) return aliased(key, environment, faults)
  const value = judged(key, key.rule.fromText(text), key.variable, faults)
  return value === undefined ? null : { value, origin: `environment ${key.variable}` }
}

function unknownNames(environment: Environment, keys: readonly ConfigurationKey[]): string[] {
  const own = keys.map((key) => key.variable)
  const predecessors = [...ALIASES.map((alias) => alias.variable), ...Object.keys(ALWAYS_ON)]
  return Object.keys(environment).flatMap((name) => {
    if (own.includes(name) || predecessors.includes(name) || NOT_SETTINGS.has(name)) return []
    if (name.startsWith(OWN_PREFIX)) return [`${name} is not a setting${didYouMean(name, own)}`]
    // other programs use these prefixes too: only an obvious slip is a fault
    const near = PREDECESSOR_PREFIX.test(name) ? nearMiss(name, predecessors, 2) : null
    return near === null ? [] : [`${name} is not a setting (did you mean ${near}?)`]
  })
}

function switchedOff(environment: Environment): string[] {
  const onOff = flag('')
  return Object.entries(ALWAYS_ON).flatMap(([name, what]) => {
    const text = valueOf(environment, name)
    if (text === null || onOff.fromText(text) === true) return []
    return [`${name}=${text}: ${what} cannot be switched off`]
  })
}

export function fromEnvironment(environment: Environment, keys: readonly ConfigurationKey[], faults: string[]): Layer {
  faults.push(...unknownNames(environment, keys), ...switchedOff(environment))
  const layer = new Map<string, Said>()
  for (const key of keys) {
    const said = saidOf(key, environment, faults)
    if (said !== null) layer.set(key.path, said)
  }
  return layer
}
