/**
 * Live prices were wanted and the exchange is out of reach: the simulator stands in, in a place of its own. This looks for
 * the exchange again and again, and says so for as long as it lasts; it never goes back by itself.
 */
import { endpointsOf } from '../adapters/binance/endpoints.ts'
import { BinanceFault } from '../adapters/binance/faults.ts'
import { whyUnreachable } from '../adapters/binance/reach.ts'
import type { Cancel, Clock } from '../core/ports/clock.ts'
import type { AlertDesk } from './alert-desk.ts'
import { basesOf, publicPlace } from './compose-bases.ts'
import type { Settings } from './compose-sections.ts'
import type { SimulatedPrices } from './connections-facade.ts'

const MADE_UP = 'simulated_prices'
const ANSWERS = 'exchange_answers'

/** Live prices cannot be had now; its message says why. */
export class OutOfReach extends Error {
  override readonly name = 'OutOfReach'
}

type ExchangeSettings = Pick<Settings, 'exchange' | 'binance'>

/** null: the exchange's public prices can be had; else why not. Takes no longer than `binance.reach_ms`. */
export function lookForExchange({ exchange, binance }: ExchangeSettings): Promise<string | null> {
  const { rest } = endpointsOf(publicPlace(exchange), basesOf(exchange))
  return whyUnreachable(rest, binance.reachMs)
}

/** @throws OutOfReach */
export async function requireReach(settings: ExchangeSettings): Promise<void> {
  const reason = await lookForExchange(settings)
  if (reason !== null) throw new OutOfReach(reason)
}

/** Why live prices could not be had; null: the start failed of something else. */
export function reachFault(problem: unknown): string | null {
  if (problem instanceof OutOfReach) return problem.message
  const isLine = problem instanceof BinanceFault && problem.status === 0 && !problem.isOurs
  return isLine ? problem.message : null
}

interface StandInDeps {
  readonly reason: string
  readonly settings: Pick<Settings['binance'], 'reachAgainMs' | 'reachAgainMostMs'>
  readonly clock: Clock
  /** null: the exchange answers */
  readonly look: () => Promise<string | null>
}

export class StandIn {
  readonly #deps: StandInDeps
  readonly #since: number
  #reason: string
  #answersSince: number | null = null
  #alerts: Pick<AlertDesk, 'hold'> | null = null
  #wait: number
  #cancel: Cancel = () => undefined
  #isOver = false

  constructor(deps: StandInDeps) {
    this.#deps = deps
    this.#since = deps.clock.now()
    this.#reason = deps.reason
    this.#wait = deps.settings.reachAgainMs
    this.#lookLater()
  }

  get view(): SimulatedPrices {
    return { since: this.#since, reason: this.#reason, answersSince: this.#answersSince }
  }

  /** The station that stands in tells it, from now on. */
  tellBy(alerts: Pick<AlertDesk, 'hold'>): void {
    this.#alerts = alerts
    this.#tell()
  }

  /** That station stops; the exchange is looked for on. */
  hush(): void {
    this.#alerts = null
  }

  end(): void {
    this.#isOver = true
    this.#alerts = null
    this.#cancel()
  }

  #lookLater(): void {
    const { clock, settings } = this.#deps
    this.#cancel = clock.at(clock.now() + this.#wait, () => void this.#look())
    this.#wait = Math.min(this.#wait * 2, settings.reachAgainMostMs)
  }

  async #look(): Promise<void> {
    const reason = await this.#deps.look()
    if (this.#isOver) return
    if (reason === null) this.#answersSince ??= this.#deps.clock.now()
    else {
      this.#answersSince = null
      this.#reason = reason
    }
    this.#tell()
    this.#lookLater()
  }

  #tell(): void {
    if (this.#alerts !== null) tellStandIn(this.#alerts, this.view)
  }
}

/** The time of the wall, whatever clock the station has; it keeps no program running. */
const WALL: Clock = {
  now: Date.now,
  at: (time, wake) => {
    const timer = setTimeout(wake, time - Date.now()).unref()
    return () => clearTimeout(timer)
  },
}

export const standIn = (settings: ExchangeSettings, reason: string): StandIn =>
  new StandIn({ reason, settings: settings.binance, clock: WALL, look: () => lookForExchange(settings) })

/** Lasting notices; null: prices are those that are wanted. */
export function tellStandIn(alerts: Pick<AlertDesk, 'hold'>, madeUp: SimulatedPrices | null): void {
  const since = madeUp === null ? '' : new Date(madeUp.since).toISOString().slice(0, 16).replace('T', ' ')
  alerts.hold(madeUp !== null, {
    severity: 'warning',
    code: MADE_UP,
    message: `prices are made up since ${since} UTC, live prices cannot be had: ${madeUp?.reason ?? ''}`,
    about: '',
  })
  alerts.hold(madeUp?.answersSince != null, {
    severity: 'info',
    code: ANSWERS,
    message: 'the exchange answers again: the station can go to live prices',
    about: '',
  })
}
