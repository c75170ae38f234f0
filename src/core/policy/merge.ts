/** Plain documents: deep merge, deep equality, deep freeze. Lists count as single values. */

export type Plain = Readonly<Record<string, unknown>>

export function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `base` with everything `over` names replaced, objects key by key, lists whole. */
export function mergedOver(base: unknown, over: unknown): unknown {
  if (over === undefined) return base
  if (!isPlain(base) || !isPlain(over)) return over
  const merged = Object.entries(over).map(([key, value]) => [key, mergedOver(ownValue(base, key), value)] as const)
  return { ...base, ...Object.fromEntries(merged) }
}

export function ownValue(document: Plain, key: string): unknown {
  return Object.hasOwn(document, key) ? document[key] : undefined
}

export function isEqual(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) !== Array.isArray(right)) return false
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && isEqual((left as Plain)[key], (right as Plain)[key]))
}

/** Freezes a document all the way down; what is frozen already is left alone. */
export function frozen<Document>(document: Document): Document {
  if (typeof document !== 'object' || document === null || Object.isFrozen(document)) return document
  for (const value of Object.values(document)) frozen(value)
  return Object.freeze(document)
}
