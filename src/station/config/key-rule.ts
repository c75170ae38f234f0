/** What a configuration key accepts, as text (flags, environment) and as a value of the file. */
import { boundsInWords, isWithin, type Bounds } from '../../core/policy/bounds.ts'

export type Setting = string | number | boolean | null | readonly string[]

export interface KeyRule {
  /** for errors: `a whole number 1…65535` */
  readonly expected: string
  /** one sentence for people, units included */
  readonly doc: string
  /** its value is masked wherever it is shown */
  readonly secret: boolean
  /** the value a text stands for; anything `accept` refuses when it stands for none */
  fromText(text: string): unknown
  /** the setting, made canonical; undefined when the value is not accepted */
  accept(value: unknown): Setting | undefined
}

const TRUE = new Set(['true', '1', 'yes', 'on'])
const FALSE = new Set(['false', '0', 'no', 'off'])

function booleanFrom(text: string): unknown {
  const word = text.trim().toLowerCase()
  if (TRUE.has(word)) return true
  return FALSE.has(word) ? false : text
}

function numberFrom(text: string): unknown {
  const plain = text.trim().replaceAll('_', '')
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : text
}

export function number(bounds: Bounds, doc: string): KeyRule {
  return {
    expected: boundsInWords(bounds),
    doc,
    secret: false,
    fromText: numberFrom,
    accept: (value) => (typeof value === 'number' && isWithin(value, bounds) ? value : undefined),
  }
}

export const integer = (min: number, max: number, doc: string): KeyRule => number({ min, max, integer: true }, doc)

export function flag(doc: string): KeyRule {
  const accept = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined)
  return { expected: 'true or false', doc, secret: false, fromText: booleanFrom, accept }
}

const itself = (text: string): string => text

export function text(doc: string, shape?: { readonly pattern: RegExp; readonly expected: string }): KeyRule {
  const { pattern = /^[^\n\r]*$/, expected = 'text on one line' } = shape ?? {}
  const accept = (value: unknown): string | undefined =>
    typeof value === 'string' && pattern.test(value) ? value : undefined
  return { expected, doc, secret: false, fromText: itself, accept }
}

export function choice(choices: readonly string[], doc: string): KeyRule {
  const accept = (value: unknown): string | undefined => choices.find((each) => each === value)
  return { expected: `one of ${choices.join(', ')}`, doc, secret: false, fromText: itself, accept }
}

/** Names in a list; as text separated by commas. */
export function list(doc: string): KeyRule {
  return {
    expected: 'a list of names without spaces',
    doc,
    secret: false,
    fromText: (text) =>
      text
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    accept: (value) => {
      const isName = (name: unknown): name is string => typeof name === 'string' && /^\S{1,64}$/.test(name)
      return Array.isArray(value) && value.every(isName) ? value : undefined
    },
  }
}

/** As `rule`, and as text also `none`. */
export function orNone(rule: KeyRule): KeyRule {
  return {
    ...rule,
    expected: `${rule.expected} or none`,
    fromText: (text) => (text.trim().toLowerCase() === 'none' ? null : rule.fromText(text)),
    accept: (value) => (value === null ? null : rule.accept(value)),
  }
}

export const secret = (rule: KeyRule): KeyRule => ({ ...rule, secret: true })

/** A speed of the clock: `max` or a number. */
export function speed(bounds: Bounds, doc: string): KeyRule {
  const rule = number(bounds, doc)
  return {
    ...rule,
    expected: `${rule.expected}, or max`,
    fromText: (text) => (text.trim() === 'max' ? 'max' : rule.fromText(text)),
    accept: (value) => (value === 'max' ? value : rule.accept(value)),
  }
}
