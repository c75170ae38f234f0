/**
 * The home of a program: one folder with its token, keys and memory of where it trades; each place has a data folder of
 * its own in it. Starts the station of the place it was last told, and takes it to another in the same process.
 */
import { existsSync } from 'node:fs'

import { isOnThisMachine } from '../adapters/binance/endpoints.ts'
import { DatabaseUnusable } from '../adapters/sqlite/errors.ts'
import { openBeside } from '../adapters/sqlite/open-beside.ts'
import { databaseFile, openToRead } from '../adapters/sqlite/open-database.ts'
import { storeOf, type SqliteStore } from '../adapters/sqlite/store.ts'
import type { Log } from '../core/ports/log.ts'
import type { TokenShelf } from '../core/ports/token-shelf.ts'
import type { Vault } from '../core/ports/vault.ts'
import { SECTIONS, type Settings } from './compose-sections.ts'
import { reachFault, requireReach, standIn, type StandIn, tellStandIn } from './compose-stand-in.ts'
import { boundAccount } from './compose-trading.ts'
import { startStation, type RunningStation } from './compose.ts'
import type { Environment } from './config/from-environment.ts'
import type { Flags } from './config/from-flags.ts'
import { readConfiguration, type ReadConfiguration } from './config/read-configuration.ts'
import { alarmFact } from './executor-facts.ts'
import { KeyDesk } from './key-desk.ts'
import type { PastTeller } from './past-teller.ts'
import { type Arrival, type Journey, PlaceDesk } from './place-desk.ts'
import type { AccountKind, LiveLimits, PlaceName } from './place-facade.ts'
import { folderOfPlace, type PlaceMemory, readPlaceMemory, writePlaceMemory } from './place-memory.ts'
import { accountOf, placeOf, settingsOfPlace } from './place-of.ts'
import { titleOf } from './place-words.ts'
import type { Rooms } from './rooms.ts'

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

/** What a door brings along. */
export interface Company {
  readonly log: Log
  readonly vault: Vault
  /** nobody starts the program again when it ends: where its place cannot start it goes on at home */
  readonly mustGoOn?: boolean
  /** the answer is out: stop this station, then come with `arrive` */
  readonly depart: (journey: Journey) => void
  /** told how far the reading of the past is while a station comes up */
  readonly progress?: PastTeller
}

export type Configuration = ReadConfiguration<typeof SECTIONS>

export interface StationAtPlace extends RunningStation {
  readonly place: PlaceName
}

/** ms until an answer has surely left the door */
const ANSWER_LEAVES_MS = 100

export class Home {
  /** absolute; tokens, keys and logs are here, whatever the place */
  readonly folder: string
  readonly #options: HomeOptions
  readonly #base: Configuration
  #memory: PlaceMemory | null
  #firstAtHome: PlaceName | null = null
  /** the simulator stands in for live prices; null: prices are those that are wanted */
  #standIn: StandIn | null = null

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

  /** Of the place where the next start goes. @throws ConfigurationError */
  get configuration(): Configuration {
    return this.configurationOf(this.place)
  }

