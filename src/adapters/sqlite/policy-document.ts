/** A policy as text with its checksum: a bit that flipped is noticed. */
import { hash } from 'node:crypto'

import type { GlobalPolicy } from '../../core/policy/policy.ts'

export interface StoredPolicy {
  readonly version: number
  readonly document: string
  readonly checksum: string
}

const checksumOf = (version: number, document: string): string => hash('sha256', `${version}:${document}`)

export function storedPolicy(policy: GlobalPolicy): StoredPolicy {
  const document = JSON.stringify(policy)
  return { version: policy.version, document, checksum: checksumOf(policy.version, document) }
}

export const isIntact = ({ version, document, checksum }: StoredPolicy): boolean =>
  checksumOf(version, document) === checksum

/** The policy as it was written, null when it is no longer that. */
export function readPolicy(stored: StoredPolicy): GlobalPolicy | null {
  return isIntact(stored) ? (JSON.parse(stored.document) as GlobalPolicy) : null
}
