/** What must be so before real money is traded: everything that is missing is said at once (SPEC §10). */
import type { SqliteSettingsShelf } from '../adapters/sqlite/settings-shelf.ts'
import type { GlobalPolicy } from '../core/policy/policy.ts'
import type { Arrival } from './place-desk.ts'
import type { PolicyStore } from './policy-store.ts'

/** when a person typed the words, ISO-8601 */
export const LIVE_CONFIRMED = 'live_confirmed'

/** @throws naming everything that is missing */
export function requireLive(policy: GlobalPolicy, settings: SqliteSettingsShelf): void {
  const missing = missingForLive(policy, settings)
  if (missing.length > 0) throw new Error(['real money is not traded yet:', ...missing].join('\n  '))
}

function missingForLive({ rules }: GlobalPolicy, settings: SqliteSettingsShelf): readonly string[] {
  const { maxOrderNotionalUsd, maxDailyLossUsd } = rules.guard
  return [
    ...(maxOrderNotionalUsd === null ? ['the largest order is not set (guard.max_order_notional_usd, USDT)'] : []),
    ...(maxDailyLossUsd === null ? ['the largest loss of a day is not set (guard.max_daily_loss_usd, USDT)'] : []),
    ...(settings.get(LIVE_CONFIRMED) === null
      ? ['nobody has confirmed that real money may be traded from this folder (signalbox go-live)']
      : []),
  ]
}

/**
 * What a person said on the way to this place becomes its own: limits are written to its policy, the words to its folder.
 * @throws with a sentence when the policy does not take the limits
 */
export function takeArrival(arrival: Arrival, policy: PolicyStore, settings: SqliteSettingsShelf, now: number): void {
  if (arrival.isConfirmed) settings.set(LIVE_CONFIRMED, new Date(now).toISOString())
  const { guard } = policy.current.rules
  const patch = Object.fromEntries(
    Object.entries(arrival.limits).filter(
      ([name, limit]) => limit !== null && limit !== guard[name as keyof typeof arrival.limits],
    ),
  )
  if (Object.keys(patch).length === 0) return
  const reason = arrival.reason ?? 'set on the way to this place'
  const result = policy.changeRules({ guard: patch }, { actor: arrival.by, reason })
  if (result.outcome === 'invalid')
    throw new Error(result.fields.map(({ path, message }) => `${path} ${message}`).join('; '))
}
