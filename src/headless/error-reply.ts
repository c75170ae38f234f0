/** How an error looks over HTTP (SPEC §15): `{"error":{"code","message","fields","trace_id"}}` and its headers. */
import type { ServerResponse } from 'node:http'

import { ERRORS } from '../contract/errors.ts'
import type { Fault } from '../station/answers/index.ts'

export interface ErrorBody {
  readonly error: Readonly<Record<string, unknown>> & { readonly code: string; readonly message: string }
}

/** The error's own data stands beside the four names, e.g. the denial of DENIED. */
export function errorBody(code: string, message: string, data: object): ErrorBody {
  return { error: { code, message, fields: [], ...data } }
}

export function sendFault(response: ServerResponse, fault: Fault, traceId: string): void {
  const retryAfterMs = fault.data['retry_after_ms']
  if (typeof retryAfterMs === 'number') response.setHeader('retry-after', Math.ceil(retryAfterMs / 1000))
  if (fault.code === 'UNAUTHORISED') response.setHeader('www-authenticate', 'Bearer')
  // what was not read of the body would be taken for the next request
  if (fault.code === 'TOO_LARGE') response.setHeader('connection', 'close')
  response.setHeader('content-type', 'application/json')
  response.statusCode = ERRORS[fault.code].status
  response.end(JSON.stringify(errorBody(fault.code, fault.message, { ...fault.data, trace_id: traceId })))
}
