/** What differs between two policies, field by field (SPEC §1.5). */
import { isEqual, isPlain, type Plain } from './merge.ts'
import { NUMBER_FIELDS } from './numbers.ts'
import { PATCH_FIELDS } from './patch.ts'
import type { GlobalPolicy } from './policy.ts'

/** One changed field; the same shape as the shelf keeps. */
export interface PolicyFieldChange {
  readonly path: string
  readonly from: unknown
  readonly to: unknown
}

const WHOLE_FIELDS = PATCH_FIELDS.filter((field) => field !== 'modelVersions')
const NO_VALUE = null

/** Leaves of two documents that differ; objects are entered, lists compared whole, a missing leaf is null. */
function leaves(path: string, from: Plain, to: Plain, found: PolicyFieldChange[]): void {
  if (from === to) return
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [before, after] = [from[key] ?? NO_VALUE, to[key] ?? NO_VALUE]
    if (before === after) continue
    const at = `${path}.${key}`
    if (isPlain(before) && isPlain(after)) leaves(at, before, after, found)
    else if (!isEqual(before, after)) found.push({ path: at, from: before, to: after })
  }
}

/**
 * Changed fields in the order of the policy's own fields. Paths: `riskMode`, `modelVersions.<model>`, `pin`, `emergency`,
 * `environmentMode`, `rules.guard.maxHeat`, and `holds.<number>` for the value at which a person holds a number.
 */
export function diffPolicies(from: GlobalPolicy, to: GlobalPolicy): readonly PolicyFieldChange[] {
  const found: PolicyFieldChange[] = []
  const compare = (path: string, before: unknown, after: unknown): void => {
    if (!isEqual(before, after)) found.push({ path, from: before, to: after })
  }
  for (const field of WHOLE_FIELDS) compare(field, from[field], to[field])
  for (const field of NUMBER_FIELDS)
    compare(`holds.${field}`, from.sources[field]?.hold ?? NO_VALUE, to.sources[field]?.hold ?? NO_VALUE)
  leaves('modelVersions', from.modelVersions, to.modelVersions, found)
  compare('pin', from.pin, to.pin)
  compare('emergency', from.emergency, to.emergency)
  compare('environmentMode', from.environmentMode ?? NO_VALUE, to.environmentMode ?? NO_VALUE)
  leaves('rules', from.rules as unknown as Plain, to.rules as unknown as Plain, found)
  return found
}
