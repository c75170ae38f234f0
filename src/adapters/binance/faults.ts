/** A no of the exchange, or its silence, as one kind of fault. What nobody foresaw fails safe. */
import type { RejectionCode } from '../../core/ports/venue.ts'
import { type Consequence, FAULT_TABLE, type Meaning } from './fault-table.ts'

const means = (consequence: Consequence, rejection: RejectionCode = 'OTHER'): Meaning => ({ consequence, rejection })

const MEANINGS: ReadonlyMap<number, Meaning> = new Map(
  FAULT_TABLE.map(({ code, consequence, rejection }) => [code, means(consequence, rejection)]),
)

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
/** of a line that was never there */
const NEVER_LEFT = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/u

/** Fails safe: whatever may have reached the matching engine is `unknown` and asked about, never `denied`. */
function meaningOf(status: number, code: number | null, message: string): Meaning {
  if (status === TOO_MANY || status === BANNED) return means('retry')
  const known = code === null ? undefined : MEANINGS.get(code)
  if (known !== undefined) return known
  if (status === 0) return means(NEVER_LEFT.test(message) ? 'retry' : 'unknown')
  if (status >= SERVER_FAULT) return means(message.includes('Service Unavailable.') ? 'retry' : 'unknown')
  return means(status === NOT_FOUND_HERE ? 'alert' : 'unknown')
}

/** Whatever a request threw, as a fault. */
export function faultOf(problem: unknown): BinanceFault {
  if (problem instanceof BinanceFault) return problem
  const message = problem instanceof Error ? problem.message : String(problem)
  return new BinanceFault({ status: 0, code: null, message })
}
