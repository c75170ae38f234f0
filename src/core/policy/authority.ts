/** Who may write which field, and what pins and holds forbid to automatic writers (SPEC §1 table, §2 precedence). */
import { badField, type BadField } from './bad-fields.ts'
import { heldAt, isPerson } from './holds.ts'
import { isLooser, NUMBER_FIELDS } from './numbers.ts'
import type { PatchField, PolicyPatch } from './patch.ts'
import type { Actor, GlobalPolicy, Pin } from './policy.ts'
import { isLooserMode } from './risk-mode.ts'

type ActorKind = 'user' | 'api' | 'msc' | 'ranker' | 'clm' | 'governor' | 'rule' | 'env'

const kindOf = (actor: Actor): string => actor.split(':')[0] ?? actor

const WRITERS: Readonly<Record<PatchField, readonly ActorKind[]>> = {
  riskMode: ['user', 'api', 'msc', 'rule', 'env'],
  maxRiskPerTrade: ['msc', 'user', 'api'],
  maxPositions: ['msc', 'user', 'api'],
  maxDailyTrades: ['msc', 'user', 'api'],
  globalMinConfidence: ['msc', 'user', 'api'],
  allowedStrategies: ['msc', 'user', 'api'],
  blockedStrategies: ['user', 'api'],
  allowedSymbols: ['msc', 'user', 'api'],
  oppRankings: ['ranker'],
  modelVersions: ['clm'],
  evaluation: ['msc'],
}

type Barred =
  | { readonly outcome: 'invalid'; readonly fields: readonly BadField[] }
  | { readonly outcome: 'refused'; readonly reason: string }

function notTheirs(patch: PolicyPatch, actor: Actor): BadField[] {
  const named = Object.keys(patch) as PatchField[]
  return named
    .filter((field) => !(WRITERS[field] as readonly string[]).includes(kindOf(actor)))
    .map((field) => badField(field, `is written by ${WRITERS[field].join(', ')}, not by ${actor}`))
}

function pinForbids(policy: GlobalPolicy, patch: PolicyPatch, actor: Actor, pin: Pin | null): string | null {
  const mode = patch.riskMode
  if (pin === null || mode === undefined || mode === policy.riskMode) return null
  const mayTighten = actor === 'msc'
  if (mayTighten && isLooserMode(policy.riskMode, mode)) return null
  return `mode ${policy.riskMode} is pinned by ${pin.by}: ${actor} may not write ${mode}`
}

function holdsForbid(policy: GlobalPolicy, patch: PolicyPatch, actor: Actor): string[] {
  return NUMBER_FIELDS.flatMap((field) => {
    const [value, held] = [patch[field], heldAt(policy, field)]
    if (value === undefined || held === null || !isLooser(field, value, held)) return []
    return [`${field} is held at ${held}: ${actor} may not loosen it to ${value}`]
  })
}

/** Null when the actor may write all of it. */
export function authorityOver(
  policy: GlobalPolicy,
  patch: PolicyPatch,
  write: { readonly actor: Actor; readonly pin: Pin | null },
): Barred | null {
  const { actor, pin } = write
  const fields = notTheirs(patch, actor)
  if (fields.length > 0) return { outcome: 'invalid', fields }
  if (isPerson(actor) || actor === 'env') return null
  const pinned = pinForbids(policy, patch, actor, pin)
  const reasons = [...(pinned === null ? [] : [pinned]), ...holdsForbid(policy, patch, actor)]
  if (actor === 'msc' && patch.allowedSymbols === null && policy.allowedSymbols !== null)
    reasons.push('allowedSymbols is set to null by a person only')
  return reasons.length === 0 ? null : { outcome: 'refused', reason: reasons.join('; ') }
}
