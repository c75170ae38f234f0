/** Which place a configuration names, and which settings make a place. */
import type { AccountKind, PlaceName } from './place-facade.ts'

interface PlaceSettings {
  readonly market: { readonly source: 'simulator' | 'replay' | 'binance' }
  readonly exchange: { readonly account: AccountKind }
}

const PAPER_PLACES = { simulator: 'simulated', replay: 'replay', binance: 'paper' } as const

export function placeOf({ market, exchange }: PlaceSettings): PlaceName {
  if (exchange.account === 'paper') return PAPER_PLACES[market.source]
  return exchange.account === 'simulated' ? 'venue' : exchange.account
}

const SETTINGS: Readonly<
  Record<PlaceName, readonly [source: PlaceSettings['market']['source'], account: AccountKind]>
> = {
  simulated: ['simulator', 'paper'],
  replay: ['replay', 'paper'],
  paper: ['binance', 'paper'],
  venue: ['binance', 'simulated'],
  demo: ['binance', 'demo'],
  live: ['binance', 'live'],
}

/** Keys of the configuration and their values. */
export function settingsOfPlace(place: PlaceName): Readonly<Record<string, string>> {
  const [source, account] = SETTINGS[place]
  return { 'market.source': source, 'exchange.account': account }
}

export const accountOf = (place: PlaceName): AccountKind => SETTINGS[place][1]

/** From what cannot cost anything to what can. */
export const PLACE_ORDER = Object.keys(SETTINGS) as readonly PlaceName[]
