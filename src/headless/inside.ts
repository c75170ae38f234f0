/** What is behind the door at the moment: one station, or none for as long as another is on its way. */
import type { MetricsText } from '../station/answers/index.ts'
import type { StationFacade } from '../station/facade.ts'
import type { LiveStream } from '../station/live-stream.ts'
import type { Entrance } from './entrance.ts'

/** The station behind the door. */
export interface StationBehind {
  readonly facade: StationFacade
  /** what `/metrics` tells; left out: there is no such page */
  readonly metrics?: MetricsText | undefined
}

export interface OpenInside {
  readonly live: LiveStream
  readonly entrance: Entrance
}

export class Inside {
  readonly #open: (station: StationBehind) => OpenInside
  #now: OpenInside
  /** null: a station is there; else resolves with the entrance of the next */
  #coming: PromiseWithResolvers<Entrance> | null = null

  constructor(open: (station: StationBehind) => OpenInside, first: StationBehind) {
    this.#open = open
    this.#now = open(first)
  }

  /** Null: another station is on its way, see `next`. */
  get entrance(): Entrance | null {
    return this.#coming === null ? this.#now.entrance : null
  }

  get next(): Promise<Entrance> {
    return this.#coming?.promise ?? Promise.resolve(this.#now.entrance)
  }

  async change(next: () => Promise<StationBehind>): Promise<void> {
    const coming = Promise.withResolvers<Entrance>()
    this.#coming = coming
    this.close()
    this.#now = this.#open(await next())
    this.#coming = null
    coming.resolve(this.#now.entrance)
  }

  /** The live state ends; sockets are told that the door closes. */
  close(): void {
    this.#now.live.close()
    this.#now.entrance.close()
  }
}
