/** One changed field as a person reads it: what it is called, what it was, what it is. Pure. */
import type { FieldChange } from '../../../contract/policy-shapes.ts'
import { utcText } from '../../widgets/format-time.ts'
import { fieldOf } from './policy-fields.ts'
import { valueText, type Unit } from './units.ts'

export interface ChangeWords {
  readonly label: string
  readonly from: string
  readonly to: string
}

const MOST_NAMES = 4

function listText(names: readonly unknown[]): string {
  if (names.length === 0) return 'none'
  const shown = names.slice(0, MOST_NAMES).map((name) => (typeof name === 'string' ? name : JSON.stringify(name)))
  return names.length <= MOST_NAMES ? shown.join(', ') : `${shown.join(', ')} and ${names.length - MOST_NAMES} more`
}

function pinText(pin: { readonly by?: unknown; readonly until?: unknown }): string {
  const until = typeof pin.until === 'string' ? `until ${utcText(Date.parse(pin.until))}` : 'until released'
  return `by ${actorWords(String(pin.by))}, ${until}`
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands for null differs: no list is no restriction, no pin is none, a limit without a value is off. */
function nothingText(path: string): string {
  if (path.startsWith('allowed_')) return 'no restriction'
  if (path.startsWith('holds.')) return 'not held'
  return path.startsWith('rules.') ? 'off' : 'none'
}

function textOf(path: string, value: unknown, unit: Unit): string {
  if (value === null || value === undefined) return nothingText(path)
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return listText(value)
  if (!isRecord(value)) return valueText(value, unit)
  if (path === 'pin') return pinText(value)
  if (path === 'emergency') return typeof value['reason'] === 'string' ? value['reason'] : 'engaged'
  const count = Object.keys(value).length
  return `${count} ${count === 1 ? 'entry' : 'entries'}`
}

export function changeWords({ path, from, to }: FieldChange): ChangeWords {
  const { label, unit } = fieldOf(path)
  return { label, from: textOf(path, from, unit), to: textOf(path, to, unit) }
}

const MOST_CHANGES = 3

/** `Positions 10 → 8; Confidence 0.65 → 0.7 and 2 more` */
export function changesText(changes: readonly FieldChange[]): string {
  // the evaluation of MSC comes with every run of it: it is told only where nothing else changed
  const told = changes.filter(({ path }) => !path.startsWith('evaluation') && !path.startsWith('holds.'))
  const [first] = changes
  if (first === undefined) return 'nothing'
  if (told.length === 0) return changeWords(first).label
  const shown = told.slice(0, MOST_CHANGES).map((change) => {
    const { label, from, to } = changeWords(change)
    return `${label} ${from} → ${to}`
  })
  const more = told.length - shown.length
  return more === 0 ? shown.join('; ') : `${shown.join('; ')} and ${more} more`
}

const ACTORS: Readonly<Record<string, string>> = {
  user: 'you',
  msc: 'MSC',
  ranker: 'the ranker',
  clm: 'the learning manager',
  governor: 'the governor',
  env: 'start-up',
}

/** Who wrote it: `user` → `you`, `api:script` → `program script`, `rule:night` → `rule night`. */
export function actorWords(actor: string): string {
  const known = ACTORS[actor]
  if (known !== undefined) return known
  const at = actor.indexOf(':')
  const [kind, name] = [actor.slice(0, at), actor.slice(at + 1)]
  return kind === 'api' ? `program ${name}` : kind === 'rule' ? `rule ${name}` : actor
}
