/** Decimal text in a buffer to a float64, without making a string: the same number that `Number(text)` gives. */

const POWERS = Float64Array.from({ length: 23 }, (_, index) => Number(`1e${index}`))
const MOST_DIGITS = 2 ** 53
const PLAIN = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u

const ZERO = 48
const NINE = 57
const POINT = 46
const MINUS = 45

/** The number in bytes [start, end), NaN when it is no decimal number. */
export function numberAt(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === MINUS
  let mantissa = 0
  let digits = 0
  let decimals = -1
  for (let index = negative ? start + 1 : start; index < end; index++) {
    const code = bytes[index] as number
    if (code >= ZERO && code <= NINE) {
      mantissa = mantissa * 10 + (code - ZERO)
      digits++
      if (decimals >= 0) decimals++
    } else if (code === POINT && decimals < 0) decimals = 0
    else return slowNumber(bytes, start, end)
  }
  if (digits === 0) return Number.NaN
  if (mantissa > MOST_DIGITS || decimals >= POWERS.length) return slowNumber(bytes, start, end)
  const value = decimals > 0 ? mantissa / (POWERS[decimals] as number) : mantissa
  return negative ? -value : value
}

/** Decimals of the number in bytes [start, end), trailing zeros left out. */
export function decimalsAt(bytes: Uint8Array, start: number, end: number): number {
  const point = bytes.indexOf(POINT, start)
  if (point < 0 || point >= end) return 0
  let last = end - 1
  while (last > point && bytes[last] === ZERO) last--
  return last - point
}

function slowNumber(bytes: Uint8Array, start: number, end: number): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
  return PLAIN.test(text) ? Number(text) : Number.NaN
}
