import { authorityOver } from './authority.ts'
/** The meaning of a patch: judged whole, then merged; writing a mode writes its targets too (SPEC §1). */
import { badFieldsOf, badField, type BadField } from './bad-fields.ts'
import { activePin, heldAt, isPerson, type Holds } from './holds.ts'
import type { PolicyEdit } from './next-version.ts'
import { NUMBER_FIELDS, profileLimit, isLooser, targetsOf, tighterOf, type NumberField } from './numbers.ts'
import { PATCH_FIELDS, patchSchema, type PatchField, type PolicyPatch } from './patch.ts'
import type { Actor, GlobalPolicy } from './policy.ts'

export type ChangeOutcome =
  | {
      readonly outcome: 'changed'
      readonly edit: PolicyEdit
      /** fields the patch itself names, for conflicts */
      readonly named: readonly PatchField[]
      readonly notes: readonly string[]
    }
  | { readonly outcome: 'invalid'; readonly fields: readonly BadField[] }
  | { readonly outcome: 'refused'; readonly reason: string }

interface Write {
  readonly actor: Actor
  readonly now: number
}

type Numbers = Partial<Record<NumberField, number>>

/** The four numbers this patch writes: those it names, and the mode's targets for the others when it names a mode. */
function numbersWritten(policy: GlobalPolicy, patch: PolicyPatch, actor: Actor): Numbers {
  const targets = patch.riskMode === undefined ? null : targetsOf(patch.riskMode, policy.rules)
  const written: Numbers = {}
  for (const field of NUMBER_FIELDS) {
    const held = isPerson(actor) || actor === 'env' ? null : heldAt(policy, field)
    const target = targets?.[field]
    const value = patch[field] ?? (target === undefined || held === null ? target : tighterOf(field, target, held))
    if (value !== undefined) written[field] = value
  }
  return written
}

/** A person who names a number holds it; a person (or the environment) who names only a mode lets the others go. */
function holdsWritten(patch: PolicyPatch, actor: Actor): Partial<Holds> {
  const holds: { -readonly [Field in NumberField]?: number | null } = {}
  if (!isPerson(actor) && actor !== 'env') return holds
  for (const field of NUMBER_FIELDS) {
    const named = patch[field]
    if (named !== undefined && isPerson(actor)) holds[field] = named
    else if (patch.riskMode !== undefined) holds[field] = null
  }
  return holds
}

function modelVersionsMerged(
  current: GlobalPolicy['modelVersions'],
  patch: NonNullable<PolicyPatch['modelVersions']>,
): Record<string, string> {
  const kept = Object.entries(current).filter(([model]) => !Object.hasOwn(patch, model))
  const set = Object.entries(patch).filter((entry): entry is [string, string] => entry[1] !== null)
  return Object.fromEntries([...kept, ...set])
}

/** What a person should know of a value that is stored but not in force. */
function looserNotes(policy: GlobalPolicy, patch: PolicyPatch): string[] {
  const mode = patch.riskMode ?? policy.riskMode
  return NUMBER_FIELDS.flatMap((field) => {
    const value = patch[field]
    const limit = profileLimit(field, policy.rules.profiles[mode])
    if (value === undefined || limit === null || !isLooser(field, value, limit)) return []
    return [`${field} ${value} is stored, but the ${mode} profile's ${limit} holds until the profile is edited`]
  })
}

const defined = (patch: PolicyPatch): PolicyPatch =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))

/** Judges a patch by one actor against the policy in force. Nothing is written; every bad field is named. */
export function changePolicy(policy: GlobalPolicy, wanted: unknown, write: Write): ChangeOutcome {
  const parsed = patchSchema.safeParse(wanted)
  if (!parsed.success) return { outcome: 'invalid', fields: badFieldsOf(parsed.error, '', PATCH_FIELDS) }
  const patch = defined(parsed.data)
  const named = Object.keys(patch) as PatchField[]
  if (named.length === 0) return { outcome: 'invalid', fields: [badField('', 'names no field')] }
  const authority = authorityOver(policy, patch, { actor: write.actor, pin: activePin(policy, write.now) })
  if (authority !== null) return authority

  const { modelVersions, ...plain } = patch
  const fields: PolicyEdit['fields'] = {
    ...(plain as PolicyEdit['fields']),
    ...numbersWritten(policy, patch, write.actor),
    ...(modelVersions === undefined ? {} : { modelVersions: modelVersionsMerged(policy.modelVersions, modelVersions) }),
  }
  const edit: PolicyEdit = { fields, holds: holdsWritten(patch, write.actor) }
  return { outcome: 'changed', edit, named, notes: looserNotes(policy, patch) }
}
