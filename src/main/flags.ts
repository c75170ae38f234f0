/** The command line of the application: the flags of its own station; what is meant for Chromium is left to Chromium. */
import { parseArgs } from 'node:util'

import type { Flags } from '../station/config/from-flags.ts'

const text = { type: 'string' } as const

const OPTIONS = {
  data: text,
  config: text,
  replay: text,
  symbols: text,
  interval: text,
  speed: text,
  seed: text,
  set: { type: 'string', multiple: true },
} as const

/** `--set key=value` names any other setting, as on the command line of the headless door. */
export function flagsOf(args: readonly string[]): Flags {
  const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: false })
  const { set = [], ...named } = values
  const given = Object.keys(OPTIONS).flatMap((name) => {
    const value = (named as Record<string, unknown>)[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  const settings = [set].flat().flatMap((each) => {
    const [key, value] = String(each).split(/=(.*)/s, 2)
    return value === undefined ? [] : [[key, value] as const]
  })
  return Object.fromEntries([...given, ...settings]) as Flags
}
