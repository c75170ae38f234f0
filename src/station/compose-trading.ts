/** Where orders go: the paper exchange, which sees the market first, or the account at the real one. */
import { PaperExchange } from '../adapters/paper/paper-exchange.ts'
import type { SqliteSettingsShelf } from '../adapters/sqlite/settings-shelf.ts'
import type { SqliteStore } from '../adapters/sqlite/store.ts'
import type { Feed } from '../core/ports/feed.ts'
import type { FeedLink } from '../core/ports/link.ts'
import type { Venue } from '../core/ports/venue.ts'
import type { AccountKind } from './compose-exchange.ts'
import type { MarketSource } from './compose-market.ts'
import type { Settings } from './compose-sections.ts'
import type { StationFacade } from './facade.ts'

export interface Trading {
  readonly feed: Feed
  readonly venue: Venue
  /** orders leave this machine: they are journaled with full sync first */
  readonly isReal: boolean
  readonly hasPositions: boolean
  /** null: deposits are made at the exchange */
  readonly deposit: StationFacade['deposit'] | null
  close(): void
}

export interface TradingPlace {
  readonly market: MarketSource
  readonly store: SqliteStore
}

export async function openTrading(settings: Settings, place: TradingPlace): Promise<Trading> {
  const { account, feed } = place.market
  if (account !== null) return { ...account, feed, isReal: true, deposit: null, close: () => undefined }
  const paper = await openPaper(settings, place)
  return {
    feed: tapped(feed, paper),
    venue: paper,
    isReal: false,
    hasPositions: paper.hasPositions,
    deposit: (amount) => paper.move(amount),
    close: () => paper.close(),
  }
}

async function openPaper(settings: Settings, { market, store }: TradingPlace): Promise<PaperExchange> {
  const { feed, time } = market
  const instruments = await feed.instruments()
  const { paper, marketModel, station } = settings
  const exchange = new PaperExchange({
    clock: time.clock,
    shelf: store.paper,
    instruments,
    settings: paper,
    // a line that is cut misses what happened; made-up and recorded prices have none
    missesTicks: time.pace === null,
    market: marketModel,
    seed: station.seed,
  })
  return exchange
}

const NO_LINES: FeedLink = { streams: [], backFilled: 0 }

const DAY_OF_HOURS = 24

/** The exchange sees each market event before the station does, and the day before from what the station warms up with. */
function tapped(feed: Feed, paper: PaperExchange): Feed {
  let isTold = false
  return {
    description: feed.description,
    instruments: () => feed.instruments(),
    history: async (symbol, interval, before, limit) => {
      const candles = await feed.history(symbol, interval, before, limit)
      if (!isTold && interval === '1h') paper.prime(candles.slice(-DAY_OF_HOURS))
      return candles
    },
    stop: () => feed.stop(),
    ...(feed.link === undefined ? {} : { link: () => feed.link?.() ?? NO_LINES }),
    ...(feed.resumed === undefined ? {} : { resumed: () => feed.resumed?.() }),
    start: (tell, after) => {
      isTold = true
      return feed.start((event) => {
        paper.onMarket(event)
        tell(event)
      }, after)
    },
  }
}

const ACCOUNT_KIND = 'account_kind'

/**
 * A data folder belongs to one kind of account for ever: paper money and real money never share a journal.
 * @throws with a sentence for people
 */
export function checkFolder(settings: SqliteSettingsShelf, kind: AccountKind, isNew: boolean): void {
  const bound = settings.get(ACCOUNT_KIND) ?? (isNew ? kind : 'paper')
  if (bound !== kind)
    throw new Error(
      `this data folder belongs to a ${bound} account; a ${kind} account needs a folder of its own (--data)`,
    )
}

/** Null: no station has run in it yet, or one of an early release, whose money was paper. */
export const boundAccount = (settings: SqliteSettingsShelf): AccountKind | null =>
  settings.get(ACCOUNT_KIND) as AccountKind | null

/** Once a station of this kind runs in it. */
export function bindFolder(settings: SqliteSettingsShelf, kind: AccountKind): void {
  if (settings.get(ACCOUNT_KIND) === null) settings.set(ACCOUNT_KIND, kind)
}
