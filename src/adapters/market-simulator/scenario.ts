/** What a scenario plants into the prices of every symbol; without one there is no drift anywhere. */
import { intervalMs } from '../../core/model/interval.ts'
import type { MarketSimulatorSettings } from './settings.ts'

const MINUTE_MS = intervalMs('1m')
const DAY_MS = intervalMs('1d')

/** Log return planted into the minute that opens at `time`. */
export function plantedDrift(settings: MarketSimulatorSettings, startAt: number, time: number): number {
  const sinceStart = time - startAt
  if (settings.scenario === 'none' || sinceStart < 0) return 0
  if (settings.scenario === 'trend') {
    const up = Math.floor(sinceStart / (settings.trendDays * DAY_MS)) % 2 === 0
    return ((up ? 1 : -1) * settings.trendPerDay * MINUTE_MS) / DAY_MS
  }
  const minute = sinceStart / MINUTE_MS - settings.crashAfterMinutes
  const crashing = minute >= 0 && minute < settings.crashMinutes
  return crashing ? Math.log1p(-settings.crashDepth) / settings.crashMinutes : 0
}

/** What the label must say about it. */
export function scenarioLabel(settings: MarketSimulatorSettings): string {
  if (settings.scenario === 'none') return ''
  if (settings.scenario === 'trend') {
    return `, with planted trends of ${settings.trendPerDay * 100} % a day that turn every ${settings.trendDays} days`
  }
  return `, with a planted crash of −${settings.crashDepth * 100} % ${settings.crashAfterMinutes} min after its start`
}
