/**
 * What a restored database keeps of the policy it replaces (SPEC §1.6): a backup releases no kill switch and moves no
 * pin, and version numbers never go back.
 */
import { stableId } from '../../core/model/ids.ts'
import type { Emergency, GlobalPolicy } from '../../core/policy/policy.ts'
import type { FieldChange, PolicyVersion } from '../../core/ports/policy-shelf.ts'

/** The policy in force before; `unreadable`: there was one, and nobody can tell what it held. */
export type Replaced = GlobalPolicy | 'unreadable'

function emergencyOf(restored: GlobalPolicy, replaced: Replaced, now: number): Emergency | null {
  if (replaced !== 'unreadable') return replaced.emergency ?? restored.emergency
  const reason = 'a backup was restored over a database whose policy could not be read'
  return restored.emergency ?? { id: stableId('emergency', 'restore', now), engagedAt: now, by: 'user', reason }
}

/** The version to append after a restore; `now` in epoch ms. */
export function policyAfterRestore(restored: GlobalPolicy, replaced: Replaced, now: number): PolicyVersion {
  const held = {
    emergency: emergencyOf(restored, replaced, now),
    pin: replaced === 'unreadable' ? restored.pin : replaced.pin,
  }
  const before = Math.max(restored.version, replaced === 'unreadable' ? 0 : replaced.version)
  const changes = (['emergency', 'pin'] as const)
    .filter((path) => JSON.stringify(held[path]) !== JSON.stringify(restored[path]))
    .map((path): FieldChange => ({ path, from: restored[path], to: held[path] }))
  const reason = `restored from a backup of version ${restored.version}`
  const policy = { ...restored, ...held, version: before + 1, updatedAt: now, updatedBy: 'user', reason } as const
  return { policy, changes, traceId: stableId('restore', now), rankingOnly: false }
}
