/** What a route is: its weight, who may ask, and its answer. */
import type { Exchange } from '../exchange.ts'
import type { VenueRequest } from './request.ts'
import type { ApiKey } from './signing.ts'

export interface Asked {
  readonly exchange: Exchange
  readonly request: VenueRequest
  /** who asks, on routes that need a key */
  readonly holder: ApiKey | null
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly weight: number | ((request: VenueRequest) => number)
  readonly security: 'none' | 'key' | 'signed'
  /** new orders in it, for the order counts */
  readonly orders?: (request: VenueRequest) => number
  /** shares the pool of funding requests */
  readonly isFunding?: boolean
  /** a key that may not trade is refused */
  readonly trades?: boolean
  readonly answer: (asked: Asked) => unknown
}

/** A weight that depends on whether a symbol is named. */
export const bySymbol =
  (withSymbol: number, without: number) =>
  (request: VenueRequest): number =>
    request.has('symbol') ? withSymbol : without

/** A number too large for a float, written as it is. */
export function bigNumber(value: bigint): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(String(value))
}
