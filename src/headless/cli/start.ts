/** `signalbox start`: the station and its HTTP door, until a signal or the end of the recording; through all its places. */
import { join } from 'node:path'

import type { Log, TokenShelf } from '../../station/answers/index.ts'
import type { Company, Home, Journey, StationAtPlace } from '../../station/compose-home.ts'
import { openLog } from '../../station/compose-upkeep.ts'
import { fileVaultOf } from '../../station/compose-vault.ts'
import type { Flags } from '../../station/config/from-flags.ts'
import { runReport } from '../../station/run-report.ts'
import { findPageFolder } from '../page-folder.ts'
import { serveHeadless, type Door } from '../serve.ts'
import { tellAddress } from '../station-address.ts'
import { ensureLocalToken } from '../tokens.ts'
import { pastLine } from './past-line.ts'
import { homeOf } from './settings-of.ts'
import { VERSION } from './version.ts'

export async function start(flags: Flags): Promise<void> {
  const home = homeOf(flags)
  const log = openLog({ folder: join(home.folder, 'logs'), level: home.configuration.settings.station.logLevel })
  const wishes = new Wishes()
  const company: Company = {
    log,
    vault: fileVaultOf(home.folder),
    depart: (journey) => wishes.say(journey),
    progress: pastLine(process.stderr, Date.now),
  }
  const stay = new Stay(home, company)
  try {
    await stay.begin()
    wishes.hearSignals()
    const { tokens, close: closeTokens } = home.openTokens()
    try {
      ensureLocalToken(home.folder, tokens, Date.now())
      await serve({ home, stay, wishes, tokens, log })
    } finally {
      closeTokens()
    }
  } finally {
    await stay.end()
    await log.close()
  }
}

interface Serving {
  readonly home: Home
  readonly stay: Stay
  readonly wishes: Wishes
  readonly tokens: TokenShelf
  readonly log: Log
}

/** One door, whatever the place behind it. */
async function serve({ home, stay, wishes, tokens, log }: Serving): Promise<void> {
  const door = await openDoor(stay.station, tokens, home, log)
  const forgetAddress = tellAddress(home.folder, door.address)
  greet(stay.station, door, home)
  try {
    let end = await over(stay, wishes)
    while (typeof end !== 'string') {
      const journey = end
      await door.change(() => stay.goOn(journey))
      sayWhere(stay.station)
      end = await over(stay, wishes)
    }
    if (end === 'finished') console.log(runReport(stay.station.facade.records))
  } finally {
    forgetAddress()
    await door.close()
  }
}

/** The station that runs, of whatever place: one at a time. */
class Stay {
  readonly #home: Home
  readonly #company: Company
  #station: StationAtPlace | null = null

  constructor(home: Home, company: Company) {
    this.#home = home
    this.#company = company
  }

  get station(): StationAtPlace {
    if (this.#station === null) throw new Error('no station is running')
    return this.#station
  }

  get endsWithRecording(): boolean {
    return this.#home.configurationOf(this.station.place).settings.market.exitAtEnd
  }

  async begin(): Promise<void> {
    this.#station = await this.#home.start(this.#company)
  }

  async goOn(journey: Journey): Promise<StationAtPlace> {
    await this.end()
    this.#station = await this.#home.arrive(journey, this.#company)
    return this.#station
  }

  async end(): Promise<void> {
    const station = this.#station
    this.#station = null
    await station?.stop()
  }
}

/** What somebody wants of the program: to end, or that its station goes to another place. */
class Wishes {
  #next = Promise.withResolvers<'stopped' | Journey>()

  /** From now on a signal ends the program in order; before, while it comes up, at once. */
  hearSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => this.say('stopped'))
  }

  /** The next one, or the one that was said while nobody asked; to end is for good. */
  get next(): Promise<'stopped' | Journey> {
    return this.#next.promise
  }

  say(wish: 'stopped' | Journey): void {
    this.#next.resolve(wish)
  }

  forget(): void {
    this.#next = Promise.withResolvers()
  }
}

function openDoor(station: StationAtPlace, tokens: TokenShelf, home: Home, log: Log): Promise<Door> {
  const { settings } = home.configuration
  const { host, port, allowRemote, rateLimitPerSecond, burst, maxBodyKb } = settings.http
  return serveHeadless({
    facade: station.facade,
    metrics: station.metrics,
    tokens,
    log,
    host,
    port,
    allowRemote,
    pageFolder: findPageFolder(),
    live: { ...settings.live, maxPending: settings.bus.maxQueueSize },
    settings: { requestsPerSecond: rateLimitPerSecond, requestBurst: burst, maxBodyBytes: maxBodyKb * 1024 },
  })
}

function sayWhere({ facade }: StationAtPlace): void {
  const { environment, feed } = facade.status()
  console.log(`Signalbox ${VERSION} · ${environment} · ${feed}`)
  const madeUp = facade.connections.view().simulatedPrices
  if (madeUp !== null) console.log(`prices are made up, live prices cannot be had: ${madeUp.reason}`)
}

function greet(station: StationAtPlace, door: Door, home: Home): void {
  sayWhere(station)
  console.log(`listening on ${door.address}`)
  console.log(`sign in: ${door.signInLink()}`)
  console.log(`data in ${home.folder} (the file 'token' there is for programs)`)
}

type End = 'finished' | 'stopped' | Journey

/** `finished`: the recording has ended and the station is to end with it; `stopped`: somebody asked it to. */
async function over({ station, endsWithRecording }: Stay, wishes: Wishes): Promise<End> {
  const finished = station.ended.then((): End | Promise<End> => (endsWithRecording ? 'finished' : wishes.next))
  const end = await Promise.race([wishes.next, finished])
  if (typeof end !== 'string') wishes.forget()
  return end
}
