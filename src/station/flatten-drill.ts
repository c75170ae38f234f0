/** What a flatten would do now, nothing done: the orders it cancels, the closes it sends, what it costs and how long it takes. */
import type { Exact } from '../core/model/decimal.ts'
import type { CloseIntent } from '../core/model/intent.ts'
import type { Position } from '../core/model/position.ts'
import type { Books } from './books.ts'
import { FOREIGN } from './books.ts'
import type { ExecutorSettings } from './executor-settings.ts'
import type { FlattenDrill } from './station-values.ts'

interface DrillDeps {
  readonly now: number
  readonly books: Books
  readonly settings: ExecutorSettings
  /** what is not ours is closed too, whatever the settings say */
  readonly withForeign: boolean
  readonly markOf: (symbol: string) => number | null
  /** the parts the exchange takes the close in, or the guard's no */
  readonly slicesOf: (intent: CloseIntent) => readonly Exact[] | string
  /** typical answer to an order, ms; null: none was measured */
  readonly answerMs: number | null
  /** why nothing can be carried out now; null: it can */
  readonly obstacle: string | null
}

export function flattenDrill(deps: DrillDeps): FlattenDrill {
  const { now, books, settings, markOf, withForeign } = deps
  const all = [...books.positions.values()]
  const held = all.filter(({ strategyId }) => withForeign || settings.flattenForeign || strategyId !== FOREIGN)
  const untouched = all.filter((position) => !held.includes(position))
  const cancels = [...books.orders.working.values()].filter(({ purpose }) => purpose !== 'CLOSE')
  const slices = held.map((position) => deps.slicesOf(closeOf(position, now)))
  const closes = held.map((position, index) => ({
    ...pick(position),
    side: position.side,
    mark: markOf(position.symbol) ?? position.entryPrice.toNumber(),
    orders: partsOf(slices[index]),
  }))
  const orders = closes.reduce((sum, close) => sum + close.orders.length, 0)
  const looks = held.length + cancels.length === 0 ? 1 : 2
  const answerMs = deps.answerMs ?? settings.drillAnswerMs
  return {
    at: now,
    cancels,
    closes,
    untouched: untouched.map(pick),
    requests: cancels.length + orders + looks * settings.lookRequests,
    weight: cancels.length * settings.cancelWeight + orders * settings.closeWeight + looks * settings.lookWeight,
    // the closes are answered while it waits for its second look
    expectedMs: Math.ceil(answerMs + (looks - 1) * Math.max(settings.flattenAskMs, answerMs)),
    obstacle: deps.obstacle ?? slices.find((found) => typeof found === 'string') ?? null,
  }
}

const partsOf = (found: readonly Exact[] | string | undefined): readonly Exact[] =>
  found === undefined || typeof found === 'string' ? [] : found

const pick = ({ symbol, quantity }: Position): Pick<Position, 'symbol' | 'quantity'> => ({ symbol, quantity })

function closeOf({ intentId, traceId, strategyId, symbol, side, quantity }: Position, now: number): CloseIntent {
  const what = { id: intentId, traceId, strategyId, symbol, side, quantity }
  return { kind: 'CLOSE', ...what, actor: 'user', reason: 'FLATTEN', createdAt: now }
}
