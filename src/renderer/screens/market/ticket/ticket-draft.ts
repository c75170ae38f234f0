/** What is typed into the ticket, and the order it means. Prices may be typed as `2%` away. Pure. */
import type { StationClient } from '../../../link/client.ts'

/** As the contract takes it, without saying whether it is a try. */
export type ManualOrder = Omit<Parameters<StationClient['orders']['place']>[0], 'dry_run'>

export interface TicketDraft {
  readonly side: 'LONG' | 'SHORT'
  readonly unit: 'notional' | 'quantity'
  readonly kind: 'market' | 'limit'
  readonly size: string
  readonly limit: string
  readonly stop: string
  readonly target: string
  readonly leverage: string
}
export type TicketField = 'size' | 'limit' | 'stop' | 'target' | 'leverage'

export const EMPTY_DRAFT: TicketDraft = {
  side: 'LONG',
  unit: 'notional',
  kind: 'market',
  size: '',
  limit: '',
  stop: '',
  target: '',
  leverage: '',
}

export interface TicketMeaning {
  /** null: something is missing or not a number */
  readonly order: ManualOrder | null
  /** what to say beside a field; a field that is only empty is not there */
  readonly faults: Partial<Record<TicketField, string>>
  /** fields without which there is no order */
  readonly missing: readonly TicketField[]
}

/** Spaces between digits are fine; `12.5` → 12.5, anything else → NaN. */
export function readNumber(text: string): number {
  const plain = text.replace(/[\s\u202F\u00A0_]/g, '')
  return /^\d+(\.\d*)?$|^\.\d+$/.test(plain) ? Number(plain) : Number.NaN
}

/** A price, or `2%` away from `from` in the direction of `sign`, on the grid of the contract's decimals. */
export function readPrice(text: string, from: number, sign: 1 | -1, decimals: number | null): number {
  const share = /^(.*)%$/.exec(text.trim())?.[1]
  if (share === undefined) return readNumber(text)
  const price = from * (1 + (sign * readNumber(share)) / 100)
  return decimals === null ? price : Number(price.toFixed(decimals))
}

export interface TicketWorld {
  readonly symbol: string
  readonly last: number
  readonly decimals: number | null
}

export function meaningOf(draft: TicketDraft, { symbol, last, decimals }: TicketWorld): TicketMeaning {
  const faults: Partial<Record<TicketField, string>> = {}
  const missing: TicketField[] = []
  const take = (field: TicketField, value: number, isNeeded: boolean, expected: string): number | undefined => {
    if (draft[field].trim() === '') {
      if (isNeeded) missing.push(field)
      return undefined
    }
    if (value > 0 && Number.isFinite(value)) return value
    faults[field] = expected
    return undefined
  }
  const away = draft.side === 'LONG' ? -1 : 1
  const isLimit = draft.kind === 'limit'
  const size = take('size', readNumber(draft.size), true, 'must be a number above 0')
  const limit = isLimit
    ? take('limit', readPrice(draft.limit, last, away, decimals), true, 'must be a price or 1%')
    : undefined
  const from = limit ?? last
  const stop = take('stop', readPrice(draft.stop, from, away, decimals), true, 'must be a price or 2%')
  const target = take(
    'target',
    readPrice(draft.target, from, away === 1 ? -1 : 1, decimals),
    false,
    'must be a price or 4%',
  )
  const leverage = take('leverage', readNumber(draft.leverage), false, 'must be a whole number, 1 to 125')
  if (leverage !== undefined && (!Number.isInteger(leverage) || leverage > 125))
    faults.leverage = 'must be a whole number, 1 to 125'
  if (size === undefined || stop === undefined || missing.length > 0 || Object.keys(faults).length > 0)
    return { order: null, faults, missing }
  const order: ManualOrder = {
    symbol,
    side: draft.side,
    stop_price: stop,
    ...(draft.unit === 'notional'
      ? { notional_usd: size }
      : { quantity: draft.size.replace(/[\s\u202F\u00A0_]/g, '') }),
    ...(limit !== undefined && { limit_price: limit }),
    ...(target !== undefined && { take_profit_price: target }),
    ...(leverage !== undefined && { leverage }),
  }
  return { order, faults, missing }
}
