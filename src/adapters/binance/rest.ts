/** Requests to the exchange: within its budget, what reduces risk first, its clock followed, its no's as faults. */
import type { Clock } from '../../core/ports/clock.ts'
import { BinanceFault, faultOf } from './faults.ts'
import { RequestQueue } from './request-queue.ts'
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

/** Whoever only asks. */
export interface Asking {
  /** @throws BinanceFault for every no, silence and broken line */
  call(request: Request): Promise<unknown>
}

const CLOCK_OFF = -1021
const BACK_OFF_STATUS: ReadonlySet<number> = new Set([418, 429])

export class Rest implements Asking {
  readonly budget: WeightBudget
  readonly #queue: RequestQueue
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
    this.#queue = new RequestQueue(this.budget, clock, settings)
    client.onCounts = ({ weight, orders10s, orders1m }) => {
      const now = clock.now()
      if (weight !== null) this.budget.told(weight, now)
      if (orders10s !== null && orders1m !== null) this.budget.toldOrders(orders10s, orders1m, now)
    }
  }

  /**
   * What is only read is asked again where the exchange stumbled: a start asks much, and one no would end it. Whoever
   * asks for safety's sake asks again himself.
   * @throws BinanceFault for every no, silence and broken line
   */
  async call(request: Request): Promise<unknown> {
    const { readTries, readAgainMs } = this.#settings
    for (let left = request.method === 'GET' && request.priority !== 'safety' ? readTries : 1; ;) {
      try {
        return await this.#inTime(request)
      } catch (problem) {
        if (--left === 0 || !hasStumbled(faultOf(problem))) throw problem
        await new Promise<void>((resolve) => this.#clock.at(this.#clock.now() + readAgainMs, resolve))
      }
    }
  }

  /** By the exchange's clock, which is measured anew where ours was off. */
  async #inTime(request: Request): Promise<unknown> {
    try {
      return await this.#send(request)
    } catch (problem) {
      const fault = this.#note(faultOf(problem))
      if (fault.code !== CLOCK_OFF) throw fault
      // such a request was refused before anything was done: it may be sent again
      await this.syncClock()
      return await this.#send(request).catch((again: unknown) => {
        throw this.#note(faultOf(again))
      })
    }
  }

  /** The same, with this rank for requests that name none. */
  ranked(priority: Priority): Asking {
    return { call: (request) => this.call({ priority, ...request }) }
  }

  /** Measures the exchange's clock against ours; many who ask at once share one look. */
  syncClock(): Promise<void> {
    this.#syncing ??= this.#measure().finally(() => {
      this.#syncing = null
    })
    return this.#syncing
  }

  async #measure(): Promise<void> {
    const answer = await this.#send({ api: 'fapiPublic', method: 'GET', path: 'time', weight: 1, priority: 'safety' })
    const { serverTime } = ServerTime.parse(answer)
    // it was read there about halfway between our question and its answer
    const readAt = this.#clock.now() - (this.latencyMs ?? 0) / 2
    this.skewMs = Math.round(readAt - serverTime)
    this.#client.skewMs = this.skewMs
  }

  async #send(request: Request): Promise<unknown> {
    const { api, method, path, params = {}, weight, priority = 'read', isNewOrder = false } = request
    const turn = this.#queue.admit({ priority, weight, isNewOrder })
    if (turn !== null) await turn
    const asked = this.#clock.now()
    const answer: unknown = await this.#client.request(path, api, method, { ...params })
    this.latencyMs = this.#clock.now() - asked
    return answer
  }

  #note(fault: BinanceFault): BinanceFault {
    if (BACK_OFF_STATUS.has(fault.status) && !fault.isOurs)
      this.budget.block(fault.retryAfterMs ?? this.#settings.backOffMs, this.#clock.now())
    return fault
  }
}

/** It may answer the very same question in a moment. */
const hasStumbled = ({ status, isOurs, meaning }: BinanceFault): boolean =>
  !isOurs && !BACK_OFF_STATUS.has(status) && (meaning.consequence === 'retry' || meaning.consequence === 'unknown')
