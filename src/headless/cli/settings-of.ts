/** The configuration a command runs with: its flags, the environment, the file. */
import { SECTIONS } from '../../station/compose-sections.ts'
import { defaultFolder } from '../../station/config/data-folder.ts'
import type { Flags } from '../../station/config/from-flags.ts'
import { readConfiguration } from '../../station/config/read-configuration.ts'

export const settingsOf = (flags: Flags) =>
  readConfiguration(SECTIONS, { flags, environment: process.env, defaultFolder: defaultFolder() })

/** The folder a command works on. */
export const folderOf = (flags: Flags): string => settingsOf(flags).dataFolder

/** `--set key=value` as flags named by their keys. */
export function withSettings({ set = [], ...flags }: Flags & { set?: readonly string[] }): Flags {
  const settings = set.map((text) => {
    const at = text.indexOf('=')
    if (at < 1) throw new Error(`--set needs key=value, was ${JSON.stringify(text)}`)
    return [text.slice(0, at), text.slice(at + 1)] as const
  })
  return { ...flags, ...Object.fromEntries(settings) }
}
