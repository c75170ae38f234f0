/** The command line of the application: the flags of its own station, or a station to attach to. */
import { parseArgs } from 'node:util'

import type { Flags } from '../station/config/from-flags.ts'

export interface CommandLine {
  /** settings of the own station */
  readonly flags: Flags
  /** for this run only; the token lies in a file, so that no list of processes shows it */
  readonly attach: { readonly address: string; readonly tokenFile: string } | null
}

const text = { type: 'string' } as const

const SETTINGS = {
  data: text,
  config: text,
  replay: text,
  symbols: text,
  interval: text,
  speed: text,
  seed: text,
} as const

const OTHERS = { set: { type: 'string', multiple: true }, attach: text, 'token-file': text } as const

/**
 * `--set key=value` names any other setting, as on the command line of the headless door. What is unknown here is left to
 * Chromium.
 */
export function commandLineOf(args: readonly string[]): CommandLine {
  const { values } = parseArgs({ args: [...args], options: { ...SETTINGS, ...OTHERS }, strict: false })
  const named = Object.keys(SETTINGS).flatMap((name) => {
    const value = values[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  const settings = [values['set'] ?? []].flat().flatMap((each) => {
    const [key, value] = String(each).split(/=(.*)/s, 2)
    return key === undefined || value === undefined ? [] : [[key, value] as const]
  })
  const { attach: address, 'token-file': tokenFile } = values
  const attach = typeof address === 'string' && typeof tokenFile === 'string' ? { address, tokenFile } : null
  return { flags: Object.fromEntries([...named, ...settings]), attach }
}
