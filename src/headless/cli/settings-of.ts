/** The configuration a command runs with: its flags, the environment, the file, and where the station was last told to be. */
import { Home } from '../../station/compose-home.ts'
import { defaultFolder } from '../../station/config/data-folder.ts'
import type { Flags } from '../../station/config/from-flags.ts'
import { VERSION } from './version.ts'

/** The folder with token, keys and logs, and the places in it. */
export const homeOf = (flags: Flags): Home =>
  new Home({ flags, environment: process.env, defaultFolder: defaultFolder(), version: VERSION, now: Date.now })

export const settingsOf = (flags: Flags) => homeOf(flags).configuration

/** The data folder of the place the station is at: its journal is there. */
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
