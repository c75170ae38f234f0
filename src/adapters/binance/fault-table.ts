/** What each code of the exchange's no means for us. `docs/exchange-errors.md` is made of this table. */
import type { RejectionCode } from '../../core/ports/venue.ts'

/**
 * - `denied`: it was refused for good, nothing happened
 * - `retry`: nothing happened, later it may
 * - `unknown`: it may have happened: ask
 * - `resync`: our picture is wrong: read clock, rules or books anew
 * - `alert`: a person has to act; entries are off
 * - `done`: it is already as asked
 */
export type Consequence = 'denied' | 'retry' | 'unknown' | 'resync' | 'alert' | 'done'

export interface Meaning {
  readonly consequence: Consequence
  readonly rejection: RejectionCode
}

interface Row extends Meaning {
  readonly code: number
  /** what the exchange says with it, in our words */
  readonly says: string
}

const row = (code: number, says: string, consequence: Consequence, rejection: RejectionCode = 'OTHER'): Row => ({
  code,
  says,
  consequence,
  rejection,
})

export const FAULT_TABLE: readonly Row[] = [
  // the exchange itself
  row(-1000, 'something went wrong there', 'unknown'),
  row(-1001, 'internal error', 'unknown'),
  row(-1003, 'too many requests, or the address is banned for a while', 'retry'),
  row(-1006, 'an unexpected answer inside the exchange', 'unknown'),
  row(-1007, 'no answer in time inside the exchange', 'unknown'),
  row(-1008, 'overloaded: the request was not taken', 'retry'),
  row(-1014, 'this combination of order fields is not supported', 'denied'),
  row(-1015, 'too many new orders', 'retry'),
  row(-1016, 'the service is shutting down', 'retry'),
  row(-5000, 'there is no such path', 'alert'),
  // clock, key, permission
  row(-1021, 'the request is too old, or ahead of the exchange’s clock', 'resync'),
  row(-5028, 'the request was too old when it reached the matching engine', 'resync'),
  row(-1002, 'not authorised', 'alert'),
  row(-1022, 'the signature is not valid', 'alert'),
  row(-2014, 'the key has a wrong form', 'alert'),
  row(-2015, 'key, address or permission is not valid for this', 'alert'),
  row(-4061, 'the account is in hedge mode, the order is for one-way', 'alert'),
  row(-4400, 'trading rules of the account are violated: it may only reduce', 'alert'),
  // how it was asked
  row(-1100, 'illegal characters in a parameter', 'denied'),
  row(-1101, 'too many parameters', 'denied'),
  row(-1102, 'a parameter is missing or malformed', 'denied'),
  row(-1103, 'a parameter is not known', 'denied'),
  row(-1104, 'not all parameters were read', 'denied'),
  row(-1105, 'a parameter is empty', 'denied'),
  row(-1106, 'a parameter was sent that must not be', 'denied'),
  row(-1115, 'no such time in force', 'denied'),
  row(-1116, 'no such order type', 'denied'),
  row(-1117, 'no such side', 'denied'),
  row(-1120, 'no such interval', 'denied'),
  row(-1125, 'there is no such listen key', 'resync'),
  row(-1130, 'the value of a parameter is not valid', 'denied'),
  row(-2007, 'the callback rate of a trailing order is out of range', 'denied'),
  row(-4015, 'the client id is too long', 'denied'),
  row(-4021, 'no such depth of a book', 'denied'),
  row(-4120, 'conditional orders go to another endpoint', 'denied'),
  row(-4137, 'a closing order must not have a quantity', 'denied'),
  row(-4138, 'a closing order must reduce only', 'denied'),
  row(-4166, 'the window asked for is too far back', 'denied'),
  // the contract and its filters
  row(-1111, 'too many decimals', 'resync', 'FILTER'),
  row(-1121, 'there is no such symbol', 'resync', 'SYMBOL_CLOSED'),
  row(-1122, 'the symbol does not trade', 'resync', 'SYMBOL_CLOSED'),
  row(-4141, 'the symbol is closed', 'resync', 'SYMBOL_CLOSED'),
  row(-4001, 'the price is below 0', 'denied', 'FILTER'),
  row(-4002, 'the price is above the greatest', 'denied', 'FILTER'),
  row(-4003, 'the quantity is not above 0', 'denied', 'FILTER'),
  row(-4004, 'the quantity is below the least', 'resync', 'FILTER'),
  row(-4005, 'the quantity is above the greatest', 'resync', 'FILTER'),
  row(-4013, 'the price is below the least', 'denied', 'FILTER'),
  row(-4014, 'the price is not on a tick', 'resync', 'FILTER'),
  row(-4016, 'the price is above what is allowed now', 'denied', 'FILTER'),
  row(-4023, 'the quantity is not on a step', 'resync', 'FILTER'),
  row(-4024, 'the price is below what is allowed now', 'denied', 'FILTER'),
  row(-4131, 'the other side of the book is too far from the mark', 'denied', 'FILTER'),
  row(-4164, 'the order is smaller than the least notional', 'resync', 'FILTER'),
  row(-2025, 'as many orders are open as may be', 'denied', 'FILTER'),
  row(-4045, 'as many conditional orders are open as may be', 'denied', 'FILTER'),
  // margin, leverage, position
  row(-2018, 'the balance does not suffice', 'denied', 'INSUFFICIENT_MARGIN'),
  row(-2019, 'the margin does not suffice', 'denied', 'INSUFFICIENT_MARGIN'),
  row(-2024, 'the position does not suffice', 'denied', 'INSUFFICIENT_MARGIN'),
  row(-2027, 'the position would be too large for its leverage', 'denied', 'LEVERAGE'),
  row(-2028, 'the leverage is too small for the margin', 'denied', 'LEVERAGE'),
  row(-4028, 'there is no such leverage', 'denied', 'LEVERAGE'),
  row(-4161, 'leverage cannot be reduced while an isolated position is open', 'denied', 'LEVERAGE'),
  row(-2022, 'there is nothing to reduce', 'resync', 'REDUCE_ONLY'),
  row(-4118, 'position and open orders leave nothing to reduce', 'resync', 'REDUCE_ONLY'),
  row(-4046, 'the margin type is already so', 'done'),
  row(-4059, 'the position mode is already so', 'done'),
  row(-4171, 'the asset mode is already so', 'done'),
  row(-4047, 'the margin type cannot change while orders are open', 'denied'),
  row(-4048, 'the margin type cannot change while a position is open', 'denied'),
  row(-4067, 'the position mode cannot change while orders are open', 'denied'),
  row(-4068, 'the position mode cannot change while a position is open', 'denied'),
  // the order itself
  row(-2010, 'the order was refused', 'denied'),
  row(-2011, 'there is no such working order', 'resync', 'UNKNOWN_ORDER'),
  row(-2013, 'there is no such order', 'resync', 'UNKNOWN_ORDER'),
  row(-2020, 'it cannot be filled', 'denied'),
  row(-2021, 'it would trigger at once', 'denied', 'WOULD_TRIGGER'),
  row(-4116, 'the client id is in use', 'resync', 'DUPLICATE_CLIENT_ID'),
  row(-4130, 'a closing order in this direction is open already', 'resync', 'DUPLICATE_CLIENT_ID'),
  row(-5021, 'it could not be filled whole at once', 'denied'),
  row(-5022, 'it would have taken, and was to make only', 'denied', 'POST_ONLY'),
  row(-5027, 'it is already as it would be changed to', 'done'),
  row(-5047, 'the change does not fit its reduce-only', 'denied', 'REDUCE_ONLY'),
]
