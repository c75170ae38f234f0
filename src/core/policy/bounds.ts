/** Bounds of a number, said the same way in every error. */

export interface Bounds {
  /** greater than */
  readonly above?: number
  readonly min?: number
  readonly max?: number
  readonly integer?: boolean
}

export function isWithin(value: number, bounds: Bounds): boolean {
  if (!Number.isFinite(value)) return false
  if (bounds.integer === true && !Number.isInteger(value)) return false
  if (bounds.above !== undefined && value <= bounds.above) return false
  if (bounds.min !== undefined && value < bounds.min) return false
  return bounds.max === undefined || value <= bounds.max
}

function range({ above, min, max }: Bounds): string {
  if (above !== undefined && max !== undefined) return `above ${above} and at most ${max}`
  if (above !== undefined) return `above ${above}`
  if (min !== undefined && max !== undefined) return `${min}…${max}`
  if (min !== undefined) return `at least ${min}`
  return max === undefined ? '' : `at most ${max}`
}

/** `a whole number 1…100`, `above 0 and at most 0.05`, `a number`. */
export function boundsInWords(bounds: Bounds): string {
  const kind = bounds.integer === true ? 'a whole number' : ''
  return [kind, range(bounds)].filter((part) => part !== '').join(' ') || 'a number'
}

const SHOWN_LENGTH = 60

/** A value as an error quotes it: short, on one line, never an exception. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return Array.isArray(value) ? 'a list' : typeof value
  const text = JSON.stringify(value)
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text
}
