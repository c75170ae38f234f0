/** Figures on the page: every number passes through one of these, so that all look and align alike. */
import type { JSX } from 'react'

import { formatNumber, formatPercent, type NumberFormat } from './format-number.ts'
import { formatSpan, localClock, localDateTime, utcText } from './format-time.ts'

const toneOf = (value: number): string => (value > 0 ? 'gain' : value < 0 ? 'loss' : '')

interface FigureProps extends NumberFormat {
  readonly value: number | string | null | undefined
  readonly unit?: string
}

/** Any number; a missing one is a dash. */
export function Figure({ value, unit, ...format }: FigureProps): JSX.Element {
  if (value === null || value === undefined) return <span className="dim">–</span>
  return (
    <span className="fig">
      {formatNumber(value, format)}
      {unit === undefined ? null : (
        <span className="u">
          {'\u202F'}
          {unit}
        </span>
      )}
    </span>
  )
}

/** Profit or loss: sign and weight first, colour second. USDT, two decimals unless told otherwise. */
export function Profit({
  value,
  decimals = 2,
}: {
  readonly value: number | string
  readonly decimals?: number
}): JSX.Element {
  return <span className={`fig ${toneOf(Number(value))}`}>{formatNumber(value, { decimals, isSigned: true })}</span>
}

/** USDT without a sign unless negative. */
export const Money = ({
  value,
  decimals = 2,
}: {
  readonly value: number | string | null
  readonly decimals?: number
}): JSX.Element => <Figure value={value} decimals={decimals} />

interface PercentProps {
  /** 0.0075 is 0.75 % */
  readonly fraction: number
  readonly decimals?: number
  readonly isSigned?: boolean
  /** coloured as profit or loss */
  readonly isProfit?: boolean
}

export function Percent({ fraction, decimals = 2, isSigned = false, isProfit = false }: PercentProps): JSX.Element {
  const text = formatPercent(fraction, { decimals, isSigned: isSigned || isProfit })
  return <span className={`fig ${isProfit ? toneOf(fraction) : ''}`}>{text}</span>
}

interface PriceProps {
  readonly value: number | string | null
  /** of the instrument's tick; null: as it came */
  readonly decimals: number | null
  /** decimals of the column's finest tick: missing digits are filled in invisibly, so points stand under each other */
  readonly padTo?: number
}

export function Price({ value, decimals, padTo = 0 }: PriceProps): JSX.Element {
  if (value === null || !Number.isFinite(Number(value))) return <span className="dim">–</span>
  const text = formatNumber(value, { decimals })
  const own = text.split('.')[1]?.length ?? 0
  const missing = padTo - own
  const pad = missing <= 0 ? '' : `${own === 0 ? '.' : ''}${'0'.repeat(missing)}`
  return (
    <span className="fig" data-pad={pad}>
      {text}
    </span>
  )
}

/** A moment: local on the page, UTC on hover. */
export function Time({
  at,
  withDate = false,
}: {
  readonly at: number | string
  readonly withDate?: boolean
}): JSX.Element {
  const ms = typeof at === 'string' ? Date.parse(at) : at
  return (
    <time dateTime={new Date(ms).toISOString()} title={utcText(ms)}>
      {withDate ? localDateTime(ms) : localClock(ms)}
    </time>
  )
}

/** A span of time in words, e.g. the age of a figure. */
export const Span = ({ ms }: { readonly ms: number }): JSX.Element => <span className="fig">{formatSpan(ms)}</span>
