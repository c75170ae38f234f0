/** What the account's own stream tells. Forced orders leave fields empty: they are read defensively. */
import { z } from 'zod'

import { figure, money, moneyOrNone, text, yes } from './parts.ts'

export const OrderUpdate = z.object({
  e: z.literal('ORDER_TRADE_UPDATE'),
  T: figure,
  o: z.object({
    s: z.string(),
    c: z.string(),
    S: z.enum(['BUY', 'SELL']),
    /** execution: NEW, CANCELED, CALCULATED, EXPIRED, TRADE, AMENDMENT */
    x: z.string(),
    /** status */
    X: z.string(),
    i: text,
    q: moneyOrNone,
    /** last fill, all fills, last price */
    l: moneyOrNone,
    z: moneyOrNone,
    L: moneyOrNone,
    /** fee and its asset */
    n: moneyOrNone,
    N: z.string().nullable().optional(),
    T: figure,
    /** trade id; 0: none */
    t: text.nullable().optional(),
    m: yes.nullable().optional(),
    /** why it expired */
    er: text.nullable().optional(),
  }),
})
export type OrderUpdate = z.infer<typeof OrderUpdate>

export const AlgoUpdate = z.object({
  e: z.literal('ALGO_UPDATE'),
  T: figure,
  o: z.object({
    caid: z.string(),
    aid: text,
    s: z.string(),
    /** status */
    X: z.string(),
    /** filled by its child */
    aq: moneyOrNone,
    /** why it was refused at its trigger */
    rm: z.string().nullable().optional(),
  }),
})
export type AlgoUpdate = z.infer<typeof AlgoUpdate>

export const AccountUpdate = z.object({
  e: z.literal('ACCOUNT_UPDATE'),
  T: figure,
  a: z.object({
    m: z.string(),
    P: z
      .array(z.object({ s: z.string(), pa: money, ps: z.string() }))
      .optional()
      .default([]),
  }),
})
export type AccountUpdate = z.infer<typeof AccountUpdate>

export const TriggerReject = z.object({
  e: z.literal('CONDITIONAL_ORDER_TRIGGER_REJECT'),
  or: z.object({ s: z.string(), i: text, r: z.string() }),
})

export const ConfigUpdate = z.object({
  e: z.literal('ACCOUNT_CONFIG_UPDATE'),
  ac: z.object({ s: z.string(), l: figure }).optional(),
})
export type ConfigUpdate = z.infer<typeof ConfigUpdate>
