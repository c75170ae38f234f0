/** What the table of positions shows: open positions, then resting entries, each row the station's own object. Pure. */
import type { Order, Position } from '../../../contract/trading-shapes.ts'
import type { LiveReplica } from '../../state/live-state.ts'

/** A resting entry is told apart by its order id. */
export type BookRow = Position | Order

export const isOrder = (row: BookRow): row is Order => 'client_order_id' in row

export const rowKey = (row: BookRow): string => (isOrder(row) ? row.client_order_id : row.symbol)

/** Entries that rest, and whatever rests here that is not ours. */
export const restingEntries = (orders: LiveReplica['orders']): Order[] =>
  [...orders.values()].filter(({ purpose, is_foreign: isForeign }) => purpose === 'ENTRY' || isForeign)

/** USDT at the mark; of a resting entry at its price. */
export const notionalOf = (row: BookRow): number =>
  isOrder(row) ? Number(row.quantity) * Number(row.price ?? 0) : Number(row.quantity) * row.mark_price

/** A close of the position is on its way. */
export const isClosing = (symbol: string, orders: LiveReplica['orders']): boolean =>
  [...orders.values()].some((order) => order.symbol === symbol && order.purpose === 'CLOSE')

export type Protection = 'held' | 'placing' | 'none'

/** `placing`: the stop was sent and not yet confirmed. */
export function protectionOf(position: Position, orders: LiveReplica['orders']): Protection {
  if (position.is_protected) return 'held'
  const isSent = [...orders.values()].some(
    ({ symbol, purpose, state }) =>
      symbol === position.symbol && purpose === 'STOP' && (state === 'SUBMITTED' || state === 'INTENT'),
  )
  return isSent ? 'placing' : 'none'
}

/** Where entry and mark stand between stop (0) and target (1), mirrored for shorts so that right is always good. */
export function trackOf({
  stop_price,
  take_profit_price,
  entry_price,
  mark_price,
}: Position): { readonly entry: number; readonly mark: number } | null {
  const [stop, target] = [Number(stop_price), Number(take_profit_price ?? Number.NaN)]
  const way = target - stop
  if (!Number.isFinite(way) || way === 0 || stop === 0) return null
  const share = (price: number): number => Math.max(0, Math.min(1, (price - stop) / way))
  return { entry: share(Number(entry_price)), mark: share(mark_price) }
}
