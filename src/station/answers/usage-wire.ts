/** What is used of the limits as the contract tells it. */
import type { Usage as Told } from '../../contract/usage.ts'
import type { Usage } from '../usage.ts'
import { iso } from './wire-values.ts'

export const usageWire = (usage: Usage): Told => ({
  at: iso(usage.at),
  day_profit: usage.dayProfit,
  day_return: usage.dayReturn,
  total_return: usage.totalReturn,
  equity_high_today: usage.equityHighToday,
  slots: usage.slots,
  resting_entries: usage.restingEntries,
  entries_today: usage.entriesToday,
  largest_risk: usage.largestRisk,
  highest_leverage: usage.highestLeverage,
  largest_position: usage.largestPosition,
  position_cap: usage.positionCap,
  drawdown: usage.drawdown,
  emergency_drawdown: usage.emergencyDrawdown,
  gross_exposure: usage.grossExposure,
  largest_exposure: usage.largestExposure,
  heat_usd: usage.heatUsd,
  heat: usage.heat,
  heat_limit: usage.heatLimit,
  unprotected_seconds: usage.unprotectedSeconds,
})
