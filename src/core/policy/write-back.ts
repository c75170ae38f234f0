/** Edits that write earlier values again, as a new version: reset, rollback, undo (SPEC §1.5, §1.6). */
import type { PolicyFieldChange } from './diff.ts'
import { holdsOf, type Holds } from './holds.ts'
import { mergedOver } from './merge.ts'
import type { PolicyEdit } from './next-version.ts'
import { isNumberField, targetsOf, type NumberField } from './numbers.ts'
import { SETTABLE_FIELDS } from './patch.ts'
import type { GlobalPolicy } from './policy.ts'

const NO_HOLDS: Holds = {
  maxRiskPerTrade: null,
  maxPositions: null,
  maxDailyTrades: null,
  globalMinConfidence: null,
}

/** NORMAL with its targets, lists null or empty; pin, emergency and rules stay. */
export function resetEdit(policy: GlobalPolicy): PolicyEdit {
  const lists = { allowedStrategies: null, blockedStrategies: [], allowedSymbols: null }
  return { fields: { riskMode: 'NORMAL', ...targetsOf('NORMAL', policy.rules), ...lists }, holds: NO_HOLDS }
}

/** The mode, the four numbers, the three lists and the holds of an earlier version; nothing else. */
export function rollbackEdit(to: GlobalPolicy): PolicyEdit {
  const fields = Object.fromEntries(SETTABLE_FIELDS.map((field) => [field, to[field]])) as PolicyEdit['fields']
  return { fields, holds: holdsOf(to) }
}

/** A document that holds `value` at the path, e.g. `guard.maxHeat`. */
function documentAt(path: string, value: unknown): unknown {
  return path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)
}

export interface UndoEdit extends PolicyEdit {
  /** part of the rules to write back; null when the undone change wrote none */
  readonly rulesPatch: unknown
  /** changed paths that are written back */
  readonly paths: readonly string[]
}

const isSettable = (path: string): boolean => (SETTABLE_FIELDS as readonly string[]).includes(path)

/**
 * Writes back exactly the fields that a change wrote, the pin included. Rankings, models, evaluations and the emergency
 * have writers of their own and stay.
 */
export function undoEdit(changes: readonly PolicyFieldChange[]): UndoEdit {
  const fields: Record<string, unknown> = {}
  const holds: Partial<Record<NumberField, number | null>> = {}
  const paths: string[] = []
  let rulesPatch: unknown = null
  for (const { path, from } of changes) {
    const [first = '', second = ''] = path.split('.')
    if (isSettable(path) || path === 'pin') fields[path] = from
    else if (first === 'holds' && isNumberField(second)) holds[second] = from as number | null
    else if (first === 'rules') rulesPatch = mergedOver(rulesPatch ?? {}, documentAt(path.slice('rules.'.length), from))
    else continue
    paths.push(path)
  }
  return { fields, holds, rulesPatch, paths }
}
