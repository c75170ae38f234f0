/** The exchange adapter under the venue contract: the unmodified client against the simulated exchange, in its time. */
import { BinanceVenue } from '../../../src/adapters/binance/binance-venue.ts'
import { BINANCE_SETTINGS } from '../../../src/adapters/binance/settings.ts'
import { usdmClient, type UsdmClient } from '../../../src/adapters/binance/usdm-client.ts'
import { VirtualClock } from '../../../src/adapters/system/virtual-clock.ts'
import type { VenueReport } from '../../../src/core/ports/venue.ts'
import type { VenueSettings } from '../../venue/settings.ts'
import { type RunningVenue, startVenue, VENUE_KEY, VENUE_SECRET } from '../../venue/start-venue.ts'
import { CONTRACT, type VenueHarness } from '../venue-contract/venue-under-test.ts'

const START_AT = Date.UTC(2026, 0, 5, 0, 1)
/** virtual ms between two looks whether everything has arrived */
const STEP_MS = 150
/** looks in a row without anything new */
const QUIET_LOOKS = 4

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export class BinanceHarness implements VenueHarness {
  readonly reports: VenueReport[] = []
  readonly problems: string[] = []
  readonly takingCost = 0.0002
  readonly clock: VirtualClock
  readonly exchange: RunningVenue
  venue: BinanceVenue
  #client: UsdmClient
  /** requests that were sent and not answered yet */
  #pending = 0
  readonly #settled = new Set<number>()
  /** what the adapter reads instead of an answer; the path is without its base */
  alter: (path: string, answer: unknown) => unknown = (_path, answer) => answer
  /** requests sent so far, `METHOD path` */
  readonly sent: string[] = []

  private constructor(clock: VirtualClock, exchange: RunningVenue) {
    this.clock = clock
    this.exchange = exchange
    const made = this.#make()
    this.venue = made.venue
    this.#client = made.client
  }

  static async started(settings: Partial<VenueSettings> = {}): Promise<BinanceHarness> {
    const clock = new VirtualClock({ startAt: START_AT })
    const exchange = await startVenue({
      clock,
      symbols: [{ instrument: CONTRACT, price: 100 }],
      settings: { defaultMarginType: 'ISOLATED', ...settings },
    })
    const harness = new BinanceHarness(clock, exchange)
    await harness.#listen()
    return harness
  }

  now(): number {
    return this.clock.now()
  }

  async moveTo(price: number): Promise<void> {
    this.exchange.moveTo(CONTRACT.symbol, price)
    await this.settle()
  }

  async tradeAt(price: number, quantity: number): Promise<void> {
    this.exchange.exchange.print(CONTRACT.symbol, price, quantity)
    await this.settle()
  }

  async settleFunding(rate: number, at = this.clock.now()): Promise<number> {
    if (!this.#settled.has(at)) {
      const { exchange } = this.exchange
      exchange.funding.settle(exchange.market(CONTRACT.symbol), rate)
      this.#settled.add(at)
    }
    await this.settle()
    return at
  }

  /** Time goes on in small steps until nothing is under way and nothing new was told for a while. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_LOOKS;) {
      const before = this.reports.length
      await pause(1)
      this.clock.advanceTo(this.clock.now() + STEP_MS)
      await pause(1)
      quiet = this.#pending === 0 && this.reports.length === before ? quiet + 1 : 0
    }
  }

  async restart(): Promise<void> {
    await this.#leave()
    const made = this.#make()
    this.venue = made.venue
    this.#client = made.client
    await this.#listen()
  }

  async end(): Promise<void> {
    await this.#leave()
    await this.exchange.close()
  }

  async #leave(): Promise<void> {
    await this.venue.disconnect()
    await this.#client.close()
  }

  async #listen(): Promise<void> {
    await this.venue.connect((report) => this.reports.push(report))
    while (!this.reports.some((report) => report.kind === 'connection' && report.up) || !this.venue.link().isUp)
      await pause(1)
  }

  #make(): { client: UsdmClient; venue: BinanceVenue } {
    const { clock, exchange } = this
    const endpoints = { rest: exchange.http, stream: exchange.ws, account: exchange.http }
    const keys = { apiKey: VENUE_KEY, secret: VENUE_SECRET }
    const settings = BINANCE_SETTINGS
    const client = usdmClient({ environment: 'simulated', endpoints, keys, settings, now: () => clock.now() })
    const request = client.request.bind(client)
    client.request = async (...asked: Parameters<typeof request>): Promise<unknown> => {
      this.#pending++
      this.sent.push(`${asked[2] ?? 'GET'} ${asked[0]}`)
      try {
        return this.alter(asked[0], await request(...asked))
      } finally {
        this.#pending--
      }
    }
    const problem = (message: string): void => void this.problems.push(message)
    return {
      client,
      venue: new BinanceVenue({ client, clock, settings, streamBase: exchange.ws, random: () => 0.5, problem }),
    }
  }
}
