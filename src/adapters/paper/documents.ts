/** The exchange's books as documents of the shelf, and back; what cannot be read names its document. */
import { z } from 'zod'

import { exact, type Exact } from '../../core/model/decimal.ts'
import type { ClientOrderId, FillId } from '../../core/model/ids.ts'
import type { Fill } from '../../core/model/order.ts'
import type { PaperDocument } from '../../core/ports/paper-shelf.ts'
import type { Income, VenueOrder } from '../../core/ports/venue.ts'

/** `closed` holds the orders that have ended, for `ask`. */
export type DocumentKind = 'account' | 'symbol' | 'order' | 'closed' | 'fill' | 'income'

const money = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .transform((text) => exact(text))
const clientOrderId = z.string().transform((text) => text as ClientOrderId)
const side = z.enum(['BUY', 'SELL'])

const account = z.object({
  wallet: money,
  orderCount: z.number().int(),
  fillCount: z.number().int(),
  incomeCount: z.number().int(),
})
export type AccountDocument = z.infer<typeof account>

const bar = z.object({
  openAt: z.number(),
  closeAt: z.number(),
  open: z.number(),
  high: z.number(),
  low: z.number(),
  close: z.number(),
  volume: z.number(),
})
const holding = z.object({ side: z.enum(['LONG', 'SHORT']), quantity: money, entryPrice: money, margin: money })
const symbol = z.object({
  leverage: z.number(),
  holding: holding.nullable(),
  last: z.number(),
  hasTraded: z.boolean(),
  bid: z.number(),
  ask: z.number(),
  /** null: the source tells no sizes */
  bidLeft: z.number().nullable(),
  askLeft: z.number().nullable(),
  mark: z.number(),
  markAt: z.number(),
  candleAt: z.number(),
  tickerAt: z.number(),
  fundingAt: z.number(),
  /** null: no candle has bounded it yet */
  volumeLeft: z.number().nullable(),
  entryBar: bar.nullable(),
})
export type SymbolDocument = z.infer<typeof symbol>

const request = z.object({
  clientOrderId,
  symbol: z.string(),
  side,
  type: z.enum(['LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET']),
  timeInForce: z.enum(['GTC', 'IOC', 'FOK', 'GTX']).nullable(),
  quantity: money,
  price: money.nullable(),
  triggerPrice: money.nullable(),
  activationPrice: money.nullable(),
  callback: z.number().nullable(),
  reduceOnly: z.boolean(),
  leverage: z.number().nullable(),
})
const order = z.object({
  request,
  venueOrderId: z.string(),
  acceptedAt: z.number(),
  updatedAt: z.number(),
  filled: money,
  filledValue: money,
  isTriggered: z.boolean(),
  best: z.number().nullable(),
})
export type OrderDocument = z.infer<typeof order>

const closed = z.object({
  clientOrderId,
  venueOrderId: z.string(),
  request,
  state: z.enum(['OPEN', 'PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'EXPIRED', 'REJECTED']),
  filledQuantity: money,
  averagePrice: money,
  updatedAt: z.number(),
})

const fill = z.object({
  id: z.string().transform((text) => text as FillId),
  clientOrderId,
  symbol: z.string(),
  side,
  price: money,
  quantity: money,
  fee: money,
  liquidity: z.enum(['MAKER', 'TAKER']),
  at: z.number(),
})

const income = z.object({
  id: z.string(),
  kind: z.enum(['FUNDING', 'DEPOSIT', 'WITHDRAWAL', 'LIQUIDATION_FEE', 'ADJUSTMENT']),
  symbol: z.string().nullable(),
  amount: money,
  at: z.number(),
})

/** Every decimal as plain digits, whatever its size. */
export function document(kind: DocumentKind, key: string, at: number, content: object): PaperDocument {
  return { kind, key, at, value: JSON.stringify(content, plainDigits) }
}

/** JSON hands the already shortened text of a decimal as `value`; the decimal itself is still in its holder. */
function plainDigits(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Record<string, unknown>)[key]
  return isDecimal(original) ? original.toFixed() : value
}

const isDecimal = (value: unknown): value is Exact => typeof value === 'object' && value !== null && 'toFixed' in value

function read<Schema extends z.ZodType>(schema: Schema, row: PaperDocument): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(row.value))
  } catch (error) {
    throw new Error(`paper books: document ${row.kind}/${row.key} cannot be read: ${String(error)}`, { cause: error })
  }
}

export const readAccount = (row: PaperDocument): AccountDocument => read(account, row)
export const readSymbol = (row: PaperDocument): SymbolDocument => read(symbol, row)
export const readOrder = (row: PaperDocument): OrderDocument => read(order, row)
export const readClosed = (row: PaperDocument): VenueOrder => read(closed, row)
export const readFill = (row: PaperDocument): Fill => read(fill, row)
export const readIncome = (row: PaperDocument): Income => read(income, row)
