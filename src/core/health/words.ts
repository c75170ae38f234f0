/** Measures of health in words. */
import type { HealthUnit } from './components.ts'

const SECOND_MS = 1000
const GB = 1e9
const MB = 1e6

const rounded = (value: number): string => String(Number(value.toPrecision(3)))

/** `41 s`, `63 ms`, `0.8 GB`, `81 %`. */
export function measured(value: number, unit: HealthUnit): string {
  if (unit === 'percent') return `${rounded(value)} %`
  if (unit === 'bytes') return value >= GB / 10 ? `${rounded(value / GB)} GB` : `${rounded(value / MB)} MB`
  return value >= SECOND_MS ? `${rounded(value / SECOND_MS)} s` : `${rounded(value)} ms`
}
