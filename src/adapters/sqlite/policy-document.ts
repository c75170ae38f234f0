/** A policy as text with its checksum, its rules by the hash of theirs: a bit that flipped in either is noticed. */
import { hash } from 'node:crypto'

import type { GlobalPolicy, PolicyRules } from '../../core/policy/policy.ts'

export interface StoredPolicy {
  readonly version: number
  /** the policy as JSON; in the place of its rules the hash of their text */
  readonly document: string
  readonly checksum: string
}

export interface StoredRules {
  readonly hash: string
  readonly text: string
}

/** The text kept under a hash; null when none is there as it was written. */
export type RulesText = (hash: string) => string | null

const digest = (text: string): string => hash('sha256', text, 'base64url')
const checksumOf = (version: number, document: string): string => digest(`${version}:${document}`)

/** Rules rarely change, and those of a policy in force are frozen: every version of them shares one text. */
const known = new WeakMap<PolicyRules, StoredRules>()

export function storedRules(rules: PolicyRules): StoredRules {
  const before = known.get(rules)
  if (before !== undefined) return before
  const text = JSON.stringify(rules)
  const stored = { hash: digest(text), text }
  if (isDeepFrozen(rules)) known.set(rules, stored)
  return stored
}

const isDeepFrozen = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isDeepFrozen))

export function storedPolicy(policy: GlobalPolicy): StoredPolicy {
  const document = JSON.stringify({ ...policy, rules: storedRules(policy.rules).hash })
  return { version: policy.version, document, checksum: checksumOf(policy.version, document) }
}

export const areIntact = ({ hash: written, text }: StoredRules): boolean => digest(text) === written

/** The policy as it was written, null when it is no longer that. */
export function readPolicy({ version, document, checksum }: StoredPolicy, rulesText: RulesText): GlobalPolicy | null {
  if (checksumOf(version, document) !== checksum) return null
  const policy = JSON.parse(document) as Omit<GlobalPolicy, 'rules'> & { readonly rules: string }
  const text = rulesText(policy.rules)
  return text === null ? null : { ...policy, rules: JSON.parse(text) as PolicyRules }
}
