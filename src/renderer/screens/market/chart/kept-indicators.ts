/** Which indicators are on, remembered by this browser. */
import { INDICATORS, type Indicator } from './indicators.ts'

const KEPT_AS = 'signalbox.chart.indicators'

export function keptIndicators(): readonly Indicator[] {
  const kept = localStorage.getItem(KEPT_AS)?.split(',') ?? []
  return INDICATORS.filter((indicator) => kept.includes(indicator))
}

export const keepIndicators = (shown: readonly Indicator[]): void => localStorage.setItem(KEPT_AS, shown.join(','))
