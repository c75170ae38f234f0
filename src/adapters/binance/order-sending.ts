/** Orders and cancels on their way out: what the answer means for the order, and what its silence does. */
import type { ClientOrderId } from '../../core/model/ids.ts'
import { isConditional, type OrderRequest } from '../../core/model/order.ts'
import { type BinanceFault, faultOf } from './faults.ts'
import type { Leverages } from './leverages.ts'
import { orderCall, stateOf } from './order-params.ts'
import type { OrderTales } from './order-tales.ts'
import type { Rest } from './rest.ts'
import { AlgoRow, OrderRow } from './wire/trading.ts'

interface SenderDeps {
  readonly rest: Rest
  readonly tales: OrderTales
  readonly leverages: Leverages
  readonly cancelRefused: (id: ClientOrderId) => void
  /** an answer named fills; `isWhole`: nothing is left to fill */
  readonly fillsMissing: (symbol: string, venueOrderId: string, isWhole: boolean) => void
  /** an answer named fills and the end of its order, neither of which was told yet */
  readonly endMissing: (symbol: string, id: ClientOrderId) => void
  /** what became of a cancel is not known */
  readonly ask: (symbol: string, id: ClientOrderId) => Promise<void>
  /** every no to an order, after it was told */
  readonly refused: (fault: BinanceFault) => void
  readonly problem: (message: string) => void
}

const FOK_UNFILLED = -5021

export class OrderSender {
  readonly #deps: SenderDeps

  constructor(deps: SenderDeps) {
    this.#deps = deps
  }

  async submit(request: OrderRequest): Promise<void> {
    const { symbol, type, leverage, reduceOnly } = request
    const { rest, leverages } = this.#deps
    try {
      if (leverage !== null) await leverages.set(symbol, leverage)
      const answer = await rest.call({
        ...orderCall(request),
        api: 'fapiPrivate',
        method: 'POST',
        weight: isConditional(type) ? 1 : 0,
        priority: reduceOnly ? 'safety' : 'entry',
        isNewOrder: true,
      })
      this.#acknowledged(request, answer)
    } catch (problem) {
      this.#refused(request, faultOf(problem))
    }
  }

  #acknowledged(request: OrderRequest, answer: unknown): void {
    const { tales, fillsMissing, endMissing } = this.#deps
    const { symbol, clientOrderId: id } = request
    if (isConditional(request.type)) {
      tales.accepted(id, symbol, AlgoRow.parse(answer).algoId, true)
      return
    }
    const row = OrderRow.parse(answer)
    tales.accepted(id, symbol, row.orderId)
    const state = stateOf(row.status)
    const isBehind = row.executedQty.gt(tales.filled(id))
    if (isBehind && (state === 'EXPIRED' || state === 'CANCELLED')) endMissing(symbol, id)
    else if (isBehind) fillsMissing(symbol, row.orderId, state === 'FILLED')
    else if (state === 'EXPIRED') tales.ended(id, 'expired', row.status)
    else if (state === 'CANCELLED') tales.ended(id, 'cancelled', row.status)
  }

  /** What may have happened is `unknown`; what surely did not is rejected or failed. */
  #refused(request: OrderRequest, fault: BinanceFault): void {
    const { tales, leverages, refused } = this.#deps
    const { clientOrderId: id } = request
    const { consequence, rejection } = fault.meaning
    if (fault.code === FOK_UNFILLED && request.timeInForce === 'FOK') {
      tales.ended(id, 'expired', fault.message)
      return
    }
    if (consequence === 'unknown') tales.undelivered(id, 'unknown', fault.message)
    else if (consequence === 'retry') tales.undelivered(id, 'failed', fault.message)
    else tales.rejected(id, rejection, fault.message)
    if (rejection === 'LEVERAGE') leverages.forget(request.symbol)
    refused(fault)
  }

  /** A conditional order that has triggered is cancelled by its child, which has the same client id. */
  async cancel(symbol: string, id: ClientOrderId): Promise<void> {
    const { tales, cancelRefused, problem, ask } = this.#deps
    const first = tales.isConditional(id) === true
    try {
      if (!(await this.#cancelOne(symbol, id, first)) && !(await this.#cancelOne(symbol, id, !first))) cancelRefused(id)
    } catch (thrown) {
      problem(`cancelling ${id} on ${symbol} failed: ${faultOf(thrown).message}`)
      await ask(symbol, id)
    }
  }

  /** false: there is no such working order of this kind */
  async #cancelOne(symbol: string, id: ClientOrderId, conditional: boolean): Promise<boolean> {
    const { rest, tales } = this.#deps
    const [path, params] = conditional
      ? ['algoOrder', { clientAlgoId: id }]
      : ['order', { symbol, origClientOrderId: id }]
    try {
      await rest.call({ api: 'fapiPrivate', method: 'DELETE', path, params, weight: 1, priority: 'safety' })
    } catch (problem) {
      const fault = faultOf(problem)
      if (fault.meaning.rejection === 'UNKNOWN_ORDER') return false
      throw fault
    }
    if (!conditional) tales.accepted(id, symbol, '')
    tales.ended(id, 'cancelled', 'cancelled on request')
    return true
  }

  /** Regular orders of the symbol end so long after the last call; 0 lets go. */
  async countdown(symbol: string, ms: number): Promise<void> {
    const params = { symbol, countdownTime: ms }
    try {
      await this.#deps.rest.call({
        api: 'fapiPrivate',
        method: 'POST',
        path: 'countdownCancelAll',
        params,
        weight: 10,
        priority: 'safety',
      })
    } catch (problem) {
      this.#deps.problem(`the dead man's switch of ${symbol} was not wound: ${faultOf(problem).message}`)
    }
  }
}
