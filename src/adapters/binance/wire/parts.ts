/** Small shapes of the exchange's answers: figures come as text or number, one huge id turns all of them into text. */
import { z } from 'zod'

import { exact } from '../../../core/model/decimal.ts'

/** an id or a name, kept as text */
export const text = z.union([z.string(), z.number(), z.bigint()]).transform(String)

/** a time, a count, a statistic */
export const figure = z.union([z.string(), z.number()]).transform(Number).refine(Number.isFinite, 'must be a number')

/** money, prices, quantities */
export const money = z
  .union([z.string(), z.number()])
  .refine((value) => value !== '' && Number.isFinite(Number(value)), 'must be a decimal')
  .transform((value) => exact(value))

/** money that forced orders leave out */
export const moneyOrNone = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((value) => (value === null || value === undefined || value === '' ? null : exact(value)))

export const yes = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')])
