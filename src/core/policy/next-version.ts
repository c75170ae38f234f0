/** Makes the next version of a policy: merges an edit, finds what changed, and notes who gave each field its value. */
import { diffPolicies, type PolicyFieldChange } from './diff.ts'
import type { Holds } from './holds.ts'
import { frozen } from './merge.ts'
import { isNumberField, NUMBER_FIELDS } from './numbers.ts'
import type { PatchField } from './patch.ts'
import type { Actor, FieldSource, GlobalPolicy } from './policy.ts'

/** New values of fields, whole, already judged; `holds` replaces the holds it names. */
export interface PolicyEdit {
  readonly fields: Partial<Pick<GlobalPolicy, PatchField | 'pin' | 'emergency' | 'rules' | 'environmentMode'>>
  readonly holds?: Partial<Holds>
}

export interface VersionStamp {
  readonly actor: Actor
  readonly at: number
  readonly reason: string
}

/** The field that conflicts and limits ask about: rules by their whole path, everything else by its first name. */
export function sourceKey(path: string): string {
  if (path.startsWith('rules.')) return path
  return path.startsWith('holds.') ? path.slice('holds.'.length) : (path.split('.')[0] ?? path)
}

function withHold(source: FieldSource, hold: number | null): FieldSource {
  const { actor, version } = source
  return hold === null ? { actor, version } : { actor, version, hold }
}

function holdsApplied(policy: GlobalPolicy, holds: Partial<Holds>): Record<string, FieldSource> {
  const sources: Record<string, FieldSource> = { ...policy.sources }
  for (const field of NUMBER_FIELDS) {
    const hold = holds[field]
    const source = sources[field] ?? { actor: policy.updatedBy, version: policy.version }
    if (hold !== undefined) sources[field] = withHold(source, hold)
  }
  return sources
}

/** A new frozen snapshot of a frozen policy with version + 1, and the fields in which it differs. A value written again keeps its source. */
export function nextVersion(
  policy: GlobalPolicy,
  edit: PolicyEdit,
  stamp: VersionStamp,
): { readonly policy: GlobalPolicy; readonly changes: readonly PolicyFieldChange[] } {
  const version = policy.version + 1
  const sources = holdsApplied(policy, edit.holds ?? {})
  const head = { version, updatedAt: stamp.at, updatedBy: stamp.actor, reason: stamp.reason }
  const merged: GlobalPolicy = { ...policy, ...edit.fields, ...head, sources }
  const changes = diffPolicies(policy, merged)
  for (const { path } of changes) {
    const key = sourceKey(path)
    const hold = isNumberField(key) ? (sources[key]?.hold ?? null) : null
    sources[key] = withHold({ actor: stamp.actor, version }, hold)
  }
  // the rest of it is frozen since an earlier version
  frozen(edit.fields)
  frozen(sources)
  return { policy: Object.freeze(merged), changes: Object.freeze(changes) }
}
