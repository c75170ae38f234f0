/** Chooses where prices come from and whose clock rules: the made-up market, a recording, or the exchange itself. */
import { Random } from '../adapters/market-simulator/random.ts'
import { SimulatedFeed } from '../adapters/market-simulator/simulated-feed.ts'
import { RecordedFeed } from '../adapters/recorded/recorded-feed.ts'
import { loadRecording } from '../adapters/recorded/recording.ts'
import type { SqliteStore } from '../adapters/sqlite/store.ts'
import { VirtualClock } from '../adapters/system/virtual-clock.ts'
import type { Feed } from '../core/ports/feed.ts'
import type { Recovered } from '../core/ports/journal.ts'
import type { Log } from '../core/ports/log.ts'
import type { Vault } from '../core/ports/vault.ts'
import type { ExchangeAccount } from './compose-exchange.ts'
import type { Settings } from './compose-sections.ts'
import { realTime, type Time, virtualTime } from './compose-time.ts'

export interface MarketSource {
  readonly time: Time
  readonly feed: Feed
  /** null: money is paper */
  readonly account: ExchangeAccount | null
}

const QUARTER_MS = 900_000
/** A new made-up world begins shortly before a quarter of an hour ends: the first decision comes within seconds. */
const BEFORE_QUARTER_MS = 20_000

export interface MarketPlace {
  readonly store: SqliteStore
  /** where the journal ends */
  readonly recovered: Pick<Recovered, 'feedPosition' | 'lastAt'>
  /** epoch ms */
  readonly now: number
  readonly vault: Vault
  readonly log: Log
  /** whose time rules at the exchange; null: the clock on the wall */
  readonly exchangeTime: Time | null
}

/**
 * A restart tells the market from where the journal remembers it, but its clock never stands before anything that has
 * happened: what is told again comes at once.
 */
export async function openMarket(settings: Settings, place: MarketPlace): Promise<MarketSource> {
  const { source } = settings.market
  if (source !== 'binance' && settings.exchange.account !== 'paper')
    throw new Error(`exchange.account is ${settings.exchange.account}, so market.source must be binance, was ${source}`)
  if (source !== 'binance') return { ...(await openVirtualMarket(settings, place)), account: null }
  const time = place.exchangeTime ?? realTime(place.log)
  // the exchange's client is large: a station without it does not load it
  const { openExchange } = await import('./compose-exchange.ts')
  const { vault, log, exchangeTime } = place
  const random = exchangeTime === null ? Math.random : seeded(settings.station.seed)
  return { time, ...(await openExchange({ settings, clock: time.clock, vault, log, random })) }
}

function seeded(seed: number): () => number {
  const random = Random.seeded(seed)
  return () => random.uniform()
}

async function openVirtualMarket(
  settings: Settings,
  { store, recovered, now }: MarketPlace,
): Promise<Omit<MarketSource, 'account'>> {
  const resumeAt = recovered.feedPosition
  const lastAt = Math.max(resumeAt ?? 0, recovered.lastAt, ...store.paper.load('account').map(({ at }) => at))
  const { market, station, simulator, recorded } = settings
  if (market.source === 'replay') {
    const symbols = market.symbols.length > 0 ? market.symbols : null
    const recording = await loadRecording(market.replay, {
      symbols,
      settings: { ...recorded, interval: market.interval },
    })
    const clock = new VirtualClock({ startAt: Math.max(recording.startAt, lastAt), speed: market.speed })
    return { time: virtualTime(clock), feed: new RecordedFeed(recording, clock) }
  }
  const begin = Math.ceil(now / QUARTER_MS) * QUARTER_MS - BEFORE_QUARTER_MS
  const clock = new VirtualClock({ startAt: lastAt === 0 ? begin : lastAt, speed: market.speed })
  const world = { ...simulator, seed: station.seed }
  return { time: virtualTime(clock), feed: new SimulatedFeed({ clock, settings: world, shelf: store.paper, resumeAt }) }
}
