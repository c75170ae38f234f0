/** Turns what a schema found wrong into one line per bad field. */
import type { z } from 'zod'

import { didYouMean } from './near-miss.ts'

export interface BadField {
  /** `maxPositions`, `rules.guard.maxHeat`, `allowedSymbols.2`; empty for the change as a whole */
  readonly path: string
  readonly message: string
}

/** `rules.profiles.NORMAL.maxLeverage` → `max leverage`. */
function wordsOf(path: string): string {
  const names = path.split('.').filter((part) => !/^\d+$/.test(part))
  return (names.at(-1) ?? 'the change').replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
}

export function badField(path: string, message: string): BadField {
  return { path, message: `${path === '' ? 'the change' : wordsOf(path)} ${message}` }
}

export function unknownField(path: string, name: string, known: readonly string[]): BadField {
  const full = path === '' ? name : `${path}.${name}`
  return { path: full, message: `${name} is not a field${didYouMean(name, known)}` }
}

/** One bad field per path, in the order found; `known` are the names an unknown top-level key is compared with. */
export function badFieldsOf(error: z.ZodError, prefix: string, known: readonly string[]): BadField[] {
  const found = new Map<string, BadField>()
  for (const issue of error.issues) {
    const path = [prefix, ...issue.path.map(String)].filter((part) => part !== '').join('.')
    const fields =
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownField(path, key, known))
        : [badField(path, issue.message)]
    for (const field of fields) if (!found.has(field.path)) found.set(field.path, field)
  }
  return [...found.values()]
}
