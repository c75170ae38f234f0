/** The line to the real exchange: its addresses, its keys, its public market, and the account that trades there. */
import { checkAccount } from '../adapters/binance/account-check.ts'
import { BinanceFeed } from '../adapters/binance/binance-feed.ts'
import { BinanceVenue } from '../adapters/binance/binance-venue.ts'
import { endpointsOf } from '../adapters/binance/endpoints.ts'
import { checkKey } from '../adapters/binance/key-check.ts'
import { Rest } from '../adapters/binance/rest.ts'
import { holdsPositions } from '../adapters/binance/snapshot.ts'
import { usdmClient } from '../adapters/binance/usdm-client.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Environment, Feed } from '../core/ports/feed.ts'
import type { Log } from '../core/ports/log.ts'
import type { KeyPlace, Vault } from '../core/ports/vault.ts'
import type { Venue } from '../core/ports/venue.ts'
import { basesOf, publicPlace } from './compose-bases.ts'
import type { Settings } from './compose-sections.ts'

/** Whose money: `paper` is ours alone, the others are accounts at an exchange. */
export type AccountKind = Settings['exchange']['account']

export interface ExchangePlace {
  readonly settings: Settings
  readonly clock: Clock
  readonly vault: Vault
  readonly log: Log
  /** spreads reconnects, so that many stations do not come back at once; nothing that is traded hangs on it */
  readonly random: () => number
}

export interface ExchangeAccount {
  readonly venue: Venue
  /** whether something is held there now */
  readonly hasPositions: boolean
}

const ENVIRONMENTS: Readonly<Record<AccountKind, Environment>> = {
  paper: 'PAPER',
  simulated: 'SIMULATED',
  demo: 'DEMO',
  live: 'LIVE',
}

/** @throws with a sentence for people when the addresses do not fit, or the account may not be traded */
export async function openExchange(place: ExchangePlace): Promise<{ feed: Feed; account: ExchangeAccount | null }> {
  const { settings, clock, vault, log, random } = place
  const { exchange, market, binance } = settings
  const kind = exchange.account
  const environment = kind === 'paper' ? publicPlace(exchange) : kind
  const endpoints = endpointsOf(environment, basesOf(exchange))
  const keys = kind === 'paper' ? null : await keysOf(vault, kind)
  const problem = (message: string): void => log.warn('exchange', { message })
  const client = usdmClient({ environment, endpoints, keys, settings: binance, now: () => clock.now() })
  const line = { client, clock, settings: binance, streamBase: endpoints.stream, random, problem }
  const venue = keys === null ? null : new BinanceVenue({ ...line, rulesChanged: () => feed.rulesChanged() })
  const rest = venue?.rest ?? new Rest(client, clock, binance)
  const account = venue === null ? null : await openAccount(venue, kind, problem)
  const feed = new BinanceFeed({
    ...line,
    rest,
    environment: environment === 'simulated' ? 'SIMULATED' : ENVIRONMENTS[kind],
    label: environment === 'simulated' ? `a venue on this machine, ${endpoints.rest}` : 'Binance USDⓈ-M, live prices',
    hasKeys: keys !== null,
    symbols: market.symbols,
  })
  return { feed, account }
}

async function keysOf(vault: Vault, place: KeyPlace) {
  const keys = await vault.read(place)
  if (keys === null)
    throw new Error(`there are no keys for the ${place} account: add them with \`signalbox key add ${place}\``)
  return keys
}

/** With real money a key that is not as it should be is refused; else it is said. */
async function openAccount(venue: BinanceVenue, kind: AccountKind, problem: (message: string) => void) {
  await venue.rest.syncClock()
  const { verdict, findings } = await checkKey(venue.rest, kind === 'live')
  if (verdict === 'refused') throw new Error(`the ${kind} account is not opened:\n  ${findings.join('\n  ')}`)
  for (const finding of findings) problem(finding)
  const unfit = await checkAccount(venue.rest)
  if (unfit.length > 0)
    throw new Error(
      [
        `the ${kind} account is not set up for this station:`,
        ...unfit.map(({ sentence }) => sentence),
        `what the station can set is set by \`signalbox key check ${kind} --fix\``,
      ].join('\n  '),
    )
  return { venue, hasPositions: await holdsPositions(venue.rest) }
}
