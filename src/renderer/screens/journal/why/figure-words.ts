/** The figures of a step as text, in the format of their code. Pure. */
import { formatNumber, THIN_SPACE } from '../../../widgets/format-number.ts'
import { formatSpan, localDateTime } from '../../../widgets/format-time.ts'
import type { FigureFormat, StepWords } from './step-words.ts'

type Told = number | string | null

/** Whatever is larger can only be a moment: no price or notional comes near. */
const FIRST_MOMENT = 1e12
const SIGNIFICANT = 6

const trimmed = (value: number): string => formatNumber(Number(value.toPrecision(SIGNIFICANT)))

const FORMATS: Readonly<Record<FigureFormat, (value: number) => string>> = {
  percent: (value) => `${formatNumber(Number((value * 100).toPrecision(3)))}${THIN_SPACE}%`,
  usdt: (value) => formatNumber(value, { decimals: 2 }),
  seconds: (value) => formatSpan(value),
  times: (value) => `${formatNumber(Number(value.toPrecision(3)))}${THIN_SPACE}×`,
  plain: trimmed,
  price: trimmed,
  moment: (value) => localDateTime(value),
}

function figureText(value: Told, format: FigureFormat): string {
  if (value === null) return '–'
  if (typeof value === 'string') return isDecimal(value) ? formatNumber(value) : value.replaceAll('_', ' ')
  return value > FIRST_MOMENT ? localDateTime(value) : FORMATS[format](value)
}

const isDecimal = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text)

export interface StepFigures {
  readonly passed: boolean
  readonly actual: Told
  readonly limit: Told
}

/** Percent and the like only where figure and limit are of one kind: a number beside a word is shown as it is. */
const formatOf = ({ actual, limit }: StepFigures, { format }: StepWords): FigureFormat =>
  typeof actual === 'number' && typeof limit === 'string' && format === 'percent' ? 'plain' : format

export function actualText(step: StepFigures, words: StepWords): string {
  if (step.passed && step.limit === 'allowed' && typeof step.actual === 'string') return 'yes'
  const text = figureText(step.actual, formatOf(step, words))
  return words.isOutlook === true && !step.passed && typeof step.actual === 'number' ? `would be ${text}` : text
}

export function limitText(step: StepFigures, words: StepWords): string {
  const { limit } = step
  if (limit === null) return ''
  const text = figureText(limit, formatOf(step, words))
  return typeof limit === 'number' ? `${boundOf(step, words)} ${text}`.trim() : text
}

/** Some codes hold figures from above and from below: then it shows in how they lie. */
function boundOf({ passed, actual, limit }: StepFigures, { bound }: StepWords): string {
  if (bound !== '' || typeof actual !== 'number' || typeof limit !== 'number' || actual === limit) return bound
  return actual < limit === passed ? 'at most' : 'at least'
}
