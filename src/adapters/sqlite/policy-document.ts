/** A policy as text with its checksum: a bit that flipped is noticed. */
import { hash } from 'node:crypto'

import type { GlobalPolicy } from '../../core/policy/policy.ts'

export interface StoredPolicy {
  readonly version: number
  readonly document: string
  readonly checksum: string
}

const checksumOf = (version: number, document: string): string => hash('sha256', `${version}:${document}`)

/** Text of parts of policies: versions share what did not change, and policies are frozen through and through. */
const texts = new WeakMap<object, string>()

function textOf(part: unknown): string | undefined {
  if (typeof part !== 'object' || part === null) return JSON.stringify(part)
  let text = texts.get(part)
  if (text === undefined) {
    text = JSON.stringify(part)
    if (Object.isFrozen(part)) texts.set(part, text)
  }
  return text
}

/** The same text as `JSON.stringify` makes. */
function documentOf(policy: GlobalPolicy): string {
  const fields = Object.entries(policy).flatMap(([name, part]) => {
    const text = textOf(part)
    return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`]
  })
  return `{${fields.join(',')}}`
}

export function storedPolicy(policy: GlobalPolicy): StoredPolicy {
  const document = documentOf(policy)
  return { version: policy.version, document, checksum: checksumOf(policy.version, document) }
}

export const isIntact = ({ version, document, checksum }: StoredPolicy): boolean =>
  checksumOf(version, document) === checksum

/** The policy as it was written, null when it is no longer that. */
export function readPolicy(stored: StoredPolicy): GlobalPolicy | null {
  return isIntact(stored) ? (JSON.parse(stored.document) as GlobalPolicy) : null
}
