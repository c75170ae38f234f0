/** How a policy write is asked of the store, and how the store's answer is told. */
import type { ChangeAnswer, PolicyAnswer } from '../../contract/policy-shapes.ts'
import type { StationFacade } from '../facade.ts'
import type { PolicyPatch, PolicyResult, PolicyWrite } from '../policy-store.ts'
import type { Caller } from './call.ts'
import { conflict, invalid, refused } from './faults.ts'
import { changeWire, effectiveWire, policyWire, snakePath } from './policy-wire.ts'
import { camelName, iso } from './wire-values.ts'

export interface AskedWrite {
  readonly reason?: string | undefined
  readonly expected_version?: number | undefined
}

export const writeOf = (
  asked: AskedWrite,
  { actor, traceId, expectedVersion }: Caller & { readonly traceId: string },
): PolicyWrite => ({
  actor,
  traceId,
  reason: asked.reason,
  expectedVersion: asked.expected_version ?? expectedVersion,
})

/** Fields of a patch in the store's names; what only concerns the write is left out. */
export function patchOf(asked: AskedWrite & Readonly<Record<string, unknown>>): PolicyPatch {
  const { reason: _reason, expected_version: _version, ...fields } = asked
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [camelName(field), value]))
}

interface BadField {
  readonly path: string
  readonly message: string
}

export const badInput = (fields: readonly BadField[]): Error =>
  invalid(fields.map(({ path, message }) => ({ path: snakePath(path), message })))

export const timestamp = (facade: StationFacade): string => iso(facade.status().now)

export function policyAnswer(facade: StationFacade): PolicyAnswer {
  const effective = effectiveWire(facade.effective())
  return { policy: { ...policyWire(facade.policy.current), effective }, timestamp: timestamp(facade) }
}

/** The policy after an accepted write; throws what the contract calls every other outcome. */
export function written(facade: StationFacade, result: PolicyResult): ChangeAnswer {
  if (result.outcome === 'invalid') throw badInput(result.fields)
  if (result.outcome === 'refused') throw refused(result.reason)
  if (result.outcome === 'conflict') {
    const message = `has changed since; the policy is now at version ${result.currentVersion}`
    const fields = result.fields.map((field) => ({ path: snakePath(field), message }))
    throw conflict(fields, result.currentVersion)
  }
  return { ...policyAnswer(facade), changes: result.changes.map(changeWire), notes: [...result.notes] }
}
