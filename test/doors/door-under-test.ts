/** What the conformance suite needs of a door: clients of the contract through it, and a few facts of the station behind. */
import { isDefinedError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'

import type { ErrorCode } from '../../src/contract/errors.ts'
import type { Contract } from '../../src/contract/index.ts'
import type { ProcedureCase } from './samples.ts'

export type Client = ContractRouterClient<Contract>

export interface OpenDoor {
  readonly control: Client
  /** a caller who may only look */
  readonly read: Client
  /** a symbol the station knows */
  readonly symbol: string
  close(): Promise<void>
}

export interface DoorUnderTest {
  readonly name: string
  /** a fresh station behind a fresh door */
  open(): Promise<OpenDoor>
}

export type AnyCall = (input?: unknown, options?: { signal: AbortSignal }) => Promise<unknown>

export function callOf(client: Client, { path: [area, procedure] }: Pick<ProcedureCase, 'path'>): AnyCall {
  return (client as unknown as Record<string, Record<string, AnyCall>>)[area]![procedure]!
}

export interface CaughtError {
  readonly code: ErrorCode
  readonly message: string
  readonly status: number
  readonly data: {
    readonly trace_id: string
    readonly fields?: readonly { readonly path: string; readonly message: string }[]
    readonly [name: string]: unknown
  }
}

/** The contract's error that the call ends in; anything else fails the test. */
export async function errorOf(call: Promise<unknown>): Promise<CaughtError> {
  let answer: unknown
  try {
    answer = await call
  } catch (problem) {
    if (problem instanceof Error && isDefinedError(problem)) return problem
    throw problem
  }
  throw new Error(`expected an error, was answered ${JSON.stringify(answer).slice(0, 200)}`)
}

export const pathsOf = (error: CaughtError): string[] => (error.data.fields ?? []).map((field) => field.path)
