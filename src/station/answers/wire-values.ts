/** How the station's values become the contract's: instants as ISO-8601, exact decimals as text, names in snake_case. */
import type { Exact } from '../../core/model/decimal.ts'

export const iso = (at: number): string => new Date(at).toISOString()
export const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at))

/** Every digit, never an exponent. */
export const money = (value: Exact): string => value.toFixed()
export const moneyOrNull = (value: Exact | null): string | null => (value === null ? null : value.toFixed())

export const msOf = (instant: string | undefined): number | undefined =>
  instant === undefined ? undefined : Date.parse(instant)

/** `minQuoteVolume24h` → `min_quote_volume_24h`, dotted paths too. Upper-case names such as modes stay. */
export const snakeName = (name: string): string =>
  name
    .replaceAll(/([a-z])(\d)/g, '$1_$2')
    .replaceAll(/([a-z0-9])([A-Z])/g, (_, before: string, letter: string) => `${before}_${letter.toLowerCase()}`)

export const camelName = (name: string): string =>
  name.replaceAll(/([a-z0-9])_([a-z0-9])/g, (_, before: string, letter: string) => before + letter.toUpperCase())

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [rename(name), renamed(inner, rename)]))
}

/** A plain document with every key in snake_case; only for documents whose keys are names of ours, not symbols. */
export const snakeKeys = (document: unknown): unknown => renamed(document, snakeName)
export const camelKeys = (document: unknown): unknown => renamed(document, camelName)
