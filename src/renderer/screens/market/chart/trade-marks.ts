/** Where we went in and out, as signs on the bars. Pure. */
import type { Position, Trade } from '../../../../contract/trading-shapes.ts'
import { formatNumber } from '../../../widgets/format-number.ts'
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

/** How long a bar is, and how many decimals a price has: averages of fills have many. */
export interface MarkScale {
  readonly stepMs: number
  readonly decimals: number
}

function entryMark(entered: Entered, { stepMs, decimals }: MarkScale): TradeMark {
  const isLong = entered.side === 'LONG'
  return {
    id: `in ${entered.intent_id} ${entered.opened_at}`,
    openMs: openOf(Date.parse(entered.opened_at), stepMs),
    price: Number(entered.entry_price),
    kind: isLong ? 'entry-long' : 'entry-short',
    text: `${isLong ? 'Long' : 'Short'} ${entered.quantity} at ${formatNumber(Number(entered.entry_price), { decimals })}, ${entered.strategy_id}`,
  }
}

function exitMark(trade: Trade, { stepMs, decimals }: MarkScale): TradeMark {
  return {
    id: `out ${trade.id}`,
    openMs: openOf(Date.parse(trade.closed_at), stepMs),
    price: Number(trade.exit_price),
    kind: 'exit',
    text: `Out at ${formatNumber(Number(trade.exit_price), { decimals })}, ${trade.exit_reason.toLowerCase().replaceAll('_', ' ')}`,
  }
}

/** In the order of time, as the chart wants them. */
export function marksOf(trades: readonly Trade[], open: Entered | null, scale: MarkScale): TradeMark[] {
  const marks = trades.flatMap((trade) => [entryMark(trade, scale), exitMark(trade, scale)])
  if (open !== null) marks.push(entryMark(open, scale))
  return marks.sort((a, b) => a.openMs - b.openMs)
}
