/** What a no of the exchange means for us: one table by code. Unknown codes fail safe. */
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

interface Meaning {
  readonly consequence: Consequence
  readonly rejection: RejectionCode
}

const means = (consequence: Consequence, rejection: RejectionCode = 'OTHER'): Meaning => ({ consequence, rejection })

/** By the exchange's code; its messages are not relied on. */
export const MEANINGS: ReadonlyMap<number, Meaning> = new Map([
  // the exchange itself
  [-1000, means('unknown')],
  [-1001, means('unknown')],
  [-1003, means('retry')],
  [-1006, means('unknown')],
  [-1007, means('unknown')],
  [-1008, means('retry')],
  [-1014, means('denied')],
  [-1015, means('retry')],
  [-1016, means('retry')],
  // clock, key, permission
  [-1021, means('resync')],
  [-5028, means('resync')],
  [-1022, means('alert')],
  [-2014, means('alert')],
  [-2015, means('alert')],
  [-4400, means('alert')],
  // how it was asked
  [-1100, means('denied')],
  [-1101, means('denied')],
  [-1102, means('denied')],
  [-1103, means('denied')],
  [-1104, means('denied')],
  [-1105, means('denied')],
  [-1106, means('denied')],
  [-1115, means('denied')],
  [-1116, means('denied')],
  [-1117, means('denied')],
  [-1130, means('denied')],
  [-4015, means('denied')],
  [-4021, means('denied')],
  [-4120, means('denied')],
  [-4137, means('denied')],
  [-1125, means('resync')],
  // the contract and its filters
  [-1111, means('denied', 'FILTER')],
  [-1121, means('resync', 'SYMBOL_CLOSED')],
  [-1122, means('resync', 'SYMBOL_CLOSED')],
  [-4141, means('resync', 'SYMBOL_CLOSED')],
  [-4001, means('denied', 'FILTER')],
  [-4002, means('denied', 'FILTER')],
  [-4003, means('denied', 'FILTER')],
  [-4004, means('denied', 'FILTER')],
  [-4005, means('denied', 'FILTER')],
  [-4013, means('denied', 'FILTER')],
  [-4014, means('resync', 'FILTER')],
  [-4016, means('denied', 'FILTER')],
  [-4023, means('resync', 'FILTER')],
  [-4024, means('denied', 'FILTER')],
  [-4131, means('denied', 'FILTER')],
  [-4164, means('denied', 'FILTER')],
  [-2025, means('denied', 'FILTER')],
  // margin, leverage, position
  [-2018, means('denied', 'INSUFFICIENT_MARGIN')],
  [-2019, means('denied', 'INSUFFICIENT_MARGIN')],
  [-2024, means('denied', 'INSUFFICIENT_MARGIN')],
  [-2027, means('denied', 'LEVERAGE')],
  [-2028, means('denied', 'LEVERAGE')],
  [-4028, means('denied', 'LEVERAGE')],
  [-4161, means('denied', 'LEVERAGE')],
  [-2022, means('resync', 'REDUCE_ONLY')],
  [-4118, means('resync', 'REDUCE_ONLY')],
  [-4046, means('done')],
  [-4059, means('done')],
  [-4047, means('denied')],
  [-4048, means('denied')],
  [-4061, means('alert')],
  [-4067, means('denied')],
  [-4068, means('denied')],
  // the order itself
  [-2010, means('denied')],
  [-2011, means('resync', 'UNKNOWN_ORDER')],
  [-2013, means('resync', 'UNKNOWN_ORDER')],
  [-2020, means('denied')],
  [-2021, means('denied', 'WOULD_TRIGGER')],
  [-4116, means('resync', 'DUPLICATE_CLIENT_ID')],
  [-4130, means('resync', 'DUPLICATE_CLIENT_ID')],
  [-5021, means('denied')],
  [-5022, means('denied', 'POST_ONLY')],
  [-5047, means('denied', 'REDUCE_ONLY')],
])

interface FaultFields {
  readonly status: number
  readonly code: number | null
  readonly message: string
  readonly retryAfterMs?: number | null
  readonly isOurs?: boolean
}

/** A no of the exchange, or silence. `status` 0: no answer came. */
export class BinanceFault extends Error {
  readonly status: number
  readonly code: number | null
  /** ms to wait as the exchange said; null: it said nothing */
  readonly retryAfterMs: number | null
  /** it never left this machine */
  readonly isOurs: boolean
  readonly meaning: Meaning

  constructor(fault: FaultFields) {
    super(withoutQueries(fault.message))
    this.name = 'BinanceFault'
    this.status = fault.status
    this.code = fault.code
    this.retryAfterMs = fault.retryAfterMs ?? null
    this.isOurs = fault.isOurs ?? false
    this.meaning = meaningOf(fault.status, fault.code, fault.message)
  }
}

/** Addresses carry signatures and listen keys behind their question mark: these are for nobody's eyes. */
export const withoutQueries = (message: string): string => message.replaceAll(/(\w+:\/\/[^\s?]+)\?\S*/gu, '$1')

const TOO_MANY = 429
const BANNED = 418
const NOT_FOUND_HERE = 404
const SERVER_FAULT = 500

/** Fails safe: whatever may have reached the matching engine is `unknown`, never `denied`. */
function meaningOf(status: number, code: number | null, message: string): Meaning {
  if (status === TOO_MANY || status === BANNED) return means('retry')
  const known = code === null ? undefined : MEANINGS.get(code)
  if (known !== undefined) return known
  if (status === 0) return means(/ECONNREFUSED|ENOTFOUND|EAI_AGAIN/u.test(message) ? 'retry' : 'unknown')
  if (status >= SERVER_FAULT) return means(message.includes('Service Unavailable.') ? 'retry' : 'unknown')
  if (status === NOT_FOUND_HERE) return means('alert')
  return code === null ? means('unknown') : means('denied')
}

/** Whatever a request threw, as a fault. */
export function faultOf(problem: unknown): BinanceFault {
  if (problem instanceof BinanceFault) return problem
  const message = problem instanceof Error ? problem.message : String(problem)
  return new BinanceFault({ status: 0, code: null, message })
}
