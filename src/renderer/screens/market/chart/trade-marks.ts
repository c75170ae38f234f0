/** Where we went in and out, as signs on the bars. Pure. */
import type { Position, Trade } from '../../../../contract/trading-shapes.ts'
import { openOf } from './bars.ts'

export interface TradeMark {
  readonly id: string
  /** beginning of the bar it stands on, epoch ms */
  readonly openMs: number
  readonly price: number
  readonly kind: 'entry-long' | 'entry-short' | 'exit'
  /** what the legend says of it */
  readonly text: string
}

export type Entered = Pick<Trade, 'side' | 'opened_at' | 'entry_price' | 'quantity' | 'strategy_id' | 'intent_id'>

/** What stays the same of an open position while its price moves. */
export function enteredOf(position: Position | undefined): Entered | null {
  if (position === undefined) return null
  const { side, opened_at, entry_price, quantity, strategy_id, intent_id } = position
  return { side, opened_at, entry_price, quantity, strategy_id, intent_id }
}

function entryMark(entered: Entered, stepMs: number): TradeMark {
  const isLong = entered.side === 'LONG'
  return {
    id: `in ${entered.intent_id} ${entered.opened_at}`,
    openMs: openOf(Date.parse(entered.opened_at), stepMs),
    price: Number(entered.entry_price),
    kind: isLong ? 'entry-long' : 'entry-short',
    text: `${isLong ? 'Long' : 'Short'} ${entered.quantity} at ${entered.entry_price}, ${entered.strategy_id}`,
  }
}

function exitMark(trade: Trade, stepMs: number): TradeMark {
  return {
    id: `out ${trade.id}`,
    openMs: openOf(Date.parse(trade.closed_at), stepMs),
    price: Number(trade.exit_price),
    kind: 'exit',
    text: `Out at ${trade.exit_price}, ${trade.exit_reason.toLowerCase().replaceAll('_', ' ')}`,
  }
}

/** In the order of time, as the chart wants them. */
export function marksOf(trades: readonly Trade[], open: Entered | null, stepMs: number): TradeMark[] {
  const marks = trades.flatMap((trade) => [entryMark(trade, stepMs), exitMark(trade, stepMs)])
  if (open !== null) marks.push(entryMark(open, stepMs))
  return marks.sort((a, b) => a.openMs - b.openMs)
}
