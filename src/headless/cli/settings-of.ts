/** The configuration a command runs with: its flags, the environment, the file. */
import { SECTIONS } from '../../station/compose-sections.ts'
import { defaultFolder } from '../../station/config/data-folder.ts'
import type { Flags } from '../../station/config/from-flags.ts'
import { readConfiguration } from '../../station/config/read-configuration.ts'

export const settingsOf = (flags: Flags) =>
  readConfiguration(SECTIONS, { flags, environment: process.env, defaultFolder: defaultFolder() })

/** The folder a command works on. */
export const folderOf = (flags: Flags): string => settingsOf(flags).dataFolder
