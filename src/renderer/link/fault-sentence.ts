/** What to tell a person when a call failed: what was found, in words. */
import { ORPCError } from '@orpc/client'

import type { Denial } from '../../contract/denial.ts'
import type { FieldFault } from '../../contract/errors.ts'
import { LinkDown } from './client.ts'

interface FaultData {
  readonly trace_id?: string
  readonly fields?: readonly FieldFault[]
  readonly reason?: string
  readonly what?: string
  readonly denial?: Denial
  readonly current_version?: number
  readonly retry_after_ms?: number
}

const fieldText = ({ path, message }: FieldFault): string => (path === '' ? message : `${path}: ${message}`)

const SENTENCES: Readonly<Record<string, (data: FaultData) => string>> = {
  INVALID_INPUT: ({ fields }) => fields?.map(fieldText).join('; ') ?? 'the input is not valid',
  UNAUTHORISED: () => 'this page is signed out: open the sign-in link that the station printed',
  FORBIDDEN_SCOPE: () => 'this page may look, but not change anything',
  RATE_LIMITED: ({ retry_after_ms }) =>
    `too many requests, try again in ${Math.ceil((retry_after_ms ?? 1000) / 1000)} s`,
  INTERNAL: ({ trace_id }) => `something broke inside the station; its log has it under ${trace_id ?? 'an unknown id'}`,
  NOT_FOUND: ({ what }) => what ?? 'there is no such thing',
  DENIED: ({ denial }) => (denial === undefined ? 'denied' : denial.sentence),
  REFUSED: ({ reason }) => reason ?? 'refused',
  CONFLICT: ({ current_version, fields }) =>
    `the policy is at version ${current_version ?? '?'} by now${fields === undefined || fields.length === 0 ? '' : `, changed: ${fields.map(({ path }) => path).join(', ')}`}`,
}

export function faultSentence(problem: unknown): string {
  if (problem instanceof LinkDown) return 'the station is not connected; nothing was sent'
  if (problem instanceof ORPCError) {
    const { code, data, message } = problem as ORPCError<string, FaultData | null>
    return SENTENCES[code]?.(data ?? {}) ?? message
  }
  const name = problem instanceof Error ? problem.name : ''
  if (name === 'TimeoutError') return 'the station has not answered in time; whether it was done is not known'
  if (name === 'AbortError') return 'the connection broke; whether it was done is not known'
  return problem instanceof Error ? problem.message : String(problem)
}
