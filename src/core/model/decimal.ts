/** Exact decimals for everything that is money: prices, quantities, fees and balances of orders and journals. */
import { Decimal } from 'decimal.js'

const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_EVEN, toExpNeg: -30, toExpPos: 40 })

export type Exact = Decimal

export const ZERO = new Exact(0)

/** An exact decimal of a number (its shortest decimal form) or of its text. */
export function exact(value: Decimal.Value): Exact {
  return new Exact(value)
}

/** Money as it is booked: 8 decimals, half-even. */
export function booked(value: Exact): Exact {
  return value.toDecimalPlaces(8, Decimal.ROUND_HALF_EVEN)
}

/** The largest multiple of `step` not above `value`; both ≥ 0. */
export function floorToStep(value: Exact, step: Exact): Exact {
  return value.div(step).floor().times(step)
}

/** The multiple of `step` nearest below (`down`) or above (`up`) `value`. */
export function toTick(value: Exact, tick: Exact, towards: 'down' | 'up' | 'nearest'): Exact {
  const ticks = value.div(tick)
  const whole = towards === 'down' ? ticks.floor() : towards === 'up' ? ticks.ceil() : ticks.round()
  return whole.times(tick)
}

export function minOf(first: Exact, ...rest: readonly Exact[]): Exact {
  return rest.reduce((least, value) => (value.lt(least) ? value : least), first)
}

export function maxOf(first: Exact, ...rest: readonly Exact[]): Exact {
  return rest.reduce((most, value) => (value.gt(most) ? value : most), first)
}
