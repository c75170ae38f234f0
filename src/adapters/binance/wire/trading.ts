/** Signed answers: orders, conditional orders, positions, account, fills, income. */
import { z } from 'zod'

import { figure, money, moneyOrNone, text, yes } from './parts.ts'

/** An order as POST, GET and the lists tell it; acknowledgements leave some fields out. */
export const OrderRow = z.object({
  orderId: text,
  clientOrderId: z.string(),
  symbol: z.string(),
  status: z.string(),
  side: z.enum(['BUY', 'SELL']),
  type: z.string(),
  origType: z.string().optional(),
  timeInForce: z.string(),
  origQty: money,
  executedQty: money,
  price: money,
  avgPrice: moneyOrNone,
  reduceOnly: yes,
  updateTime: figure,
})
export type OrderRow = z.infer<typeof OrderRow>

export const AlgoRow = z.object({
  algoId: text,
  clientAlgoId: z.string(),
  symbol: z.string(),
  algoStatus: z.string(),
  orderType: z.string(),
  side: z.enum(['BUY', 'SELL']),
  quantity: moneyOrNone,
  triggerPrice: moneyOrNone,
  activatePrice: moneyOrNone,
  callbackRate: moneyOrNone,
  reduceOnly: yes,
  actualOrderId: text.nullable().optional(),
  updateTime: figure,
})
export type AlgoRow = z.infer<typeof AlgoRow>

export const PositionRow = z.object({
  symbol: z.string(),
  positionSide: z.string(),
  positionAmt: money,
  entryPrice: money,
  markPrice: money,
  liquidationPrice: money,
  isolatedWallet: money,
  maintMargin: money,
  updateTime: figure,
})
export type PositionRow = z.infer<typeof PositionRow>

export const SymbolConfigRow = z.object({ symbol: z.string(), marginType: z.string(), leverage: figure })

export const AccountAnswer = z.object({
  assets: z.array(z.object({ asset: z.string(), walletBalance: money, availableBalance: money })),
})

export const AccountConfig = z.object({ canTrade: yes, dualSidePosition: yes, multiAssetsMargin: yes })

export const UserTradeRow = z.object({
  id: text,
  orderId: text,
  symbol: z.string(),
  side: z.enum(['BUY', 'SELL']),
  price: money,
  qty: money,
  commission: money,
  commissionAsset: z.string(),
  maker: yes,
  time: figure,
})
export type UserTradeRow = z.infer<typeof UserTradeRow>

export const IncomeRow = z.object({
  symbol: z.string(),
  incomeType: z.string(),
  income: money,
  asset: z.string(),
  time: figure,
  tranId: text,
})
export type IncomeRow = z.infer<typeof IncomeRow>

export const ListenKey = z.object({ listenKey: z.string().min(1) })
