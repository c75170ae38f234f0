/**
 * Stands at the venue and looks at its books at every event: how long a position has no stop of its full quantity while
 * the venue answers and the station lives. It knows nothing of what the station believes.
 */
import { ZERO } from '../../../src/core/model/decimal.ts'
import type { Exchange } from '../../venue/exchange.ts'
import type { AlgoOrder } from '../../venue/trading/algo-order.ts'
import { remaining, sideThatReduces } from '../../venue/trading/order.ts'

/** SPEC §20.7 */
export const NAKED_MOST_MS = 5_000
/** A stop that has triggered is on its way to close; longer than that it is stuck and protects nobody. */
const TRIGGERING_MS = 6_000
/** between two looks while something is naked */
const LOOK_MS = 50

interface Stretch {
  readonly since: number
  /** ms of it in which the venue answered and the station lived */
  ms: number
  lookedAt: number
}

export interface Naked {
  readonly symbol: string
  readonly at: number
  readonly ms: number
}

export interface Answering {
  /** the venue answers requests and the station lives: time counts */
  (): boolean
}

export class NakedWatch {
  readonly #exchange: Exchange
  readonly #isAnswering: Answering
  readonly #stretches = new Map<string, Stretch>()
  #isTicking = false
  #wasAnswering = true
  /** longest stretch, ms */
  worstMs = 0
  worst: Naked | null = null

  constructor(exchange: Exchange, isAnswering: Answering) {
    this.#exchange = exchange
    this.#isAnswering = isAnswering
    for (const name of ['tellFill', 'tellAlgo', 'tellOrder', 'moved'] as const) this.#after(name)
  }

  /** Symbols that are naked now, and how long. */
  get now(): readonly Naked[] {
    this.look()
    return [...this.#stretches].map(([symbol, { since, ms }]) => ({ symbol, at: since, ms }))
  }

  look(): void {
    const now = this.#exchange.now()
    for (const [symbol, stretch] of this.#stretches) this.#spend(symbol, stretch, now)
    this.#wasAnswering = this.#isAnswering()
    for (const { symbol, amount } of this.#exchange.account.positions.values()) {
      if (amount.isZero() || this.#isCovered(symbol)) this.#stretches.delete(symbol)
      else if (!this.#stretches.has(symbol)) this.#stretches.set(symbol, { since: now, ms: 0, lookedAt: now })
    }
    if (this.#stretches.size > 0) this.#tick()
  }

  #spend(symbol: string, stretch: Stretch, now: number): void {
    if (this.#wasAnswering) stretch.ms += now - stretch.lookedAt
    stretch.lookedAt = now
    if (stretch.ms <= this.worstMs) return
    this.worstMs = stretch.ms
    this.worst = { symbol, at: stretch.since, ms: stretch.ms }
  }

  #isCovered(symbol: string): boolean {
    const { account, algos, orders } = this.#exchange
    const { amount } = account.position(symbol)
    const side = sideThatReduces(amount)
    const stops = algos.liveOf(symbol).filter((algo) => algo.side === side && this.#isStop(algo))
    const children = orders.openOf(symbol).filter((order) => order.side === side && isChildOfStop(order.origin))
    const sum = [...stops.map(({ quantity }) => quantity), ...children.map((order) => remaining(order))]
    return sum.reduce((total, each) => total.plus(each), ZERO).gte(amount.abs())
  }

  #isStop({ type, status, triggeredAt }: AlgoOrder): boolean {
    if (type !== 'STOP_MARKET') return false
    return status === 'NEW' || this.#exchange.now() - triggeredAt < TRIGGERING_MS
  }

  #tick(): void {
    if (this.#isTicking) return
    this.#isTicking = true
    const { clock } = this.#exchange
    clock.at(clock.now() + LOOK_MS, () => {
      this.#isTicking = false
      this.look()
    })
  }

  #after(name: 'tellFill' | 'tellAlgo' | 'tellOrder' | 'moved'): void {
    const exchange = this.#exchange
    const told = Reflect.get(exchange, name).bind(exchange) as (...given: unknown[]) => void
    Reflect.set(exchange, name, (...given: unknown[]) => {
      told(...given)
      this.look()
    })
  }
}

const isChildOfStop = (origin: { readonly type: string } | null): boolean => origin?.type === 'STOP_MARKET'
