/** The exchange's client library, narrowed: signing and sockets are its work, what answers mean is ours. */
import binanceusdm from '../../../node_modules/ccxt/js/src/pro/binanceusdm.js'
import { type BinanceEnvironment, type Endpoints, foreignAddresses } from './endpoints.ts'
import { BinanceFault } from './faults.ts'
import type { BinanceSettings } from './settings.ts'

export interface Keys {
  readonly apiKey: string
  readonly secret: string
}

export interface UsdmOptions {
  readonly environment: BinanceEnvironment
  readonly endpoints: Endpoints
  /** null: public data only */
  readonly keys: Keys | null
  readonly settings: BinanceSettings
  /** epoch ms, of the clock the station goes by */
  readonly now: () => number
}

/** As the exchange counts them; null: not told. */
export interface ToldCounts {
  /** request weight of the running minute */
  readonly weight: number | null
  /** new orders of the running 10 s and minute */
  readonly orders10s: number | null
  readonly orders1m: number | null
}

/** Names of headers differ in their capitals from server to server. */
type Headers = Readonly<Record<string, string>>

const SECOND_MS = 1000

function headerOf(headers: Headers, name: string): string | undefined {
  const found = Object.keys(headers).find((key) => key.toLowerCase() === name)
  return found === undefined ? undefined : headers[found]
}

/** null: it is not there, or no number */
function figureOf(headers: Headers, name: string): number | null {
  const told = Number(headerOf(headers, name))
  return Number.isFinite(told) ? told : null
}

function codeOf(body: string): number | null {
  const found = /"code"\s*:\s*"?(-?\d+)/u.exec(body)?.[1]
  return found === undefined ? null : Number(found)
}

export class UsdmClient extends binanceusdm {
  /** told with every answer */
  onCounts: (counts: ToldCounts) => void = () => undefined
  /** ms our clock is ahead of the exchange's; requests are stamped with theirs */
  skewMs = 0
  clockNow: () => number = Date.now
  /** who hears what, by address */
  readonly listeners = new Map<string, (message: unknown) => void>()

  override nonce(): number {
    return this.clockNow() - this.skewMs
  }

  /** Every answer passes here: a no becomes one of our faults, whatever the address was. */
  override handleErrors(
    status: number,
    reason: string,
    _url: string,
    _method: string,
    headers: Headers,
    body: string,
  ): undefined {
    this.onCounts({
      weight: figureOf(headers, 'x-mbx-used-weight-1m'),
      orders10s: figureOf(headers, 'x-mbx-order-count-10s'),
      orders1m: figureOf(headers, 'x-mbx-order-count-1m'),
    })
    if (status < 400) return undefined
    const waited = figureOf(headers, 'retry-after')
    const retryAfterMs = waited === null ? null : waited * SECOND_MS
    throw new BinanceFault({ status, code: codeOf(body), message: body === '' ? reason : body, retryAfterMs })
  }

  /** Streams are read raw: the library's own reading conflates bursts and leaves out what it does not know. */
  override handleMessage(client: { readonly url: string }, message: unknown): void {
    this.listeners.get(client.url)?.(message)
  }

  /** The end of an old connection must not take the new one of the same address with it. */
  override onClose(client: { readonly url: string }, error: unknown): void {
    if (this.clients[client.url] === client) super.onClose(client, error)
  }

  override onError(client: { readonly url: string }, error: unknown): void {
    if (this.clients[client.url] === client) super.onError(client, error)
  }
}

/** @throws when a simulated venue would talk to another machine */
export function usdmClient({ environment, endpoints, keys, settings, now }: UsdmOptions): UsdmClient {
  const client = new UsdmClient({
    ...(keys === null ? {} : { apiKey: keys.apiKey, secret: keys.secret }),
    enableRateLimit: false,
    timeout: settings.requestTimeoutMs,
  })
  client.clockNow = now
  const { rest, stream, account } = endpoints
  client.urls['api'] = {
    fapiPublic: `${rest}/fapi/v1`,
    fapiPublicV2: `${rest}/fapi/v2`,
    fapiPublicV3: `${rest}/fapi/v3`,
    fapiPrivate: `${rest}/fapi/v1`,
    fapiPrivateV2: `${rest}/fapi/v2`,
    fapiPrivateV3: `${rest}/fapi/v3`,
    fapiData: `${rest}/futures/data`,
    sapi: `${account}/sapi/v1`,
    ws: { future: `${stream}/ws` },
  }
  client.options['recvWindow'] = settings.receiveWindowMs
  client.options['fetchCurrencies'] = false
  // the pauses before a connection is tried again are ours: the library's own would be added to them
  client.options['ws'] = { keepAlive: settings.pingEveryMs, backoff: { base: 0 } }
  const foreign = environment === 'simulated' ? foreignAddresses(client.urls['api']) : []
  if (foreign.length > 0)
    throw new Error(`a simulated venue must stay on this machine, but knows ${foreign.join(', ')}`)
  return client
}
