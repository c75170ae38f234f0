/** Exact fractions on BigInt, for books kept by hand beside the station's: no decimal library is asked. */
export interface Fraction {
  readonly over: bigint
  /** > 0 */
  readonly under: bigint
}

export const NOTHING: Fraction = { over: 0n, under: 1n }
const BOOKED = 100_000_000n

/** Of decimal text, e.g. `-0.0105`. */
export function fraction(text: string): Fraction {
  const [whole = '', decimals = ''] = text.split('.')
  return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length) }
}

const gcd = (one: bigint, other: bigint): bigint => (other === 0n ? one : gcd(other, one % other))

const sizeOf = (value: bigint): bigint => (value < 0n ? -value : value)

function reduced(over: bigint, under: bigint): Fraction {
  const common = gcd(sizeOf(over), sizeOf(under))
  const sign = under < 0n ? -1n : 1n
  return { over: (sign * over) / common, under: sizeOf(under) / common }
}

export const plus = (one: Fraction, other: Fraction): Fraction =>
  reduced(one.over * other.under + other.over * one.under, one.under * other.under)
export const negated = ({ over, under }: Fraction): Fraction => ({ over: -over, under })
export const minus = (one: Fraction, other: Fraction): Fraction => plus(one, negated(other))
export const times = (one: Fraction, other: Fraction): Fraction =>
  reduced(one.over * other.over, one.under * other.under)
export const dividedBy = (one: Fraction, other: Fraction): Fraction =>
  reduced(one.over * other.under, one.under * other.over)
export const isSame = (one: Fraction, other: Fraction): boolean => one.over * other.under === other.over * one.under
export const signOf = ({ over }: Fraction): -1 | 0 | 1 => (over > 0n ? 1 : over < 0n ? -1 : 0)

/** Hundred-millionths, half-even: money as it is booked (SPEC, Units). */
export function booked({ over, under }: Fraction): bigint {
  const isNegative = over < 0n
  const wanted = sizeOf(over) * BOOKED
  const whole = wanted / under
  const rest = (wanted % under) * 2n
  const isUp = rest > under || (rest === under && whole % 2n === 1n)
  const rounded = isUp ? whole + 1n : whole
  return isNegative ? -rounded : rounded
}

/** Hundred-millionths of decimal text that has no more than 8 decimals; throws on more. */
export function money(text: string): bigint {
  const { over, under } = fraction(text)
  if (BOOKED % under !== 0n) throw new Error(`money has at most 8 decimals, was ${text}`)
  return over * (BOOKED / under)
}
