/** Large figures in three or four digits: `7.91B`, `128K`, `0.42`. Pure. */
import { formatNumber } from '../../widgets/format-number.ts'

const UNITS = [
  { from: 1e12, sign: 'T' },
  { from: 1e9, sign: 'B' },
  { from: 1e6, sign: 'M' },
  { from: 1e3, sign: 'K' },
  { from: 0, sign: '' },
] as const

export function compactNumber(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (value === 0) return '0'
  const size = Math.abs(value)
  const { from, sign } = UNITS.find((unit) => size >= unit.from) ?? UNITS[4]
  const scaled = from === 0 ? value : value / from
  const decimals = Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2
  return `${formatNumber(scaled, { decimals })}${sign}`
}
