/** Exact fractions of big integers: an independent way to compute money, for comparing. */
export interface Rational {
  readonly top: bigint
  readonly bottom: bigint
}

export const rational = (top: bigint | number, bottom: bigint | number = 1): Rational => ({
  top: BigInt(top),
  bottom: BigInt(bottom),
})

export const plus = (a: Rational, b: Rational): Rational => ({
  top: a.top * b.bottom + b.top * a.bottom,
  bottom: a.bottom * b.bottom,
})
export const times = (a: Rational, b: Rational): Rational => ({ top: a.top * b.top, bottom: a.bottom * b.bottom })
export const minus = (a: Rational, b: Rational): Rational => plus(a, { top: -b.top, bottom: b.bottom })
export const over = (a: Rational, b: Rational): Rational =>
  b.top < 0n
    ? { top: -a.top * b.bottom, bottom: a.bottom * -b.top }
    : { top: a.top * b.bottom, bottom: a.bottom * b.top }

/** Rounded to whole 1e-8, half to even. */
export function hundredMillionths(value: Rational): bigint {
  const top = value.top * 100_000_000n
  const sign = top < 0n ? -1n : 1n
  const size = sign * top
  const whole = size / value.bottom
  const twice = 2n * (size % value.bottom)
  const up = twice > value.bottom || (twice === value.bottom && whole % 2n === 1n)
  return sign * (up ? whole + 1n : whole)
}
