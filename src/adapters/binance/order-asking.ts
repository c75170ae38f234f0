/** What became of an order, asked of the exchange: the order itself, its conditional parent, its fills. */
import type { ClientOrderId } from '../../core/model/ids.ts'
import { isConditional } from '../../core/model/order.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { VenueOrder } from '../../core/ports/venue.ts'
import { faultOf } from './faults.ts'
import { venueAlgoOf, venueOrderOf } from './order-params.ts'
import { fillsOfOrder, type SnapshotDeps } from './snapshot.ts'
import { AlgoRow, OrderRow } from './wire/trading.ts'

interface AskerDeps extends SnapshotDeps {
  readonly clock: Clock
  readonly told: (id: ClientOrderId, order: VenueOrder | null) => void
  readonly problem: (message: string) => void
}

export class OrderAsker {
  readonly #deps: AskerDeps

  constructor(deps: AskerDeps) {
    this.#deps = deps
  }

  /** Fills that no stream told come before the word on their order: who waits for them need not read everything. */
  async ask(symbol: string, id: ClientOrderId): Promise<void> {
    const { tales, told } = this.#deps
    try {
      const order = await this.#find(symbol, id)
      if (order !== null && order.filledQuantity.gt(tales.filled(id))) {
        tales.tie(order.venueOrderId, id)
        await this.#fetchFills(symbol, order.venueOrderId, order.state === 'FILLED')
      }
      if (order !== null) {
        // its acceptance may never have been told: from now on it is watched like any other
        tales.known(id, symbol, isConditional(order.request.type))
        if (isOver(order)) tales.over(id)
      }
      told(id, order)
    } catch (problem) {
      this.#deps.problem(`asking for ${id} on ${symbol} failed: ${faultOf(problem).message}`)
    }
  }

  /** Unless a stream tells it before: asking twice does no harm. */
  askSoon(symbol: string, id: ClientOrderId): void {
    const { clock, settings } = this.#deps
    clock.at(clock.now() + settings.missingFillMs, () => void this.ask(symbol, id))
  }

  /** Fills that an answer or event named are fetched if no stream tells them soon; `isWhole`: the last of them ends the order. */
  fillsSoon(symbol: string, venueOrderId: string, isWhole: boolean): void {
    const { clock, settings } = this.#deps
    clock.at(clock.now() + settings.missingFillMs, () => void this.#fetchFills(symbol, venueOrderId, isWhole))
  }

  /** What was told already is not told again. */
  async #fetchFills(symbol: string, venueOrderId: string, isWhole: boolean): Promise<void> {
    try {
      const fills = await fillsOfOrder(this.#deps, symbol, venueOrderId)
      for (const fill of fills) this.#deps.tales.filledBy(fill, isWhole && fill === fills.at(-1))
    } catch (problem) {
      this.#deps.problem(`fills of order ${venueOrderId} could not be read: ${faultOf(problem).message}`)
    }
  }

  /** A triggered conditional order is what its child is; null: the exchange never had it. */
  async #find(symbol: string, id: ClientOrderId): Promise<VenueOrder | null> {
    const regular = await this.#findRegular(symbol, id)
    if (regular !== null) return regular
    const answer = await this.#lookUp('algoOrder', { clientAlgoId: id })
    if (answer === null) return null
    const conditional = AlgoRow.parse(answer)
    // it triggered between the two questions
    const child = HAS_CHILD.has(conditional.algoStatus) ? await this.#findRegular(symbol, id) : null
    return child ?? venueAlgoOf(conditional)
  }

  async #findRegular(symbol: string, id: ClientOrderId): Promise<VenueOrder | null> {
    const answer = await this.#lookUp('order', { symbol, origClientOrderId: id })
    return answer === null ? null : venueOrderOf(OrderRow.parse(answer))
  }

  async #lookUp(path: string, params: Readonly<Record<string, string>>): Promise<unknown> {
    const { rest } = this.#deps
    try {
      return await rest.call({ api: 'fapiPrivate', method: 'GET', path, params, weight: 1, priority: 'safety' })
    } catch (problem) {
      const fault = faultOf(problem)
      if (fault.meaning.rejection === 'UNKNOWN_ORDER') return null
      throw fault
    }
  }
}

const HAS_CHILD: ReadonlySet<string> = new Set(['TRIGGERED', 'FINISHED'])

const isOver = ({ state }: VenueOrder): boolean => state !== 'OPEN' && state !== 'PARTIALLY_FILLED'
