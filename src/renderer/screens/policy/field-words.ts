/** What a field of the policy is called, and in which unit it is read. */
import type { Unit } from './units.ts'

export interface FieldWords {
  readonly label: string
  readonly unit: Unit
  /** what it is for, shown on hover and to screen readers */
  readonly help?: string
  /** may be empty: the limit is off */
  readonly mayBeOff?: boolean
}
