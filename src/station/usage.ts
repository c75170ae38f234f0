import type { AccountState } from '../core/model/position.ts'
/** How much of each limit is used now: the same sums that the risk guard holds against the limits (SPEC §3, 10–14). */
import type { LimitSource } from '../core/model/refusal.ts'
import { sizeCapUsd } from '../core/policy/effective.ts'
import type { EffectiveLimits, GlobalPolicy, Limit } from '../core/policy/policy.ts'
import type { ReservedTotals } from '../core/risk-guard/claim.ts'
import type { GuardPosition } from '../core/risk-guard/context.ts'
import { ruleSource } from '../core/risk-guard/verdict.ts'

export interface LargestOf {
  readonly symbol: string
  readonly value: number
}

/** Money in USDT, fractions of the net value; see the contract's `Usage` for each field. */
export interface Usage {
  readonly at: number
  readonly dayProfit: number
  readonly dayReturn: number
  readonly totalReturn: number
  readonly equityHighToday: number
  readonly slots: number
  readonly restingEntries: number
  readonly entriesToday: number
  readonly largestRisk: LargestOf | null
  readonly highestLeverage: LargestOf | null
  readonly largestPosition: LargestOf | null
  readonly positionCap: Limit<number>
  readonly drawdown: number
  readonly emergencyDrawdown: number
  readonly grossExposure: number
  readonly largestExposure: LargestOf | null
  readonly heatUsd: number
  readonly heat: number
  readonly heatLimit: Limit<number>
  readonly unprotectedSeconds: number
}

export interface UsageInputs {
  readonly policy: GlobalPolicy
  readonly limits: EffectiveLimits
  readonly account: AccountState
  /** unit price at 00:00 UTC */
  readonly navAtDayStart: number
  readonly positions: readonly GuardPosition[]
  readonly reserved: ReservedTotals
  readonly filledToday: ReadonlySet<string>
  readonly unprotectedSeconds: number
}

/** A new account's unit is worth one. */
const FIRST_NAV = 1

export function usageOf(inputs: UsageInputs): Usage {
  const { policy, limits, account, navAtDayStart, positions, reserved, filledToday, unprotectedSeconds } = inputs
  const equity = account.equity.toNumber()
  const units = account.units.toNumber()
  const share = (usd: number): number => (equity > 0 ? usd / equity : 0)
  const { claims } = reserved
  const open = new Set(positions.map(({ symbol }) => symbol))
  const heatUsd = positions.reduce((sum, each) => sum + each.lossAtStop, 0) + reserved.heatLong + reserved.heatShort
  const risk = largest(positions, ({ entryLoss }) => entryLoss)
  const bySymbol = notionals(positions, reserved)
  const gross = bySymbol.reduce((sum, { value }) => sum + value, 0)
  const exposure = largest(bySymbol, ({ value }) => value)
  return {
    at: account.at,
    dayProfit: (account.nav - navAtDayStart) * units,
    dayReturn: navAtDayStart > 0 ? account.nav / navAtDayStart - 1 : 0,
    totalReturn: account.nav / FIRST_NAV - 1,
    equityHighToday: account.navHighToday * units,
    slots: new Set([...open, ...claims.map(({ symbol }) => symbol)]).size,
    restingEntries: claims.filter(({ symbol }) => !open.has(symbol)).length,
    entriesToday: filledToday.size + claims.filter(({ intentId }) => !filledToday.has(intentId)).length,
    largestRisk: risk && { ...risk, value: share(risk.value) },
    highestLeverage: largest(positions, ({ leverage }) => leverage),
    largestPosition: largest(
      [
        ...positions.map(({ symbol, entryNotional }) => ({ symbol, value: entryNotional })),
        ...claims.map(({ symbol, notional }) => ({ symbol, value: notional })),
      ],
      ({ value }) => value,
    ),
    positionCap: sizeCapUsd(limits, equity, policy.rules.guard.smallAccountUsd),
    drawdown: account.drawdown,
    emergencyDrawdown: limits.maxDailyDrawdown.value * policy.rules.governor.emergencyDrawdownMultiple,
    grossExposure: share(gross),
    largestExposure: exposure && { ...exposure, value: share(exposure.value) },
    heatUsd,
    heat: share(heatUsd),
    heatLimit: heatLimit(policy, limits, account.drawdown),
    unprotectedSeconds,
  }
}

function largest<Row extends { readonly symbol: string }>(
  rows: readonly Row[],
  of: (row: Row) => number,
): LargestOf | null {
  let found: LargestOf | null = null
  for (const row of rows) {
    const value = of(row)
    if (found === null || value > found.value) found = { symbol: row.symbol, value }
  }
  return found
}

/** Open and resting notional of each symbol. */
function notionals(positions: readonly GuardPosition[], { claims }: ReservedTotals): LargestOf[] {
  const sums = new Map<string, number>()
  for (const { symbol, notional } of [...positions, ...claims]) sums.set(symbol, (sums.get(symbol) ?? 0) + notional)
  return [...sums].map(([symbol, value]) => ({ symbol, value }))
}

/** What the drawdown of the day leaves, or the rule, whichever is less. */
function heatLimit(policy: GlobalPolicy, limits: EffectiveLimits, drawdown: number): Limit<number> {
  const { maxHeat } = policy.rules.guard
  const left = Math.max(0, limits.maxDailyDrawdown.value - drawdown)
  const source: LimitSource = left < maxHeat ? limits.maxDailyDrawdown.source : ruleSource(policy, 'maxHeat')
  return { value: Math.min(maxHeat, left), source }
}
