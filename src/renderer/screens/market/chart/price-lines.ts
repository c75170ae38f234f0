/** Levels drawn across the chart: entry, stop and target of what is open, and the orders that rest. Pure. */
import type { Order, Position } from '../../../../contract/trading-shapes.ts'

export interface PriceLevel {
  readonly id: string
  readonly price: number
  readonly title: string
  readonly kind: 'entry' | 'stop' | 'target' | 'order'
}

const sideWord = (side: 'BUY' | 'SELL'): string => (side === 'BUY' ? 'buy' : 'sell')

function ofPosition(position: Position): PriceLevel[] {
  const { side, entry_price, stop_price, take_profit_price, is_protected } = position
  const levels: PriceLevel[] = [
    { id: 'entry', price: Number(entry_price), title: side === 'LONG' ? 'Long' : 'Short', kind: 'entry' },
    { id: 'stop', price: Number(stop_price), title: is_protected ? 'Stop' : 'Stop, not held', kind: 'stop' },
  ]
  if (take_profit_price !== null)
    levels.push({ id: 'target', price: Number(take_profit_price), title: 'Target', kind: 'target' })
  return levels
}

/** Protection of the open position is drawn as its stop and target already. */
const rests = ({ purpose, price, state }: Order): boolean =>
  price !== null && (purpose === 'ENTRY' || purpose === 'CLOSE') && (state === 'OPEN' || state === 'PARTIALLY_FILLED')

export function levelsOf(position: Position | undefined, orders: readonly Order[]): PriceLevel[] {
  const resting = orders.filter(rests).map((order) => ({
    id: order.client_order_id,
    price: Number(order.price),
    title: `${order.purpose === 'ENTRY' ? 'Entry' : 'Close'}, ${sideWord(order.side)} ${order.quantity}`,
    kind: 'order' as const,
  }))
  return [...(position === undefined ? [] : ofPosition(position)), ...resting].filter(({ price }) => price > 0)
}
