/** Where a home's station goes, and whose data folder is where: the home itself is that of one place, beneath it are the others'. */
import { existsSync } from 'node:fs'

import { DatabaseUnusable } from '../adapters/sqlite/errors.ts'
import { databaseFile, openToRead } from '../adapters/sqlite/open-database.ts'
import { storeOf, type SqliteStore } from '../adapters/sqlite/store.ts'
import type { Log } from '../core/ports/log.ts'
import { SECTIONS } from './compose-sections.ts'
import { boundAccount } from './compose-trading.ts'
import type { Environment } from './config/from-environment.ts'
import type { Flags } from './config/from-flags.ts'
import { readConfiguration, type ReadConfiguration } from './config/read-configuration.ts'
import type { AccountKind, LastMove, LiveLimits, PlaceName } from './place-facade.ts'
import { folderOfPlace, type PlaceMemory, readPlaceMemory, writePlaceMemory } from './place-memory.ts'
import { accountOf, placeOf, settingsOfPlace } from './place-of.ts'

export interface HomeOptions {
  readonly flags: Flags
  readonly environment: Environment
  /** the platform's application data folder, used where nothing else is named */
  readonly defaultFolder: string
  /** release of this program */
  readonly version: string
  /** real time, epoch ms */
  readonly now: () => number
}

export type Configuration = ReadConfiguration<typeof SECTIONS>

export class HomeFolders {
  /** absolute; tokens, keys and logs are here, whatever the place */
  readonly folder: string
  readonly #options: HomeOptions
  readonly #base: Configuration
  #memory: PlaceMemory | null
  #firstAtHome: PlaceName | null = null

  /** @throws ConfigurationError with every fault of flags, environment and file */
  constructor(options: HomeOptions) {
    this.#options = options
    this.#base = readConfiguration(SECTIONS, options)
    this.folder = this.#base.dataFolder
    this.#memory = readPlaceMemory(this.folder)
  }

  /** Where the next start goes: as flags or environment say, else as was last said, else as the file says. */
  get place(): PlaceName {
    const configured = placeOf(this.#base.settings)
    return this.#memory === null || isSaid(this.#base) ? configured : this.#memory.place
  }

  /** The place whose data folder is the home itself. */
  get atHome(): PlaceName {
    this.#firstAtHome ??= this.#atHomeFor(placeOf(this.#base.settings))
    return this.#memory?.atHome ?? this.#firstAtHome
  }

  get lastMove(): LastMove | null {
    return this.#memory?.lastMove ?? null
  }

  /** @throws ConfigurationError */
  configurationOf(place: PlaceName): Configuration {
    const dataFolder = folderOfPlace(this.folder, place, this.atHome)
    if (place === placeOf(this.#base.settings)) return { ...this.#base, dataFolder }
    return { ...readConfiguration(SECTIONS, { ...this.#options, chosen: settingsOfPlace(place) }), dataFolder }
  }

  /** The data folder of a place, should the next start name it. */
  folderOf(place: PlaceName): string {
    return folderOfPlace(this.folder, place, this.#atHomeFor(place))
  }

  hasJournal(place: PlaceName): boolean {
    return existsSync(databaseFile(folderOfPlace(this.folder, place, this.atHome)))
  }

  /** To be gone to at the next start. */
  remember(place: PlaceName): void {
    this.#memory = { place, atHome: this.atHome, lastMove: this.lastMove }
    writePlaceMemory(this.folder, this.#memory)
  }

  /** A first journey leaves from here: whose the home is stays as it was. */
  beginAt(place: PlaceName): void {
    this.#memory ??= { place, atHome: this.atHome, lastMove: null }
  }

  /** What cannot be written is remembered by this run alone. */
  keep(place: PlaceName, lastMove: LastMove | null, log: Log): void {
    this.#memory = { place, atHome: this.atHome, lastMove }
    try {
      writePlaceMemory(this.folder, this.#memory)
    } catch (problem) {
      log.error('place_not_kept', { problem: String(problem) })
    }
  }

  /** As its policy has them, or as the first policy there would begin. */
  limitsAtLive(): LiveLimits {
    const { settings, dataFolder } = this.configurationOf('live')
    const loaded = looked(dataFolder, ({ policies }) => policies.load())
    return typeof loaded === 'object' && loaded !== null ? loaded.policy.rules.guard : settings.guard
  }

  /** A home that was never moved from is that of the first place that is started in it, as long as its money fits. */
  #atHomeFor(place: PlaceName): PlaceName {
    if (this.#memory !== null) return this.#memory.atHome
    const bound = boundIn(this.folder)
    return bound === null || bound === accountOf(place) ? place : FIRST_OF[bound]
  }
}

const FIRST_OF: Readonly<Record<AccountKind, PlaceName>> = {
  paper: 'simulated',
  simulated: 'venue',
  demo: 'demo',
  live: 'live',
}

/** The kind of account that has traded in the home itself; null: none. */
const boundIn = (home: string): AccountKind | null => looked(home, ({ settings }) => boundAccount(settings))

/** Null: there is no database yet, or none that can be read without starting its station. */
function looked<Answer>(folder: string, look: (store: SqliteStore) => Answer): Answer | null {
  const file = databaseFile(folder)
  if (!existsSync(file)) return null
  try {
    const database = openToRead(file)
    try {
      return look(storeOf(database))
    } finally {
      database.close()
    }
  } catch (problem) {
    if (problem instanceof DatabaseUnusable) return null
    throw problem
  }
}

/** Flags and environment are said anew at each start; they go before what is remembered. */
const isSaid = ({ effective }: Configuration): boolean =>
  effective.some(
    ({ key, origin }) => (key === 'market.source' || key === 'exchange.account') && /^(flag|environment) /.test(origin),
  )