  /** @throws ConfigurationError */
  configurationOf(place: PlaceName): Configuration {
    const dataFolder = folderOfPlace(this.folder, place, this.#atHome)
    if (place === placeOf(this.#base.settings)) return { ...this.#base, dataFolder }
    return { ...readConfiguration(SECTIONS, { ...this.#options, chosen: settingsOfPlace(place) }), dataFolder }
  }

  /** The data folder of a place, should the next start name it. */
  folderOf(place: PlaceName): string {
    return folderOfPlace(this.folder, place, this.#atHomeFor(place))
  }

  /** To be gone to at the next start. */
  remember(place: PlaceName): void {
    this.#memory = { place, atHome: this.#atHome, lastMove: this.#memory?.lastMove ?? null }
    writePlaceMemory(this.folder, this.#memory)
  }

  /** The tokens of this home, whatever the place, beside the station: open until closed. */
  openTokens(): { readonly tokens: TokenShelf; readonly close: () => void } {
    const database = openBeside(this.folder)
    return { tokens: storeOf(database).tokens, close: () => database.close() }
  }

  /**
   * The station of the place it was last told. Where nobody starts the program again, and that place cannot start, paper
   * money in the home itself; `places.get` and an alert say why, and the next start tries again.
   * @throws with a sentence for people when it cannot start
   */
  start(company: Company): Promise<StationAtPlace> {
    return this.#startOrStayHome(this.place, company)
  }

  /**
   * After the station before has stopped: that of the new place, or, where it cannot start, the one before again; then
   * `places.get` and an alert say why.
   * @throws when neither can start
   */
  async arrive({ to, arrival }: Journey, company: Company): Promise<StationAtPlace> {
    const { from } = arrival
    const moved = { at: this.#options.now(), from, to }
    const atHome = this.#atHome
    this.#memory ??= { place: from, atHome, lastMove: null }
    let station: StationAtPlace
    try {
      station = await this.#start(to, company, arrival)
    } catch (problem) {
      const sentence = sentenceOf(problem)
      company.log.error('place_not_reached', { from, to, problem: sentence })
      if (from === 'simulated') this.#standsIn(to, problem, company)
      this.#keep({ place: from, atHome, lastMove: { ...moved, outcome: 'came_back', problem: sentence } }, company.log)
      const back = await this.#startOrStayHome(from, company)
      tellCameBack(back.rooms, to, sentence)
      return back
    }
    this.#keep({ place: to, atHome, lastMove: { ...moved, outcome: 'arrived', problem: null } }, company.log)
    return station
  }

  async #startOrStayHome(place: PlaceName, company: Company): Promise<StationAtPlace> {
    const atHome = this.#atHome
    try {
      return await this.#startOrStandIn(place, company)
    } catch (problem) {
      if (company.mustGoOn !== true || place === atHome || accountOf(atHome) !== 'paper') throw problem
      const sentence = sentenceOf(problem)
      company.log.error('place_not_reached', { from: atHome, to: place, problem: sentence })
      const lastMove = {
        at: this.#options.now(),
        from: atHome,
        to: place,
        outcome: 'came_back',
        problem: sentence,
      } as const
      this.#keep({ place, atHome, lastMove }, company.log)
      const station = await this.#start(atHome, company)
      tellCameBack(station.rooms, place, sentence)
      return station
    }
  }

  async #startOrStandIn(place: PlaceName, company: Company): Promise<StationAtPlace> {
    try {
      return await this.#start(place, company)
    } catch (problem) {
      if (!this.#standsIn(place, problem, company)) throw problem
      // the wish stays: the next start tries live prices again
      this.#keep({ place, atHome: this.#atHome, lastMove: this.#memory?.lastMove ?? null }, company.log)
      // its tokens are in the home, whichever place has its journal there
      openBeside(this.folder).close()
      return this.#start('simulated', company)
    }
  }

  /** The place whose data folder is the home itself. */
  get #atHome(): PlaceName {
    this.#firstAtHome ??= this.#atHomeFor(placeOf(this.#base.settings))
    return this.#memory?.atHome ?? this.#firstAtHome
  }

  /** A home that was never moved from is that of the first place that is started in it, as long as its money fits. */
  #atHomeFor(place: PlaceName): PlaceName {
    if (this.#memory !== null) return this.#memory.atHome
    const bound = boundIn(this.folder)
    return bound === null || bound === accountOf(place) ? place : FIRST_OF[bound]
  }

  /** What cannot be written is remembered by this run alone. */
  #keep(memory: PlaceMemory, log: Log): void {
    this.#memory = memory
    try {
      writePlaceMemory(this.folder, memory)
    } catch (problem) {
      log.error('place_not_kept', { problem: String(problem) })
    }
  }

  async #start(place: PlaceName, company: Company, arrival?: Arrival): Promise<StationAtPlace> {
    const { version, now } = this.#options
    const { log, vault, progress } = company
    const configuration = this.configurationOf(place)
    if (place === 'paper') await requireReach(configuration.settings)
    if (place !== 'simulated') this.#endStandIn()
    const standIn = this.#standIn
    const station = await startStation({
      configuration,
      log,
      version,
      now,
      vault,
      ...(progress && { progress }),
      ...(arrival && { arrival }),
      simulatedPrices: () => standIn?.view ?? null,
      minding: (rooms) => {
        if (arrival !== undefined) tellPlace(rooms, { to: place, arrival })
        return this.#minding(rooms, place, configuration.settings, company)
      },
    })
    const { alerts } = station.rooms
    if (standIn === null) tellStandIn(alerts, null)
    else standIn.tellBy(alerts)
    return {
      ...station,
      place,
      stop: () => {
        standIn?.hush()
        return station.stop()
      },
    }
  }

  /** Whether live prices were wanted that cannot be had: then the simulator stands in for them from now on. */
  #standsIn(place: PlaceName, problem: unknown, { log }: Company): boolean {
    const reason = place === 'paper' ? reachFault(problem) : null
    if (reason === null) return false
    log.warn('exchange_out_of_reach', { reason })
    this.#standIn ??= standIn(this.configurationOf('paper').settings, reason)
    return true
  }

  #endStandIn(): void {
    this.#standIn?.end()
    this.#standIn = null
  }

  #minding(rooms: Rooms, here: PlaceName, settings: Settings, { vault, log, depart }: Company) {
    const account = accountOf(here)
    const inUse = account === 'paper' ? null : account
    const keys = new KeyDesk({
      vault,
      inUse,
      // the exchange's client is large: a station without it does not load it
      trials: async () => (await import('./compose-keys.ts')).trialsAt(settings),
      changed: (change) => {
        log.info('keys_changed', { ...change })
        rooms.announcer.publish('keys.changed', null, change)
      },
    })
    const places = new PlaceDesk({
      here,
      isOffered: (place) => isOffered(place, settings),
      hasJournal: (place) => existsSync(databaseFile(folderOfPlace(this.folder, place, this.#atHome))),
      hasKeys: async (place) => (await vault.list()).some((trace) => trace.place === place),
      liveLimits: () => (here === 'live' ? limitsOf(rooms) : this.#limitsAtLive()),
      address: settings.exchange.rest,
      open: () => ({ positions: rooms.books.positions.size, entries: rooms.books.restingEntries().length }),
      lastMove: () => this.#memory?.lastMove ?? null,
      depart: (journey) => {
        const { by, reason } = journey.arrival
        log.info('place_left', { from: here, to: journey.to, by, reason })
        tellPlace(rooms, journey)
        setTimeout(() => depart(journey), ANSWER_LEAVES_MS)
      },
    })
    return { keys, places }
  }

  /** As its policy has them, or as the first policy there would begin. */
  #limitsAtLive(): LiveLimits {
    const { settings, dataFolder } = this.configurationOf('live')
    const loaded = looked(dataFolder, ({ policies }) => policies.load())
    return typeof loaded === 'object' && loaded !== null ? loaded.policy.rules.guard : settings.guard
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

function isOffered(place: PlaceName, { exchange, market }: Settings): boolean {
  if (place === 'replay') return market.replay !== ''
  return place !== 'venue' || isOnThisMachine(exchange.rest)
}

const sentenceOf = (problem: unknown): string => (problem instanceof Error ? problem.message : String(problem))

const limitsOf = ({ policy }: Rooms): LiveLimits => policy.current.rules.guard

/** In both journals: where it was left, and where it went on. */
function tellPlace({ announcer }: Rooms, { to, arrival: { from, by, reason } }: Journey): void {
  announcer.publish('place.changed', null, { from, to, by, reason })
}

function tellCameBack({ announce, clock }: Rooms, to: PlaceName, problem: string): void {
  const message = `${titleOf(to).title} could not be reached, the station is back where it was: ${problem}`
  announce(alarmFact(clock.now(), { severity: 'warning', code: 'place_not_reached', message, about: to }))
}

export type { Journey }
