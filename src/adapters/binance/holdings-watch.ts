/**
 * While something is open the holdings themselves are looked at every few seconds: a stream that fell silent without a
 * word does not say what it leaves out. What does not follow from what was told is asked for, order by order, those
 * included whose answer has not come yet.
 */
import { type Exact, ZERO } from '../../core/model/decimal.ts'
import type { ClientOrderId } from '../../core/model/ids.ts'
import type { Fill } from '../../core/model/order.ts'
import type { Cancel, Clock } from '../../core/ports/clock.ts'
import { faultOf } from './faults.ts'
import type { OrderTales, Working } from './order-tales.ts'
import type { Request, Rest } from './rest.ts'
import type { BinanceSettings } from './settings.ts'
import { AlgoRow, PositionRow } from './wire/trading.ts'

interface HoldingsDeps {
  readonly rest: Rest
  readonly clock: Clock
  readonly settings: BinanceSettings
  readonly tales: OrderTales
  readonly ask: (symbol: string, id: ClientOrderId) => void
  readonly problem: (message: string) => void
}

const POSITIONS: Request = {
  api: 'fapiPrivateV3',
  method: 'GET',
  path: 'positionRisk',
  weight: 5,
  priority: 'safety',
}

export class HoldingsWatch {
  readonly #deps: HoldingsDeps
  /** base asset by symbol, signed: as looked at last, and with the fills told since */
  #held = new Map<string, Exact>()
  #isLooking = false
  #cancel: Cancel | null = null

  constructor(deps: HoldingsDeps) {
    this.#deps = deps
  }

  start(): void {
    const { clock, settings } = this.#deps
    this.#cancel = clock.at(clock.now() + settings.holdingsEveryMs, () => {
      this.start()
      if (!this.#isLooking && this.#isAnythingOpen()) void this.#look()
    })
  }

  stop(): void {
    this.#cancel?.()
  }

  told({ symbol, side, quantity }: Fill): void {
    const sign = side === 'BUY' ? 1 : -1
    this.#held.set(symbol, (this.#held.get(symbol) ?? ZERO).plus(quantity.times(sign)))
  }

  #isAnythingOpen(): boolean {
    if (this.#deps.tales.working().length > 0) return true
    for (const amount of this.#held.values()) if (!amount.isZero()) return true
    return false
  }

  async #look(): Promise<void> {
    const { rest, problem } = this.#deps
    this.#isLooking = true
    try {
      const [before, working] = [new Map(this.#held), this.#deps.tales.working()]
      const rows = PositionRow.array().parse(await rest.call(POSITIONS))
      const held = new Map(rows.map((row) => [row.symbol, row.positionAmt]))
      this.#compare(before, held, [...working, ...this.#sentSince(working)])
      await Promise.all([...held].map(([symbol, amount]) => this.#lookAtStops(symbol, amount, working)))
    } catch (thrown) {
      problem(`the holdings could not be looked at: ${faultOf(thrown).message}`)
    } finally {
      this.#isLooking = false
    }
  }

  /** What was found may be theirs already. */
  #sentSince(before: readonly Working[]): readonly Working[] {
    const known = new Set(before.map(({ id }) => id))
    return this.#deps.tales.working().filter(({ id }) => !known.has(id))
  }

  /** A fill told while the answer was on its way may be in it or not. */
  #compare(before: ReadonlyMap<string, Exact>, held: ReadonlyMap<string, Exact>, working: readonly Working[]): void {
    for (const symbol of new Set([...this.#held.keys(), ...held.keys()])) {
      const [was, is, found] = [before, this.#held, held].map((amounts) => amounts.get(symbol) ?? ZERO)
      if (was === undefined || is === undefined || found === undefined || found.eq(is) || found.eq(was)) continue
      this.#held.set(symbol, found)
      for (const order of working) if (order.symbol === symbol) this.#deps.ask(symbol, order.id)
    }
    for (const [symbol, amount] of this.#held) if (amount.isZero()) this.#held.delete(symbol)
  }

  /** Conditional orders we take to wait there, and that do not. */
  async #lookAtStops(symbol: string, amount: Exact, working: readonly Working[]): Promise<void> {
    const own = working.filter((order) => order.symbol === symbol)
    // one that has triggered is soon over: that its end was not told leaves the rest without a stop
    if (!amount.isZero()) for (const { id, isTriggered } of own) if (isTriggered) this.#deps.ask(symbol, id)
    const ours = own.filter(({ isWaiting }) => isWaiting)
    if (amount.isZero() || ours.length === 0) return
    const params = { symbol }
    const question: Request = { ...POSITIONS, api: 'fapiPrivate', path: 'openAlgoOrders', weight: 1, params }
    const rows = AlgoRow.array().parse(await this.#deps.rest.call(question))
    const there = new Set(rows.map(({ clientAlgoId }) => clientAlgoId))
    for (const { id } of ours) if (!there.has(id)) this.#deps.ask(symbol, id)
  }
}
