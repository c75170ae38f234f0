/** Reads a typed filter, `strategy:breakout denied:max_positions last:2h`; every fault becomes a sentence. Pure. */
import type { FieldTerm, Filter, FilterKey, Vocabulary } from './filter.ts'
import { nearMiss } from './near-miss.ts'
import { parseMoment, parseSpan } from './parse-time.ts'

const TIME_KEYS = ['last', 'from', 'to'] as const
type TimeKey = (typeof TIME_KEYS)[number]

interface Draft {
  readonly fields: FieldTerm[]
  readonly words: string[]
  readonly faults: string[]
  from: number | null
  to: number | null
}

/** `now`: the station's clock, epoch ms, from which `last:` counts back. */
export function parseFilter(text: string, vocabulary: Vocabulary, now: number): Filter {
  const draft: Draft = { fields: [], words: [], faults: [], from: null, to: null }
  for (const [, key, quoted, bare, word] of text.matchAll(/([^\s:"]+):(?:"([^"]*)"|(\S*))|("[^"]*"|\S+)/g)) {
    if (key === undefined) draft.words.push((word ?? '').replaceAll('"', '').toLowerCase())
    else readTerm(key.toLowerCase(), quoted ?? bare ?? '', draft, vocabulary, now)
  }
  if (draft.from !== null && draft.to !== null && draft.from > draft.to)
    draft.faults.push('The filter ends before it begins: “from” is later than “to”.')
  return { ...draft, words: draft.words.filter((word) => word !== '') }
}

function readTerm(key: string, value: string, draft: Draft, vocabulary: Vocabulary, now: number): void {
  const isTime = TIME_KEYS.includes(key as TimeKey)
  const known = vocabulary.keys.find((candidate) => candidate.key === key)
  if (!isTime && known === undefined) draft.faults.push(unknownKey(key, vocabulary))
  else if (value === '') draft.faults.push(`“${key}:” needs a value, like ${exampleOf(key, known)}.`)
  else if (isTime) readTime(key as TimeKey, value, draft, now)
  else if (known !== undefined) readField(known, value, draft, vocabulary)
}

function unknownKey(key: string, { rows, keys, foreign }: Vocabulary): string {
  const own = keys.map((candidate) => candidate.key)
  if (foreign.includes(key)) return `${rows} have no “${key}”; they know ${[...own, ...TIME_KEYS].join(', ')}.`
  const near = nearMiss(key, [...own, ...TIME_KEYS, ...foreign])
  const hint = near === null ? `Known here: ${[...own, ...TIME_KEYS].join(', ')}.` : `Did you mean “${near}:”?`
  return `There is no “${key}:”. ${hint}`
}

const exampleOf = (key: string, known: FilterKey | undefined): string =>
  known === undefined
    ? { last: 'last:2h', from: 'from:10:30', to: 'to:11:00' }[key as TimeKey]
    : `${key}:${known.values?.[0] ?? { symbol: 'BTC', strategy: 'breakout' }[key] ?? '…'}`

function readTime(key: TimeKey, value: string, draft: Draft, now: number): void {
  if (key === 'last') {
    const span = parseSpan(value)
    if (span === null) draft.faults.push(`“last:” must be a span like 30m, 2h or 7d, was “${value}”.`)
    else draft.from = Math.max(draft.from ?? 0, now - span)
    return
  }
  const moment = parseMoment(value, now)
  if (moment === null) draft.faults.push(`“${key}:” must be a time like 10:30 or 2026-11-20T10:30, was “${value}”.`)
  else draft[key] = moment
}

function readField(known: FilterKey, value: string, draft: Draft, vocabulary: Vocabulary): void {
  const asked = value.split(',').filter((part) => part !== '')
  const meant = asked.map((part) => valuesOf(known, part, vocabulary, draft.faults))
  const values = meant.flatMap(({ found }) => found)
  if (known.also !== undefined) narrow(draft, { field: known.also.field, values: [known.also.value], isExact: true })
  if (values.length > 0 && !(known.also !== undefined && value === 'any'))
    narrow(draft, { field: known.field, values, isExact: meant.every(({ isExact }) => isExact) })
}

/** The same field twice: both must hold. */
function narrow(draft: Draft, term: FieldTerm): void {
  const before = draft.fields.find(({ field, isExact }) => field === term.field && isExact && term.isExact)
  if (before === undefined) return void draft.fields.push(term)
  const both = before.values.filter((value) => term.values.includes(value))
  draft.fields[draft.fields.indexOf(before)] = { ...before, values: both }
  if (both.length === 0)
    draft.faults.push(`Nothing is both ${before.values.join(' or ')} and ${term.values.join(' or ')}.`)
}

interface Meant {
  readonly found: readonly string[]
  readonly isExact: boolean
}

function valuesOf(known: FilterKey, part: string, vocabulary: Vocabulary, faults: string[]): Meant {
  if (known.field === 'symbol') return named(part, vocabulary.symbols, 'symbol', faults, (text) => `${text}USDT`)
  if (known.field === 'strategy') return named(part, vocabulary.strategies, 'strategy', [], (text) => text)
  if (known.values === undefined) return { found: [part], isExact: known.isWhole === true }
  if (known.also !== undefined && part === 'any') return { found: [], isExact: true }
  const found = known.values.find((value) => value.toLowerCase() === part.toLowerCase())
  if (found !== undefined) return { found: [found], isExact: true }
  const near = nearMiss(part, known.values)
  const hint = near === null ? `It is one of ${known.values.join(', ')}.` : `Did you mean “${near}”?`
  faults.push(`There is no ${known.key} “${part}”. ${hint}`)
  return { found: [], isExact: true }
}

/** A name or the beginning of one: the whole name, the usual long form, or all names that contain it. */
function named(
  part: string,
  names: readonly string[],
  what: string,
  faults: string[],
  longForm: (text: string) => string,
): Meant {
  const wanted = part.toLowerCase()
  const whole = names.find((name) =>
    [wanted, longForm(wanted.toUpperCase()).toLowerCase()].includes(name.toLowerCase()),
  )
  if (whole !== undefined) return { found: [whole], isExact: true }
  const containing = names.filter((name) => name.toLowerCase().includes(wanted))
  if (containing.length > 0) return { found: containing, isExact: true }
  const near = nearMiss(part, names) ?? nearMiss(longForm(part.toUpperCase()), names)
  if (names.length > 0 && what === 'symbol')
    faults.push(`No ${what} is called “${part}”.${near === null ? '' : ` Did you mean “${near}”?`}`)
  return { found: [part], isExact: false }
}
