/** Configuration from command-line flags, as the command line's library names them. */
import { didYouMean } from '../../core/policy/near-miss.ts'
import { judged, type Layer, type Said } from './layer.ts'
import type { ConfigurationKey } from './section.ts'

/** By name without dashes, camelCase (`exitAtEnd`), or by the key itself (`msc.interval_minutes`). */
export type Flags = Readonly<Record<string, string | number | boolean | undefined>>

/** Flags with a short name, and the keys they set. */
const FLAG_KEYS: Readonly<Record<string, string>> = {
  data: 'station.data_folder',
  seed: 'station.seed',
  host: 'http.host',
  port: 'http.port',
  replay: 'market.replay',
  symbols: 'market.symbols',
  interval: 'market.interval',
  speed: 'market.speed',
  exitAtEnd: 'market.exit_at_end',
}

/** What else a flag says when it is given. */
const IMPLIED: Readonly<Record<string, readonly [path: string, value: string]>> = {
  replay: ['market.source', 'replay'],
}

/** Flags that choose the door and the file, not a setting. */
const NOT_SETTINGS = new Set(['headless', 'config'])

const dashed = (name: string): string => `--${name.replaceAll(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()}`

export function fromFlags(
  flags: Flags,
  keys: readonly ConfigurationKey[],
  faults: string[],
  originOf: (name: string) => string = (name) => `flag ${dashed(name)}`,
): Layer {
  const layer = new Map<string, Said>()
  const say = (path: string, flag: string | number | boolean, name: string): void => {
    const key = keys.find((each) => each.path === path)
    if (key === undefined) {
      const known = [...Object.keys(FLAG_KEYS).map(dashed), ...keys.map((each) => each.path)]
      faults.push(`${dashed(name)} is not a setting${didYouMean(name, known)}`)
      return
    }
    const given = typeof flag === 'string' ? key.rule.fromText(flag) : flag
    const value = judged(key, given, dashed(name), faults)
    if (value !== undefined) layer.set(path, { value, origin: originOf(name) })
  }
  for (const [name, flag] of Object.entries(flags)) {
    if (flag === undefined || NOT_SETTINGS.has(name)) continue
    say(FLAG_KEYS[name] ?? name, flag, name)
    const implied = IMPLIED[name]
    if (implied !== undefined) say(...implied, name)
  }
  return layer
}
