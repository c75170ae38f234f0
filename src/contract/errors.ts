/** Every way a call may fail: a closed set of codes with typed data. A door maps them, it invents none. */
import { z } from 'zod'

import { Denial } from './denial.ts'

/** One bad field and what was expected of it; the path is dotted, empty for the whole input. */
export const FieldFault = z.object({ path: z.string(), message: z.string() })
export type FieldFault = z.infer<typeof FieldFault>

/** Finds the call in the log. */
const traced = { trace_id: z.string() }

/** May happen to any call. */
export const COMMON_ERRORS = {
  INVALID_INPUT: {
    status: 400,
    message: 'the input is not valid',
    data: z.object({ ...traced, fields: z.array(FieldFault) }),
  },
  UNAUTHORISED: { status: 401, message: 'a valid token or a signed-in session is needed', data: z.object(traced) },
  FORBIDDEN_SCOPE: {
    status: 403,
    message: 'this needs a token of a wider scope',
    data: z.object({ ...traced, needed: z.enum(['read', 'control']) }),
  },
  FORBIDDEN_ORIGIN: {
    status: 403,
    message: 'the request comes from a place that is not allowed',
    data: z.object({ ...traced, header: z.enum(['host', 'origin']) }),
  },
  TOO_LARGE: {
    status: 413,
    message: 'the body is too large',
    data: z.object({ ...traced, limit_bytes: z.number().int() }),
  },
  RATE_LIMITED: {
    status: 429,
    message: 'too many requests',
    data: z.object({ ...traced, retry_after_ms: z.number() }),
  },
  INTERNAL: {
    status: 500,
    message: 'something broke inside; the trace id finds it in the log',
    data: z.object(traced),
  },
} as const

export const NOT_FOUND = {
  NOT_FOUND: { status: 404, message: 'there is no such thing', data: z.object({ ...traced, what: z.string() }) },
} as const

/** The risk guard's no, with its numbers. */
export const DENIED = {
  DENIED: { status: 409, message: 'denied', data: z.object({ ...traced, denial: Denial }) },
} as const

/** The state of the station forbids it now; nothing was changed. */
export const REFUSED = {
  REFUSED: { status: 409, message: 'refused', data: z.object({ ...traced, reason: z.string() }) },
} as const

/** A field that the write names has changed since the version it was based on. */
export const CONFLICT = {
  CONFLICT: {
    status: 412,
    message: 'the policy has changed meanwhile',
    data: z.object({ ...traced, fields: z.array(FieldFault), current_version: z.number().int() }),
  },
} as const

export const ERRORS = { ...COMMON_ERRORS, ...NOT_FOUND, ...DENIED, ...REFUSED, ...CONFLICT } as const
export type ErrorCode = keyof typeof ERRORS
