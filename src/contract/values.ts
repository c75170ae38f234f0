/** The small shapes that everything asked and told is made of: text, money, instants, pages. JSON-safe, snake_case. */
import { z } from 'zod'

/** Money is exact decimal text, e.g. `"-12.50000000"`. */
export const Money = z.string().regex(/^-?\d+(\.\d+)?$/)

/** An instant, ISO-8601 in UTC. */
export const Instant = z.iso.datetime()

/** An instant as it may be asked for: ISO-8601 with any offset. */
export const InstantInput = z.iso.datetime({
  offset: true,
  error: 'must be an ISO-8601 time, like 2025-01-31T12:00:00Z',
})

export const SymbolName = z.string().regex(/^[^\sa-z.]{2,40}$/, 'must be a symbol in upper case, like BTCUSDT')

export const Id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w.:/-]+$/, 'must be an id')

export const PositionSide = z.enum(['LONG', 'SHORT'])

export const RiskModeName = z.enum(['DEFENSIVE', 'NORMAL', 'AGGRESSIVE'])

/** A mode as it is read: the predecessor's long name of AGGRESSIVE is understood, never told. */
export const RiskModeInput = z
  .enum(['DEFENSIVE', 'NORMAL', 'AGGRESSIVE', 'AGGRESSIVE_SMALL_ACCOUNT'])
  .transform((mode) => (mode === 'AGGRESSIVE_SMALL_ACCOUNT' ? 'AGGRESSIVE' : mode))

export const IntervalName = z.enum(['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d'])

/** Why something is done, for history and journal. */
export const Reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^\P{Cc}*$/u, 'must be text without control characters')

/** What a step or a check saw, or was held against. */
export const Figure = z.union([z.number(), z.string()]).nullable()

/** A number that may come as text, as query strings and paths carry it. */
export function numberFrom<Schema extends z.ZodType<number>>(schema: Schema): z.ZodPreprocess<Schema, number | string> {
  const read = (value: number | string): unknown =>
    typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
  return z.preprocess(read, schema)
}

/** A yes or no that may come as the text `true` or `false`. */
export function booleanFrom(): z.ZodPreprocess<z.ZodBoolean, boolean | string> {
  const read = (value: boolean | string): unknown => (value === 'true' ? true : value === 'false' ? false : value)
  return z.preprocess(read, z.boolean())
}

/** A positive decimal: text keeps every digit, a JSON number is taken at its shortest decimal form. */
export const PositiveDecimal = z.preprocess(
  (value: number | string): unknown => (typeof value === 'number' ? String(value) : value),
  z
    .string()
    .regex(/^\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,2})?$/i, 'must be a decimal number')
    .refine((text) => Number(text) > 0, 'must be greater than 0'),
)

/** A decimal other than zero. */
export const SignedDecimal = z.preprocess(
  (value: number | string): unknown => (typeof value === 'number' ? String(value) : value),
  z
    .string()
    .regex(/^-?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,2})?$/i, 'must be a decimal number')
    .refine((text) => Number(text) !== 0, 'must not be 0'),
)

/** One page of a list: `next` is the cursor of the following page, null on the last. */
export const pageOf = <Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{ items: z.ZodArray<Item>; next: z.ZodNullable<z.ZodString> }> =>
  z.object({ items: z.array(item), next: z.string().nullable() })

/** Filters that every list understands; times are inclusive. */
export const pageFilters = {
  limit: numberFrom(z.number().int().min(1).max(500)).default(50),
  cursor: z.string().min(1).max(200).optional(),
  symbol: SymbolName.optional(),
  strategy_id: Id.optional(),
  trace_id: Id.optional(),
  from: InstantInput.optional(),
  to: InstantInput.optional(),
}

export const PageQuery = z.strictObject(pageFilters)

/** Lets a rule over several fields speak even where single fields are bad, so that everything is told at once. */
export const evenIfFieldsAreBad = ({ value }: { readonly value: unknown }): boolean =>
  typeof value === 'object' && value !== null
