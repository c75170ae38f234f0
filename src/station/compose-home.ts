/**
 * The home of a program: one folder with its token, keys and memory of where it trades; each place has a data folder of
 * its own in it. Starts the station of the place it was last told, and takes it to another in the same process.
 */
import { openBeside } from '../adapters/sqlite/open-beside.ts'
import { storeOf } from '../adapters/sqlite/store.ts'
import type { Log } from '../core/ports/log.ts'
import type { TokenShelf } from '../core/ports/token-shelf.ts'
import type { Vault } from '../core/ports/vault.ts'
import { type Configuration, HomeFolders, type HomeOptions } from './compose-home-folders.ts'
import { minding, tellPlace } from './compose-home-minding.ts'
import { reachFault, requireReach, standIn, type StandIn, tellStandIn } from './compose-stand-in.ts'
import { startStation, type RunningStation } from './compose.ts'
import { alarmFact } from './executor-facts.ts'
import type { PastTeller } from './past-teller.ts'
import type { Arrival, Journey } from './place-desk.ts'
import type { PlaceName } from './place-facade.ts'
import { accountOf } from './place-of.ts'
import { titleOf } from './place-words.ts'
import type { Rooms } from './rooms.ts'

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

export interface StationAtPlace extends RunningStation {
  readonly place: PlaceName
}

export class Home {
  readonly #options: HomeOptions
  readonly #folders: HomeFolders
  /** the simulator stands in for live prices; null: prices are those that are wanted */
  #standIn: StandIn | null = null

  /** @throws ConfigurationError with every fault of flags, environment and file */
  constructor(options: HomeOptions) {
    this.#options = options
    this.#folders = new HomeFolders(options)
  }

  /** absolute; tokens, keys and logs are here, whatever the place */
  get folder(): string {
    return this.#folders.folder
  }

  /** Where the next start goes: as flags or environment say, else as was last said, else as the file says. */
  get place(): PlaceName {
    return this.#folders.place
  }

  /** Of the place where the next start goes. @throws ConfigurationError */
  get configuration(): Configuration {
    return this.#folders.configurationOf(this.place)
  }

  /** @throws ConfigurationError */
  configurationOf(place: PlaceName): Configuration {
    return this.#folders.configurationOf(place)
  }

  /** The data folder of a place, should the next start name it. */
  folderOf(place: PlaceName): string {
    return this.#folders.folderOf(place)
  }

  /** To be gone to at the next start. */
  remember(place: PlaceName): void {
    this.#folders.remember(place)
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
    this.#folders.beginAt(from)
    let station: StationAtPlace
    try {
      station = await this.#start(to, company, arrival)
    } catch (problem) {
      const sentence = sentenceOf(problem)
      company.log.error('place_not_reached', { from, to, problem: sentence })
      if (from === 'simulated') this.#standsIn(to, problem, company)
      this.#folders.keep(from, { ...moved, outcome: 'came_back', problem: sentence }, company.log)
      const back = await this.#startOrStayHome(from, company)
      tellCameBack(back.rooms, to, sentence)
      return back
    }
    this.#folders.keep(to, { ...moved, outcome: 'arrived', problem: null }, company.log)
    return station
  }

  async #startOrStayHome(place: PlaceName, company: Company): Promise<StationAtPlace> {
    const { atHome } = this.#folders
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
      this.#folders.keep(place, lastMove, company.log)
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
      this.#folders.keep(place, this.#folders.lastMove, company.log)
      // its tokens are in the home, whichever place has its journal there
      openBeside(this.folder).close()
      return this.#start('simulated', company)
    }
  }

  async #start(place: PlaceName, company: Company, arrival?: Arrival): Promise<StationAtPlace> {
    const { version, now } = this.#options
    const { log, vault, progress, depart } = company
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
        const { settings } = configuration
        return minding(rooms, { folders: this.#folders, here: place, settings, vault, log, depart })
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
}

const sentenceOf = (problem: unknown): string => (problem instanceof Error ? problem.message : String(problem))

function tellCameBack({ announce, clock }: Rooms, to: PlaceName, problem: string): void {
  const message = `${titleOf(to).title} could not be reached, the station is back where it was: ${problem}`
  announce(alarmFact(clock.now(), { severity: 'warning', code: 'place_not_reached', message, about: to }))
}

export type { Journey }
