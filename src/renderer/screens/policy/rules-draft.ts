/** A change of the rules while it is typed: texts by dotted path, read into the patch that the station judges. Pure. */
import type { FieldFault } from '../../../contract/errors.ts'
import type { PolicyRules } from '../../../contract/rules-shapes.ts'
import type { FieldWords } from './policy-fields.ts'
import { fieldText, readField, sentenceInUnit } from './units.ts'

/** Typed texts by path below `rules`, e.g. `profiles.NORMAL.max_leverage`; only fields that were touched. */
export type Draft = ReadonlyMap<string, string>

export function valueAt(rules: unknown, path: string): unknown {
  let value = rules
  for (const name of path.split('.')) value = (value as Readonly<Record<string, unknown>> | undefined)?.[name]
  return value
}

export interface ReadDraft {
  /** nested as the contract takes it; null: nothing differs from what is in force */
  readonly patch: Readonly<Record<string, unknown>> | null
  readonly changed: readonly string[]
  /** fields that cannot be read at all */
  readonly faults: ReadonlyMap<string, string>
}

type Nested = { [name: string]: unknown }

function put(patch: Nested, path: string, value: unknown): void {
  const names = path.split('.')
  const last = names.pop() ?? path
  let at = patch
  for (const name of names) at = (at[name] ??= {}) as Nested
  at[last] = value
}

export function readDraft(draft: Draft, rules: PolicyRules, wordsOf: (path: string) => FieldWords): ReadDraft {
  const patch: Nested = {}
  const changed: string[] = []
  const faults = new Map<string, string>()
  for (const [path, text] of draft) {
    const { label, unit, mayBeOff } = wordsOf(path)
    const read = readField(text, unit, mayBeOff)
    if (!read.ok) faults.set(path, `${label.toLowerCase()} ${read.message}`)
    else if (read.value !== valueAt(rules, path)) {
      put(patch, path, read.value)
      changed.push(path)
    }
  }
  return { patch: changed.length === 0 ? null : patch, changed, faults }
}

/** What the station found wrong, by the path of the field it belongs to; what belongs to none under the empty path. */
export function faultsByPath(
  fields: readonly FieldFault[],
  shown: ReadonlySet<string>,
  wordsOf: (path: string) => FieldWords,
): ReadonlyMap<string, string> {
  const faults = new Map<string, string>()
  for (const { path, message } of fields) {
    const below = path.replace(/^rules\./, '')
    const at = shown.has(below) ? below : ''
    const sentence = sentenceInUnit(message, wordsOf(below).unit)
    const before = faults.get(at)
    faults.set(at, before === undefined ? sentence : `${before}; ${sentence}`)
  }
  return faults
}

/** The text a field shows: as typed, else what is in force. */
export const textAt = (draft: Draft, rules: PolicyRules, path: string, words: FieldWords): string =>
  draft.get(path) ?? fieldText(valueAt(rules, path), words.unit)
