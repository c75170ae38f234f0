/** The frame round every call: a trace id, the scope it needs, and errors only as the contract names them. */
import { implement, ORPCError, ValidationError } from '@orpc/server'

import { ERRORS } from '../../contract/errors.ts'
import { contract } from '../../contract/index.ts'
import type { Scope } from '../../contract/procedure.ts'
import type { TraceId } from '../../core/model/ids.ts'
import type { Actor } from '../../core/policy/policy.ts'
import type { Log } from '../../core/ports/log.ts'
import { BadCursor } from '../../core/ports/records.ts'
import { Fault, invalid } from './faults.ts'
import { fieldFaultsOf } from './field-faults.ts'

/** What a door says of the caller. */
export interface Caller {
  readonly actor: Actor
  readonly scope: Scope
  readonly log: Log
  /** a fresh one for each call */
  readonly newTraceId: () => TraceId
  /** the version that If-Match named; an `expected_version` of the input wins */
  readonly expectedVersion?: number | undefined
  /** asked before each call: ms to wait before the next one is let in, 0 when this one is */
  readonly admit?: () => number
  /** told the policy's version by answers that carry it */
  readonly onVersion?: (version: number) => void
}

const SCOPES: readonly Scope[] = ['open', 'read', 'control']

/** Throws when the caller's scope does not reach what the procedure needs. */
function requireScope(needed: Scope, has: Scope): void {
  if (SCOPES.indexOf(has) >= SCOPES.indexOf(needed)) return
  throw new Fault('FORBIDDEN_SCOPE', `this needs ${needed} scope, the token has ${has}`, { needed })
}

function requireRoom(waitMs: number): void {
  if (waitMs > 0) throw new Fault('RATE_LIMITED', ERRORS.RATE_LIMITED.message, { retry_after_ms: waitMs })
}

function faultOf(problem: unknown): Fault | null {
  if (problem instanceof Fault) return problem
  if (problem instanceof BadCursor) return invalid([{ path: 'cursor', message: problem.message }])
  if (!(problem instanceof ORPCError) || problem.code !== 'BAD_REQUEST') return null
  if (!(problem.cause instanceof ValidationError)) return null
  const fields = fieldFaultsOf(problem.cause.issues, problem.cause.data)
  return new Fault('INVALID_INPUT', ERRORS.INVALID_INPUT.message, { fields })
}

interface Call {
  readonly traceId: TraceId
  readonly path: string
  readonly log: Log
  /** codes that the procedure declares */
  readonly declared: Readonly<Record<string, unknown>>
}

/** Any failure as an error of the contract; what it has no name for is logged and leaves as INTERNAL. */
function contractError(problem: unknown, call: Call): ORPCError<string, unknown> {
  const fault = faultOf(problem)
  if (fault && fault.code in call.declared) {
    const { status } = ERRORS[fault.code]
    const data = { ...fault.data, trace_id: call.traceId }
    return new ORPCError(fault.code, { defined: true, status, message: fault.message, data })
  }
  const cause = problem instanceof Error ? problem : new Error(String(problem))
  const issues = cause.cause instanceof ValidationError ? cause.cause.issues.slice(0, 5) : undefined
  call.log.error('call_failed', {
    trace_id: call.traceId,
    call: call.path,
    error: cause.message,
    stack: cause.stack,
    issues,
  })
  const { status, message } = ERRORS.INTERNAL
  return new ORPCError('INTERNAL', { defined: true, status, message, data: { trace_id: call.traceId } })
}

/** The contract, ready to be answered. */
export const answering = implement(contract)
  .$context<Caller>()
  .use(async ({ context, procedure, path, next, signal }) => {
    const traceId = context.newTraceId()
    try {
      requireRoom(context.admit?.() ?? 0)
      const { scope = 'read', versioned = false } = procedure['~orpc'].meta
      requireScope(scope, context.scope)
      const result = await next({ context: { traceId } })
      if (versioned) context.onVersion?.((result.output as { policy: { version: number } }).policy.version)
      return result
    } catch (problem) {
      if (signal?.aborted) throw problem
      const declared = procedure['~orpc'].errorMap
      throw contractError(problem, { traceId, path: path.join('.'), log: context.log, declared })
    }
  })
