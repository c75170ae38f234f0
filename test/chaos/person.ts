/** Somebody at the desk who cannot sit still: switches modes, turns numbers, trades by hand, pulls the kill switch. */
import { exact } from '../../src/core/model/decimal.ts'
import { RISK_MODES } from '../../src/core/policy/policy.ts'
import type { RunningStation } from '../../src/station/compose.ts'
import { fieldsOf, tell } from './told.ts'

type Act = () => void

const ACTOR = 'user'

export class Person {
  readonly #station: RunningStation
  readonly #random: () => number
  readonly #acts: readonly (readonly [weight: number, act: Act])[]
  #toldVersion: number

  constructor(station: RunningStation, random: () => number) {
    this.#station = station
    this.#random = random
    this.#toldVersion = station.facade.policy.current.version
    this.#acts = [
      [30, () => this.#turnNumbers()],
      [12, () => this.#switchMode()],
      [25, () => this.#trade()],
      [8, () => this.#close()],
      [6, () => this.#cancel()],
      [3, () => this.#deposit()],
      [3, () => this.#pin()],
      [2, () => this.#pullTheSwitch()],
      [11, () => undefined],
    ]
  }

  /** One thing, and the word that it was acknowledged. */
  act(): void {
    const { policy } = this.#station.facade
    if (policy.current.emergency !== null && this.#random() < 0.5) this.#release()
    else this.#pick()()
    this.#tellPolicy()
  }

  #pick(): Act {
    let left = this.#random() * this.#acts.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, act] of this.#acts) {
      left -= weight
      if (left < 0) return act
    }
    return () => undefined
  }

  #tellPolicy(): void {
    const { current } = this.#station.facade.policy
    if (current.version === this.#toldVersion) return
    this.#toldVersion = current.version
    tell({ kind: 'policy', version: current.version, fields: fieldsOf(current) })
  }

  #between(least: number, most: number): number {
    return least + this.#random() * (most - least)
  }

  #one<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.#random() * items.length)]
  }

  #turnNumbers(): void {
    const patch = {
      maxRiskPerTrade: Math.round(this.#between(3, 12)) / 10_000,
      maxPositions: Math.round(this.#between(3, 12)),
      maxDailyTrades: Math.round(this.#between(5_000, 10_000)),
    }
    this.#station.facade.policy.change(patch, { actor: ACTOR, reason: `numbers ${String(this.#random())}` })
  }

  #switchMode(): void {
    const patch = { riskMode: this.#one(RISK_MODES), maxRiskPerTrade: 0.0005, maxDailyTrades: 10_000, maxPositions: 8 }
    this.#station.facade.policy.change(patch, { actor: ACTOR, reason: `mode ${String(this.#random())}` })
  }

  #pin(): void {
    const { policy } = this.#station.facade
    const write = { actor: ACTOR, reason: `pin ${String(this.#random())}` } as const
    if (policy.current.pin === null) policy.pin(null, write)
    else policy.releasePin(write)
  }

  #trade(): void {
    const { facade } = this.#station
    const quote = this.#one(facade.quotes())
    if (quote === undefined) return
    const { symbol, last } = quote.ticker
    const side = this.#random() < 0.5 ? 'LONG' : 'SHORT'
    const sign = side === 'LONG' ? 1 : -1
    const result = facade.placeManual(
      {
        symbol,
        side,
        quantity: null,
        notionalUsd: this.#between(50, 300),
        limitPrice: this.#random() < 0.5 ? null : last * (1 - sign * this.#between(0, 0.002)),
        stopPrice: last * (1 - sign * 0.012),
        takeProfitPrice: last * (1 + sign * 0.01),
        leverage: null,
      },
      ACTOR,
      false,
    )
    if (result.outcome === 'approved' && result.clientOrderId !== null)
      tell({ kind: 'order', id: result.clientOrderId })
  }

  #close(): void {
    const position = this.#one(this.#station.facade.positions())
    if (position !== undefined) this.#station.facade.closePosition(position.symbol, ACTOR)
  }

  #cancel(): void {
    const order = this.#one(this.#station.facade.openOrders())
    if (order !== undefined) this.#station.facade.cancelOrder(order.clientOrderId, ACTOR)
  }

  #deposit(): void {
    const amount = exact(Math.round(this.#between(-500, 1_500)))
    if (this.#station.facade.deposit(amount, ACTOR).outcome === 'booked') {
      tell({ kind: 'deposit', amount: amount.toFixed() })
    }
  }

  #pullTheSwitch(): void {
    this.#station.facade.engageEmergency(ACTOR, `switch ${String(this.#random())}`, this.#random() < 0.3)
  }

  #release(): void {
    const { facade } = this.#station
    facade.releaseEmergency(ACTOR, facade.policy.current.emergency?.id ?? '', 'RELEASE')
  }
}
