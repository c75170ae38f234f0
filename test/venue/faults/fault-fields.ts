/** Reads the fields of a fault. */
import type { FaultFields } from './fault-names.ts'

export function numberIn(fields: FaultFields, field: string, otherwise: number): number {
  const value = fields[field]
  return value === undefined ? otherwise : Number(value)
}

export function textIn(fields: FaultFields, field: string, otherwise = ''): string {
  const value = fields[field]
  return value === undefined ? otherwise : String(value)
}
