/** Schema issues as one line per bad field: its dotted path, what was expected and what was found. */
import type { FieldFault } from '../../contract/errors.ts'

/** The parts of a schema issue that are read here; every other part is optional. */
export interface SchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
  readonly code?: string
  readonly keys?: readonly string[]
  readonly expected?: string
  readonly origin?: string
  readonly minimum?: number | bigint
  readonly maximum?: number | bigint
  readonly inclusive?: boolean
  readonly values?: readonly unknown[]
}

const SHOWN_LENGTH = 60
const MOST_FAULTS = 100

/** A value as an error quotes it: short and on one line. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (typeof value !== 'string') return `of type ${typeof value}`
  return JSON.stringify(value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}…` : value)
}

const segments = (issue: SchemaIssue): PropertyKey[] =>
  (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part))

function found(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

function bound(issue: SchemaIssue): string {
  const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : ''
  if (issue.code === 'too_small')
    return `must be ${issue.inclusive === false ? 'greater than' : 'at least'} ${String(issue.minimum)}${unit}`
  return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${String(issue.maximum)}${unit}`
}

function expectation(issue: SchemaIssue): string {
  if (issue.code === 'invalid_type')
    return `must be ${issue.expected === 'int' ? 'a whole number' : `of type ${issue.expected}`}`
  if (issue.code === 'too_small' || issue.code === 'too_big') return bound(issue)
  if (issue.code === 'invalid_value') return `must be one of ${(issue.values ?? []).map(String).join(', ')}`
  return issue.message
}

/** Their values are never quoted, not even bad ones. */
const SECRETS: ReadonlySet<PropertyKey> = new Set(['api_key', 'secret', 'token'])

/** What a rule of our own says of a whole object needs no value beside it. */
function sentence(issue: SchemaIssue, path: readonly PropertyKey[], value: unknown): string {
  if (issue.code === 'custom' && typeof value === 'object') return issue.message
  const isSecret = value !== undefined && path.some((key) => SECRETS.has(key))
  return isSecret ? expectation(issue) : `${expectation(issue)}, was ${shown(value)}`
}

/** Every bad field once, in the order found. */
export function fieldFaultsOf(issues: readonly SchemaIssue[], input: unknown): FieldFault[] {
  const faults = new Map<string, FieldFault>()
  for (const issue of issues) {
    const path = segments(issue)
    const dotted = path.map(String)
    const unknown = issue.code === 'unrecognized_keys' ? (issue.keys ?? []) : null
    const told = unknown
      ? unknown.map((key) => ({ path: [...dotted, key].join('.'), message: 'is not a field' }))
      : [{ path: dotted.join('.'), message: sentence(issue, path, found(input, path)) }]
    for (const fault of told) if (!faults.has(fault.path)) faults.set(fault.path, fault)
    if (faults.size >= MOST_FAULTS) break
  }
  return [...faults.values()]
}
