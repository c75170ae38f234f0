/** Numbers as text: thin-space thousands, a true minus, a fixed count of decimals. Pure. */
export const THIN_SPACE = '\u202F'
export const MINUS = '\u2212'

export interface NumberFormat {
  /** digits after the point; left out: as many as the text has */
  readonly decimals?: number | null | undefined
  /** a plus before gains; zero has no sign */
  readonly isSigned?: boolean
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, THIN_SPACE)

/** Plain decimal text of a number, never in exponent form. */
export function plainText(value: number): string {
  const text = String(value)
  if (!text.includes('e')) return text
  return Math.abs(value) >= 1
    ? value.toLocaleString('en-US', { useGrouping: false })
    : value.toFixed(12).replace(/0+$/, '')
}

/** Decimal text keeps its digits; rounding, where asked for, is half away from zero of the shown number. */
export function formatNumber(value: number | string, { decimals, isSigned = false }: NumberFormat = {}): string {
  const number = Number(value)
  if (!Number.isFinite(number)) return '–'
  const exact = typeof value === 'string' ? value : plainText(value)
  const text = decimals === undefined || decimals === null ? exact : rounded(exact, number, decimals)
  const [whole = '0', fraction] = text.replace(/^-/, '').split('.')
  const isZero = !/[1-9]/.test(text)
  const sign = isZero ? '' : number < 0 ? MINUS : isSigned ? '+' : ''
  return `${sign}${grouped(whole)}${fraction === undefined || fraction === '' ? '' : `.${fraction}`}`
}

/** Long decimals are cut as text where they already fit, so that nothing passes through a float. */
function rounded(text: string, number: number, decimals: number): string {
  const [whole = '0', fraction = ''] = text.split('.')
  const fits = fraction.length <= decimals || /^0*$/.test(fraction.slice(decimals))
  if (!fits) return plainFixed(number, decimals)
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0')
  return decimals === 0 ? whole : `${whole}.${kept}`
}

const plainFixed = (number: number, decimals: number): string => number.toFixed(Math.min(decimals, 20))

/** A fraction as percent: 0.0075 → `0.75 %`. */
export const formatPercent = (fraction: number, format: NumberFormat = { decimals: 2 }): string =>
  Number.isFinite(fraction) ? `${formatNumber(fraction * 100, format)}${THIN_SPACE}%` : '–'

/** `5×` */
export const formatTimes = (value: number, decimals?: number): string =>
  `${formatNumber(value, decimals === undefined ? {} : { decimals })}×`
