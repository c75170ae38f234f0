/** How the lines to an exchange are, for the screen: measured by the adapter, asked for when somebody looks. */

/** One connection of the market feed. */
export interface StreamReading {
  /** what it carries, e.g. `candles 1`, `touch 2`, `marks` */
  readonly name: string
  readonly symbols: number
  readonly isUp: boolean
  /** epoch ms since when it is up; null: it is not */
  readonly upSince: number | null
  /** epoch ms of its last message; null: none yet */
  readonly heardAt: number | null
  /** since the start: lost and opened anew */
  readonly reconnects: number
  readonly messages: number
}

export interface FeedLink {
  readonly streams: readonly StreamReading[]
  /** closed candles that no stream told and that were fetched, since the start */
  readonly backFilled: number
}

export interface VenueLink {
  /** of the account's own stream */
  readonly isUp: boolean
  /** ms the last answer took; null: none yet */
  readonly latencyMs: number | null
  /** request weight of the running minute, and the most the exchange allows */
  readonly weightUsed: number
  readonly weightLimit: number
  /** new orders of the last 10 s and of the last minute */
  readonly orders10s: number
  readonly orders1m: number
  /** epoch ms until which the exchange wants silence (429, 418); null: it does not */
  readonly silentUntil: number | null
  /** epoch ms at which the listen key was made or renewed; null: there is none */
  readonly listenKeyAt: number | null
  readonly reconnects: number
  /** epoch ms of the last message of the account's stream; null: none yet */
  readonly userEventAt: number | null
}

/** Something the station relies on at the exchange that is not so any more (SPEC §10). */
export interface ContractFinding {
  /** tells findings apart, e.g. `filters BTCUSDT` */
  readonly about: string
  /** a sentence for people */
  readonly message: string
}
