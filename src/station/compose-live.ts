/** What must be so before real money is traded: everything that is missing is said at once (SPEC §10). */
import type { SqliteSettingsShelf } from '../adapters/sqlite/settings-shelf.ts'
import type { GlobalPolicy } from '../core/policy/policy.ts'

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
