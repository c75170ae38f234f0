/** The exact difference of two decimal texts, so that an account comes to the very size that was asked for. Pure. */
const DIGITS = 8

/** Units of 10⁻⁸; null: not a decimal of at most eight places. */
function unitsOf(text: string): bigint | null {
  const match = /^(-?)(\d+)(?:\.(\d{0,8})0*)?$/.exec(text)
  if (match === null) return null
  const [, sign = '', whole = '0', fraction = ''] = match
  const units = BigInt(`${whole}${fraction.padEnd(DIGITS, '0')}`)
  return sign === '-' ? -units : units
}

/** `wanted − have`; null when either cannot be read. */
export function decimalDifference(wanted: string, have: string): string | null {
  const [a, b] = [unitsOf(wanted), unitsOf(have)]
  if (a === null || b === null) return null
  const units = a - b
  const digits = String(units < 0n ? -units : units).padStart(DIGITS + 1, '0')
  const fraction = digits.slice(-DIGITS).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -DIGITS)}${fraction === '' ? '' : `.${fraction}`}`
}
