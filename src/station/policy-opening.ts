/** The policy a station starts with: the stored one, the last good one, or a new one; when in doubt no new risk (SPEC §1). */
import { stableId, traceIdOf } from '../core/model/ids.ts'
import { changePolicy } from '../core/policy/change.ts'
import { firstPolicy, INITIAL_POLICY, type InitialPolicy } from '../core/policy/initial-policy.ts'
import { nextVersion } from '../core/policy/next-version.ts'
import type { Emergency, GlobalPolicy } from '../core/policy/policy.ts'
import { readPolicy } from '../core/policy/schema.ts'
import type { PolicyShelf, PolicyVersion } from '../core/ports/policy-shelf.ts'
import { versionOf } from './policy-snapshots.ts'

export interface OpeningDeps {
  readonly shelf: PolicyShelf
  readonly now: () => number
  readonly initial: InitialPolicy
  /** whether the exchange holds positions of the account; a throw counts as yes */
  readonly exposed: () => boolean
}

/** Where the policy came from: anything but `new` and `current` is worth a critical alert. */
export type PolicyOrigin = 'new' | 'current' | 'history' | 'defaults'

export interface OpenedPolicy {
  readonly policy: GlobalPolicy
  readonly origin: PolicyOrigin
  /** in force, but the shelf would not take them */
  readonly unstored: readonly PolicyVersion[]
}

const emergencyBy = (reason: string, at: number): Emergency => ({
  id: stableId('emergency', reason, at),
  engagedAt: at,
  by: 'governor',
  reason,
})

function isExposed(exposed: () => boolean): boolean {
  try {
    return exposed()
  } catch {
    return true
  }
}

const asVersion = (policy: GlobalPolicy): PolicyVersion => ({
  policy,
  changes: [],
  traceId: traceIdOf('policy', policy.version, policy.updatedAt),
  rankingOnly: false,
})

function openNew({ shelf, now, initial, exposed }: OpeningDeps): OpenedPolicy {
  const at = now()
  const found = 'new database, open positions at the exchange'
  const emergency = isExposed(exposed) ? emergencyBy(found, at) : null
  const policy = firstPolicy(initial, { at, reason: 'first start', emergency })
  shelf.commit(asVersion(policy))
  return { policy, origin: 'new', unstored: [] }
}

const MOST_VERSIONS_SEARCHED = 1000

/** The newest policy before `version` that may be trusted; damaged ones are passed over. */
function lastGood(shelf: PolicyShelf, version: number): GlobalPolicy | null {
  const oldest = Math.max(1, version - MOST_VERSIONS_SEARCHED)
  for (let older = version - 1; older >= oldest; older--) {
    try {
      const policy = readPolicy(shelf.version(older)?.policy)
      if (policy !== null) return policy
    } catch {
      continue
    }
  }
  return null
}

interface Recovery {
  readonly at: number
  readonly reason: string
  /** no later version is known to be lost */
  readonly isNewest: boolean
}

/** Doubling steps pass any number of unreadable versions whose numbers are taken. */
const RECOVERY_STEPS = 40

/**
 * Stores a recovered policy under the next free number. When `policy` was not the newest (later ones are lost, and one of
 * them may have engaged the emergency) it comes back with the emergency engaged.
 */
function recommit(shelf: PolicyShelf, policy: GlobalPolicy, { at, reason, isNewest }: Recovery): OpenedPolicy {
  const lost = emergencyBy('policy recovered, later versions are lost', at)
  let last: PolicyVersion | null = null
  for (let step = 0; step < RECOVERY_STEPS; step++) {
    const nothingLost = step === 0 && isNewest
    const fields = nothingLost ? {} : { emergency: policy.emergency ?? lost }
    const base = { ...policy, version: policy.version + 2 ** step - 1 }
    last = versionOf(base, { fields }, { actor: 'governor', reason, at, traceId: undefined })
    try {
      shelf.commit(last)
      return { policy: last.policy, origin: 'history', unstored: [] }
    } catch {
      continue
    }
  }
  return { policy: last?.policy ?? policy, origin: 'history', unstored: last === null ? [] : [last] }
}

/** Nothing readable: NORMAL defaults, nothing new until a person releases the emergency. */
function openDefaults({ shelf, now, initial }: OpeningDeps): OpenedPolicy {
  const at = now()
  const { maxOrderNotionalUsd, maxDailyLossUsd, environmentMode } = initial
  const kept = { ...INITIAL_POLICY, maxOrderNotionalUsd, maxDailyLossUsd, environmentMode }
  const emergency = emergencyBy('the policy was unreadable and so was its history', at)
  const policy = firstPolicy(kept, { at, reason: emergency.reason, emergency })
  return { ...recommit(shelf, policy, { at, reason: emergency.reason, isNewest: false }), origin: 'defaults' }
}

/** At a start only a changed mode of the environment speaks. */
function withEnvironment(policy: GlobalPolicy, deps: OpeningDeps): PolicyVersion | null {
  const { environmentMode } = deps.initial
  if (environmentMode === (policy.environmentMode ?? null)) return null
  const at = deps.now()
  if (environmentMode === null) {
    const stamp = { actor: 'env', at, reason: 'the environment names no mode any more' } as const
    return { ...asVersion(policy), ...nextVersion(policy, { fields: { environmentMode } }, stamp) }
  }
  const stamp = { actor: 'env', at, reason: `the environment asks for ${environmentMode}`, traceId: undefined } as const
  const change = changePolicy(policy, { riskMode: environmentMode }, { actor: 'env', now: at })
  if (change.outcome !== 'changed') return null
  const { edit } = change
  return versionOf(policy, { ...edit, fields: { ...edit.fields, environmentMode } }, stamp)
}

function openStored(deps: OpeningDeps): OpenedPolicy {
  const { shelf, now } = deps
  const loaded = shelf.load()
  if (loaded === undefined) return openNew(deps)
  if (loaded === 'unreadable') return openDefaults(deps)
  const policy = readPolicy(loaded.policy)
  if (policy !== null && loaded.recoveredFrom === 'current') return { policy, origin: 'current', unstored: [] }
  const at = now()
  const reason = 'recovered from history: the current policy was unreadable'
  if (policy !== null) return recommit(shelf, policy, { at, reason, isNewest: true })
  const older = lastGood(shelf, loaded.policy.version)
  return older === null ? openDefaults(deps) : recommit(shelf, older, { at, reason, isNewest: false })
}

/** Reads or makes the policy of this start. @throws what the shelf throws when a new policy cannot be stored */
export function openPolicy(deps: OpeningDeps): OpenedPolicy {
  const opened = openStored(deps)
  const switched = opened.unstored.length === 0 ? withEnvironment(opened.policy, deps) : null
  if (switched === null) return opened
  deps.shelf.commit(switched)
  return { ...opened, policy: switched.policy }
}
