/** The meaning of a change of the rules: merged key by key, lists whole, judged as one document (SPEC §1, §2). */
import { badFieldsOf, unknownField, badField, type BadField } from './bad-fields.ts'
import { isPlain, mergedOver, type Plain } from './merge.ts'
import type { GlobalPolicy, PolicyRules } from './policy.ts'
import { rulesSchema } from './rules-schema.ts'

type DeepPartial<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { readonly [Key in keyof Value]?: DeepPartial<Value[Key]> }
    : Value

/** Any part of the rules, e.g. `{ guard: { maxHeat: 0.05 } }`; null switches off a guard limit that may be off. */
export type RulesPatch = DeepPartial<PolicyRules>

export type RulesOutcome =
  | { readonly outcome: 'changed'; readonly rules: PolicyRules; readonly named: readonly string[] }
  | { readonly outcome: 'invalid'; readonly fields: readonly BadField[] }

/** Walks the patch beside the rules: names the leaves it writes and the keys that do not exist. */
function walk(path: string, rules: Plain, patch: Plain, named: string[], bad: BadField[]): void {
  for (const [key, value] of Object.entries(patch)) {
    const at = `${path}.${key}`
    if (!Object.hasOwn(rules, key)) {
      bad.push(unknownField(path, key, Object.keys(rules)))
      continue
    }
    const current = rules[key]
    if (!isPlain(current) || value === undefined) {
      if (value !== undefined) named.push(at)
    } else if (isPlain(value)) walk(at, current, value, named, bad)
    else bad.push(badField(at, 'must be an object'))
  }
}

/** Judges a change of the rules; nothing is written, every bad field is named. */
export function changeRules(policy: GlobalPolicy, wanted: unknown): RulesOutcome {
  if (!isPlain(wanted)) return { outcome: 'invalid', fields: [badField('rules', 'must be an object')] }
  const named: string[] = []
  const bad: BadField[] = []
  walk('rules', policy.rules as unknown as Plain, wanted, named, bad)
  if (bad.length === 0 && named.length === 0)
    return { outcome: 'invalid', fields: [badField('rules', 'names no field')] }
  const parsed = rulesSchema.safeParse(mergedOver(policy.rules, wanted))
  const found = parsed.success ? [] : badFieldsOf(parsed.error, 'rules', [])
  const walked = new Set(bad.map((field) => field.path))
  const fields = [...bad, ...found.filter((field) => !walked.has(field.path))]
  if (!parsed.success || fields.length > 0) return { outcome: 'invalid', fields }
  return { outcome: 'changed', rules: parsed.data, named }
}
