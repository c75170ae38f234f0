/** How a number of the policy is written and read by a person: 0.015 is 1.5 %, 600000 ms are 10 min. Pure. */
import { formatNumber, plainText, THIN_SPACE } from '../../widgets/format-number.ts'

export type Unit =
  | 'percent'
  /** a number that is percent already */
  | 'points'
  | 'count'
  | 'score'
  | 'usd'
  | 'times'
  | 'multiple'
  | 'days'
  | 'seconds'
  | 'minutes'
  /** a number that is minutes already */
  | 'plainMinutes'
  | 'flag'

/** What one of the unit is in the station's own measure. */
const FACTORS: Readonly<Partial<Record<Unit, number>>> = { percent: 0.01, seconds: 1000, minutes: 60_000 }

export const UNIT_SIGNS: Readonly<Record<Unit, string>> = {
  percent: '%',
  points: '%',
  count: '',
  score: '',
  usd: 'USDT',
  times: '×',
  multiple: '×',
  days: 'days',
  seconds: 's',
  minutes: 'min',
  plainMinutes: 'min',
  flag: '',
}

/** Division and multiplication leave the dust of floats behind: twelve digits are more than any limit has. */
const cleaned = (value: number): number => Number(value.toPrecision(12))
const scaled = (value: number, unit: Unit): number => cleaned(value / (FACTORS[unit] ?? 1))

/** A value as it stands in a field to be edited; null, a limit that is off, is empty. */
export function fieldText(value: unknown, unit: Unit): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return plainText(scaled(Number(value), unit))
}

/** A value as it is shown, with its unit. */
export function valueText(value: unknown, unit: Unit): string {
  if (value === null || value === undefined) return 'off'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const sign = UNIT_SIGNS[unit]
  const gap = sign === '' || sign === '×' ? '' : THIN_SPACE
  const figure = scaled(Number(value), unit)
  const places = plainText(figure).split('.')[1]?.length ?? 0
  const decimals = unit === 'score' ? Math.max(2, places) : places
  return `${formatNumber(figure, { decimals })}${gap}${sign}`
}

export type Read =
  | { readonly ok: true; readonly value: number | boolean | null }
  | { readonly ok: false; readonly message: string }

const SPACES = /[\s\u202F\u00A0]/g

/** What a person typed, in the station's measure; the station judges whether it is allowed. */
export function readField(text: string, unit: Unit, mayBeOff = false): Read {
  if (unit === 'flag') return { ok: true, value: text === 'yes' }
  const plain = text
    .replaceAll(SPACES, '')
    .replace('\u2212', '-')
    .replace(',', '.')
    .replace(/(%|×|x)$/, '')
  if (plain === '') {
    return mayBeOff ? { ok: true, value: null } : { ok: false, message: 'must be a number, was empty' }
  }
  if (!/^[+-]?\d*\.?\d+$|^[+-]?\d+\.$/.test(plain))
    return { ok: false, message: `must be a number, was “${text.trim()}”` }
  return { ok: true, value: cleaned(Number(plain) * (FACTORS[unit] ?? 1)) }
}

/** The station's sentence about a field, its numbers in the unit that the field is written in. */
export function sentenceInUnit(sentence: string, unit: Unit): string {
  if (FACTORS[unit] === undefined) return sentence
  return sentence.replaceAll(/(?<![\w.])-?\d+(?:\.\d+)?(?!\w|\.\d)/g, (figure) => valueText(Number(figure), unit))
}
