/** A number that a person set by itself is a hold: automatic writers may tighten it, not loosen it (SPEC §2). */
import { NUMBER_FIELDS, type NumberField } from './numbers.ts'
import type { Actor, GlobalPolicy, Pin } from './policy.ts'

export const isPerson = (actor: Actor): boolean => actor === 'user' || actor.startsWith('api:')

/** The value at which a person holds the number; null when nobody does. */
export function heldAt(policy: GlobalPolicy, field: NumberField): number | null {
  return policy.sources[field]?.hold ?? null
}

export const isHeld = (policy: GlobalPolicy, field: NumberField): boolean => heldAt(policy, field) !== null

export type Holds = Readonly<Record<NumberField, number | null>>

export function holdsOf(policy: GlobalPolicy): Holds {
  return Object.fromEntries(NUMBER_FIELDS.map((field) => [field, heldAt(policy, field)])) as Record<
    NumberField,
    number | null
  >
}

/** The pin while it holds; null when there is none or its time has passed. */
export function activePin(policy: GlobalPolicy, now: number): Pin | null {
  const { pin } = policy
  return pin !== null && (pin.until === null || now < pin.until) ? pin : null
}
