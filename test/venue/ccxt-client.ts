/** The unmodified exchange client, pointed at a venue of ours, in the venue's time. */
import binanceusdm from '../../node_modules/ccxt/js/src/pro/binanceusdm.js'
import { VENUE_KEY, VENUE_SECRET, type RunningVenue } from './start-venue.ts'

export type Client = InstanceType<typeof binanceusdm>

interface ClientOptions {
  readonly key?: string
  readonly secret?: string
  /** keeps the time of the wall instead of the venue's */
  readonly wallTime?: boolean
}

/** Markets are loaded. */
export async function clientOf(venue: RunningVenue, options: ClientOptions = {}): Promise<Client> {
  const { key = VENUE_KEY, secret = VENUE_SECRET } = options
  const client = new binanceusdm({ apiKey: key, secret, enableRateLimit: false })
  client.urls['demo'] = urlsOf(venue)
  client.enableDemoTrading(true)
  if (options.wallTime !== true) client.nonce = () => venue.now()
  await client.loadHttpProxyAgent()
  await client.loadMarkets()
  return client
}

function urlsOf({ http, ws }: RunningVenue): Record<string, unknown> {
  const urls: Record<string, unknown> = { fapiData: `${http}/futures/data` }
  for (const [version, name] of Object.entries({ v1: '', v2: 'V2', v3: 'V3' })) {
    urls[`fapiPublic${name}`] = `${http}/fapi/${version}`
    urls[`fapiPrivate${name}`] = `${http}/fapi/${version}`
  }
  return { ...urls, ws: { future: `${ws}/ws`, 'ws-api': { future: `${ws}/ws-fapi/v1` } } }
}

const CODE = /"code":(-\d+)/u

/** The exchange's code in what the client throws; its text where there is none; `ok` when it does not throw. */
export async function codeOf(answer: Promise<unknown>): Promise<number | string> {
  try {
    await answer
    return 'ok'
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    const code = CODE.exec(message)?.[1]
    return code === undefined ? message : Number(code)
  }
}
