/** Requests to the exchange: within its budget, order traffic first, its clock followed, its no's as faults. */
import type { Clock } from '../../core/ports/clock.ts'
import { BinanceFault, faultOf } from './faults.ts'
import type { BinanceSettings } from './settings.ts'
import type { UsdmClient } from './usdm-client.ts'
import { type Priority, WeightBudget } from './weight-budget.ts'
import { ServerTime } from './wire/market.ts'

type Api = 'fapiPublic' | 'fapiPrivate' | 'fapiPrivateV2' | 'fapiPrivateV3' | 'sapi'
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface Request {
  readonly api: Api
  readonly method: Method
  readonly path: string
  readonly params?: Readonly<Record<string, string | number | boolean>>
  /** as the exchange counts it */
  readonly weight: number
  readonly priority?: Priority
  readonly isNewOrder?: boolean
}

const CLOCK_AHEAD = -1021
const BACK_OFF_STATUS: ReadonlySet<number> = new Set([418, 429])

export class Rest {
  readonly budget: WeightBudget
  readonly #client: UsdmClient
  readonly #clock: Clock
  readonly #settings: BinanceSettings
  /** ms our clock is ahead of the exchange's; null: not measured yet */
  skewMs: number | null = null
  /** ms the last answer took */
  latencyMs: number | null = null
  #syncing: Promise<void> | null = null

  constructor(client: UsdmClient, clock: Clock, settings: BinanceSettings) {
    this.#client = client
    this.#clock = clock
    this.#settings = settings
    this.budget = new WeightBudget(settings)
    client.onWeight = (used) => this.budget.told(used, clock.now())
  }

  /** @throws BinanceFault for every no, silence and broken line */
  async call(request: Request): Promise<unknown> {
    try {
      return await this.#send(request)
    } catch (problem) {
      const fault = this.#note(faultOf(problem))
      if (fault.code !== CLOCK_AHEAD) throw fault
      await this.syncClock()
      return await this.#send(request).catch((again: unknown) => {
        throw this.#note(faultOf(again))
      })
    }
  }

  /** Measures the exchange's clock against ours; many who ask at once share one look. */
  syncClock(): Promise<void> {
    this.#syncing ??= this.#measure().finally(() => {
      this.#syncing = null
    })
    return this.#syncing
  }

  async #measure(): Promise<void> {
    const asked = this.#clock.now()
    const answer = await this.#send({ api: 'fapiPublic', method: 'GET', path: 'time', weight: 1, priority: 'order' })
    const { serverTime } = ServerTime.parse(answer)
    this.skewMs = Math.round((asked + this.#clock.now()) / 2 - serverTime)
    this.#client.skewMs = this.skewMs
  }

  async #send(request: Request): Promise<unknown> {
    const { api, method, path, params = {}, weight, priority = 'read', isNewOrder = false } = request
    await this.#mayLeave(priority, weight, isNewOrder)
    const asked = this.#clock.now()
    this.budget.spend(weight, isNewOrder, asked)
    const answer: unknown = await this.#client.request(path, api, method, { ...params })
    this.latencyMs = this.#clock.now() - asked
    return answer
  }

  /** Orders do not wait: what may not leave now has failed, and whoever sent it decides anew. */
  async #mayLeave(priority: Priority, weight: number, isNewOrder: boolean): Promise<void> {
    for (;;) {
      const now = this.#clock.now()
      const wait = this.budget.waitFor(priority, weight, isNewOrder, now)
      if (wait <= 0) return
      if (priority === 'order') {
        const message = `not sent: the exchange asked for ${Math.ceil(wait / 1000)} s of silence, or our own limit is reached`
        throw new BinanceFault({ status: 429, code: null, message, retryAfterMs: wait })
      }
      await new Promise<void>((resolve) => this.#clock.at(now + wait, resolve))
    }
  }

  #note(fault: BinanceFault): BinanceFault {
    if (BACK_OFF_STATUS.has(fault.status))
      this.budget.block(fault.retryAfterMs ?? this.#settings.backOffMs, this.#clock.now())
    return fault
  }
}
