/** Maintenance brackets from their steps alone, as the exchange builds them (BINANCE.md: maintenance = notional × rate − cum). */
import type { LeverageBracket } from './market.ts'

/** One step: up to this notional (USDT), this maintenance rate, this highest leverage. */
export type LadderStep = readonly [notionalCap: number, maintenanceRate: number, maxLeverage: number]

/** `cum` makes the maintenance margin continuous from one bracket to the next. Steps ascend by cap. */
export function leverageLadder(steps: readonly LadderStep[]): readonly LeverageBracket[] {
  let notionalFloor = 0
  let rateBelow = 0
  let cum = 0
  return steps.map(([notionalCap, maintenanceRate, maxLeverage]) => {
    cum += notionalFloor * (maintenanceRate - rateBelow)
    const bracket = { notionalFloor, notionalCap, maintenanceRate, cum: Math.round(cum * 1e8) / 1e8, maxLeverage }
    notionalFloor = notionalCap
    rateBelow = maintenanceRate
    return bracket
  })
}
