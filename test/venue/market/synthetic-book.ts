import { hashed } from '../../../src/adapters/market-simulator/random.ts'
/** The other side of every trade: a touch given by the market and made-up levels behind it. What is taken is gone until the next step. */
import { exact, floorToStep, maxOf, minOf, ZERO, type Exact } from '../../../src/core/model/decimal.ts'
import type { OrderSide } from '../../../src/core/model/order.ts'
import type { VenueSettings } from '../settings.ts'
import type { SymbolRules } from './symbol-rules.ts'

export interface Touch {
  readonly bid: number
  readonly ask: number
  /** base asset */
  readonly bidQuantity: number
  readonly askQuantity: number
}

export interface Level {
  readonly price: Exact
  readonly quantity: Exact
}

export class SyntheticBook {
  touch: Touch = { bid: 0, ask: 0, bidQuantity: 0, askQuantity: 0 }
  /** goes up with every change */
  updateId = 1
  private readonly settings: VenueSettings
  private takenBids = new Map<number, Exact>()
  private takenAsks = new Map<number, Exact>()

  constructor(settings: VenueSettings) {
    this.settings = settings
  }

  renew(touch: Touch): void {
    this.touch = touch
    this.updateId += 1
    if (this.takenBids.size > 0) this.takenBids = new Map()
    if (this.takenAsks.size > 0) this.takenAsks = new Map()
  }

  /** Levels an order of `side` would meet, best first; empty ones left out. */
  levels(rules: SymbolRules, side: OrderSide, count = this.settings.bookLevels): Level[] {
    const levels: Level[] = []
    for (let index = 0; index < count; index++) {
      const level = this.level(rules, side, index)
      if (level === null) break
      if (level.quantity.gt(0)) levels.push(level)
    }
    return levels
  }

  /** What an order of `side` can have at `limit` or better (null: at any price). */
  available(rules: SymbolRules, side: OrderSide, limit: Exact | null, wanted: Exact): Exact {
    let sum = ZERO
    for (let index = 0; index < this.settings.bookLevels && sum.lt(wanted); index++) {
      const level = this.level(rules, side, index)
      if (level === null || !isWithin(side, level.price, limit)) break
      sum = sum.plus(level.quantity)
    }
    return minOf(sum, wanted)
  }

  /** Takes up to `wanted`, best price first; answers the trades. */
  take(rules: SymbolRules, side: OrderSide, limit: Exact | null, wanted: Exact): Level[] {
    const trades: Level[] = []
    const taken = side === 'BUY' ? this.takenAsks : this.takenBids
    let left = wanted
    for (let index = 0; index < this.settings.bookLevels && left.gt(0); index++) {
      const level = this.level(rules, side, index)
      if (level === null || !isWithin(side, level.price, limit)) break
      const quantity = minOf(level.quantity, left)
      if (quantity.lte(0)) continue
      taken.set(index, (taken.get(index) ?? ZERO).plus(quantity))
      left = left.minus(quantity)
      trades.push({ price: level.price, quantity })
    }
    if (trades.length > 0) this.updateId += 1
    return trades
  }

  /** Best price for an order of `side` that still has something; null when that side is empty. */
  best(rules: SymbolRules, side: OrderSide): Exact | null {
    for (let index = 0; index < this.settings.bookLevels; index++) {
      const level = this.level(rules, side, index)
      if (level === null) return null
      if (level.quantity.gt(0)) return level.price
    }
    return null
  }

  private level(rules: SymbolRules, side: OrderSide, index: number): Level | null {
    const { touch } = this
    const isBuy = side === 'BUY'
    const best = exact(isBuy ? touch.ask : touch.bid)
    const away = rules.tick.times(this.settings.levelTicks * index)
    const price = isBuy ? best.plus(away) : best.minus(away)
    if (price.lte(0) || best.lte(0)) return null
    const taken = (isBuy ? this.takenAsks : this.takenBids).get(index) ?? ZERO
    const quantity = this.quantityAt(rules, isBuy ? touch.askQuantity : touch.bidQuantity, index, isBuy ? 1 : 2)
    return { price, quantity: maxOf(quantity.minus(taken), ZERO) }
  }

  private quantityAt(rules: SymbolRules, atTouch: number, index: number, salt: number): Exact {
    const more =
      index === 0 ? 1 : (1 + this.settings.levelGrowth * index) * (0.5 + hashed(this.updateIdOfTouch(), index, salt))
    return floorToStep(exact(atTouch * more), rules.step)
  }

  /** The same as long as the touch is: levels do not change while they are taken. */
  private updateIdOfTouch(): number {
    return Math.round(this.touch.bid * 1e4) | 0
  }
}

export function isWithin(side: OrderSide, price: Exact, limit: Exact | null): boolean {
  return limit === null || (side === 'BUY' ? price.lte(limit) : price.gte(limit))
}
