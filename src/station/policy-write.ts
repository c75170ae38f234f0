/** How a write of the policy is asked for and answered. */
import type { BadField } from '../core/policy/bad-fields.ts'
import type { Actor, GlobalPolicy } from '../core/policy/policy.ts'
import type { FieldChange } from '../core/ports/policy-shelf.ts'

export interface PolicyWrite {
  readonly actor: Actor
  readonly reason?: string | undefined
  /** the version the writer looked at: a conflict only if a field it names has changed since */
  readonly expectedVersion?: number | undefined
  readonly traceId?: string | undefined
}

export interface Accepted {
  readonly outcome: 'accepted'
  readonly policy: GlobalPolicy
  readonly changes: readonly FieldChange[]
  /** what the writer should know, e.g. a value looser than the profile, which still holds */
  readonly notes: readonly string[]
}

export interface Invalid {
  readonly outcome: 'invalid'
  readonly fields: readonly BadField[]
}

export interface Conflict {
  readonly outcome: 'conflict'
  readonly fields: readonly string[]
  readonly currentVersion: number
}

export interface Refused {
  readonly outcome: 'refused'
  readonly reason: string
}

export type PolicyResult = Accepted | Invalid | Conflict | Refused
