/** Where an environment of the exchange lives. Real money and simulated money never share an address. */

/** `simulated`: a venue on this machine; `demo`: the exchange's own play money; `live`: real money. */
export type BinanceEnvironment = 'simulated' | 'demo' | 'live'

export interface Endpoints {
  /** without path, e.g. `https://fapi.binance.com` */
  readonly rest: string
  /** without path, e.g. `wss://fstream.binance.com` */
  readonly stream: string
  /** of the account's own key permissions */
  readonly account: string
}

const KNOWN: Readonly<Record<Exclude<BinanceEnvironment, 'simulated'>, Endpoints>> = {
  live: { rest: 'https://fapi.binance.com', stream: 'wss://fstream.binance.com', account: 'https://api.binance.com' },
  demo: {
    rest: 'https://demo-fapi.binance.com',
    stream: 'wss://fstream.binancefuture.com',
    account: 'https://demo-api.binance.com',
  },
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** false also for what is no address */
export const isOnThisMachine = (address: string): boolean =>
  URL.canParse(address) && LOOPBACK.has(new URL(address).hostname)

/**
 * The addresses of an environment; bases that are given replace the known ones.
 * @throws when `simulated` would leave this machine, or demo and live would talk unencrypted
 */
export function endpointsOf(environment: BinanceEnvironment, bases: Partial<Endpoints> = {}): Endpoints {
  const known = environment === 'simulated' ? null : KNOWN[environment]
  const endpoints = {
    rest: bases.rest ?? known?.rest ?? '',
    stream: bases.stream ?? known?.stream ?? '',
    account: bases.account ?? known?.account ?? bases.rest ?? '',
  }
  const faults = Object.entries(endpoints).flatMap(([name, address]) => addressFault(environment, name, address))
  if (faults.length > 0) throw new Error(faults.join('; '))
  return endpoints
}

function addressFault(environment: BinanceEnvironment, name: string, address: string): readonly string[] {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null) return [`${name} must be an address, was "${address}"`]
  const isHere = isOnThisMachine(address)
  if (environment === 'simulated' && !isHere)
    return [`${name} of a simulated venue must be on this machine, was ${url.host}`]
  if (environment === 'simulated') return []
  const isSealed = url.protocol === 'https:' || url.protocol === 'wss:'
  return isSealed || isHere ? [] : [`${name} must be encrypted (https, wss), was ${url.protocol}//${url.host}`]
}

/** Every address the client knows, for the last look before it is used. */
export function foreignAddresses(urls: unknown): readonly string[] {
  if (typeof urls === 'string') return isOnThisMachine(urls) ? [] : [urls]
  if (typeof urls !== 'object' || urls === null) return []
  return Object.values(urls).flatMap(foreignAddresses)
}
