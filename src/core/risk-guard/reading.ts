/** Reading what may be missing: an entry is denied when a figure its check needs is not there or not a number. */
/** Thrown inside a check, caught by the guard alone: becomes `risk_state_unavailable`. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'

  constructor(what: string) {
    super(`${what} is not known`)
  }
}

export function known<Value>(value: Value | null | undefined, what: string): Value {
  if (value === undefined || value === null) throw new Unavailable(what)
  return value
}

/** As `known`, but null is an answer. */
export function answered<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Unavailable(what)
  return value
}

export function finite(value: number | null | undefined, what: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Unavailable(what)
  return value
}

/** How far float noise alone takes a quotient from its limit, as a share of it: 1.111 ÷ 1.1 − 1 is 1 % and equal passes. */
const FLOAT_NOISE = 1e-9

const noise = (limit: number): number => Math.abs(limit) * FLOAT_NOISE

/** Above a maximum; equal is not above, float noise included. */
export function isAbove(actual: number, limit: number, what: string): boolean {
  return finite(actual, what) > finite(limit, `the limit of ${what}`) + noise(limit)
}

/** Below a minimum; equal is not below, float noise included. */
export function isBelow(actual: number, limit: number, what: string): boolean {
  return finite(actual, what) < finite(limit, `the limit of ${what}`) - noise(limit)
}
