/** Somebody at the desk who cannot sit still: enters, moves stops, closes, cancels, switches modes; a seed says what and when. */
import { exact } from '../../../src/core/model/decimal.ts'
import type { IntentId } from '../../../src/core/model/ids.ts'
import { stableId } from '../../../src/core/model/ids.ts'
import type { ProtectIntent } from '../../../src/core/model/intent.ts'
import type { Position } from '../../../src/core/model/position.ts'
import { RISK_MODES } from '../../../src/core/policy/policy.ts'
import { FOREIGN } from '../../../src/station/books.ts'
import type { RunningStation } from '../../../src/station/compose.ts'

type Act = () => void

const ACTOR = 'user'
/** stops and targets this far from the price, fraction: what a restless market reaches */
const NEAR = 0.003
const FAR = 0.02

export class RestlessTrader {
  readonly #station: RunningStation
  readonly #random: () => number
  readonly #acts: readonly (readonly [weight: number, act: Act])[]
  #moves = 0
  readonly done: Record<string, number> = {}

  constructor(station: RunningStation, random: () => number) {
    this.#station = station
    this.#random = random
    this.#acts = [
      [45, () => this.#enter()],
      [14, () => this.#close()],
      [12, () => this.#moveStop()],
      [8, () => this.#cancel()],
      [6, () => this.#switchMode()],
      [2, () => this.#pullTheSwitch()],
    ]
  }

  act(): void {
    const { policy } = this.#station.facade
    if (policy.current.emergency !== null && this.#random() < 0.4) this.release()
    else this.#pick()()
  }

  /** Lets go of the kill switch, where it is engaged. */
  release(): void {
    const { facade } = this.#station
    const { emergency } = facade.policy.current
    if (emergency !== null) facade.releaseEmergency(ACTOR, emergency.id, 'RELEASE')
  }

  #pick(): Act {
    let left = this.#random() * this.#acts.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, act] of this.#acts) {
      left -= weight
      if (left < 0) return act
    }
    return () => undefined
  }

  #between(least: number, most: number): number {
    return least + this.#random() * (most - least)
  }

  #one<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.#random() * items.length)]
  }

  #count(what: string): void {
    this.done[what] = (this.done[what] ?? 0) + 1
  }

  #enter(): void {
    const { facade } = this.#station
    const quote = this.#one(facade.quotes())
    const [isLong, isLimit, distance, target] = [this.#random(), this.#random(), this.#random(), this.#random()]
    const [notionalUsd, away] = [this.#between(60, 900), this.#between(0, 0.002)]
    if (quote === undefined) return
    const { symbol, last } = quote.ticker
    const sign = isLong < 0.5 ? 1 : -1
    const stopDistance = NEAR + distance ** 2 * (FAR - NEAR)
    const result = facade.placeManual(
      {
        symbol,
        side: sign === 1 ? 'LONG' : 'SHORT',
        quantity: null,
        notionalUsd,
        limitPrice: isLimit < 0.5 ? null : last * (1 - sign * away),
        stopPrice: last * (1 - sign * stopDistance),
        takeProfitPrice: target < 0.6 ? last * (1 + sign * stopDistance) : null,
        leverage: null,
      },
      ACTOR,
      false,
    )
    this.#count(result.outcome === 'approved' ? 'entered' : `denied ${result.code}`)
  }

  #close(): void {
    const position = this.#one(this.#station.facade.positions())
    if (position === undefined) return
    this.#count('closed')
    this.#station.facade.closePosition(position.symbol, ACTOR)
  }

  #cancel(): void {
    const entries = this.#station.facade.openOrders().filter(({ purpose }) => purpose === 'ENTRY')
    const order = this.#one(entries)
    if (order === undefined) return
    this.#count('cancelled')
    this.#station.facade.cancelOrder(order.clientOrderId, ACTOR)
  }

  /** By hand, to another distance from the price. */
  #moveStop(): void {
    const position = this.#one([...this.#station.rooms.books.positions.values()])
    const distance = this.#between(NEAR, FAR)
    if (position === undefined || position.strategyId === FOREIGN) return
    const last = this.#station.rooms.market.desk(position.symbol)?.last
    if (last === undefined || Number.isNaN(last)) return
    this.#count('moved a stop')
    const price = last * (1 - (position.side === 'LONG' ? 1 : -1) * distance)
    this.#station.rooms.pipeline.submit(
      protectIntent(position, price, this.#station.rooms.clock.now(), ++this.#moves),
      {
        kind: 'MANUAL',
        part: '',
        ranking: null,
        steps: [],
      },
    )
  }

  #switchMode(): void {
    const patch = {
      riskMode: this.#one(RISK_MODES),
      maxRiskPerTrade: 0.005,
      maxDailyTrades: 10_000,
      maxPositions: 1 + Math.floor(this.#between(3, 8)),
    }
    this.#count('switched the mode')
    this.#station.facade.policy.change(patch, { actor: ACTOR, reason: `mode ${String(this.#random())}` })
  }

  #pullTheSwitch(): void {
    this.#count('pulled the switch')
    this.#station.facade.engageEmergency(ACTOR, `switch ${String(this.#random())}`, this.#random() < 0.5)
  }
}

function protectIntent(position: Position, price: number, now: number, serial: number): ProtectIntent {
  const { symbol, side, strategyId, traceId, quantity } = position
  return {
    kind: 'PROTECT',
    id: stableId('move', symbol, now, serial) as IntentId,
    traceId,
    strategyId,
    symbol,
    side,
    actor: ACTOR,
    createdAt: now,
    type: 'STOP_MARKET',
    quantity,
    triggerPrice: exact(price),
    trailing: null,
  }
}
