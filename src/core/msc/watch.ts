/** Whether the Meta Strategy Controller does what it should: its alerts, and the share of time per mode (SPEC §5 Alerts). */
import { RISK_MODES, type RiskMode } from '../policy/policy.ts'
import type { MscWatchSettings } from './settings.ts'
import { shown } from './words.ts'

export interface WatchFigures {
  readonly now: number
  readonly intervalMs: number
  /** of the last run that succeeded, or since when one is waited for; epoch ms */
  readonly lastSuccessAt: number
  /** null: in another mode */
  readonly defensiveSince: number | null
  /** null: no run has selected any yet */
  readonly selectedStrategies: number | null
  readonly runs24h: number
  readonly failed24h: number
  readonly modeChanges1h: number
  /** entry signals, and how many of them were dropped or denied */
  readonly signals1h: number
  readonly blocked1h: number
}

export interface WatchAlarm {
  readonly code: string
  readonly severity: 'warning' | 'critical'
  readonly isWrong: boolean
  readonly message: string
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const PERCENT = 100

export const isLate = (
  figures: Pick<WatchFigures, 'now' | 'intervalMs' | 'lastSuccessAt'>,
  by: MscWatchSettings,
): boolean => figures.now - figures.lastSuccessAt > by.lateIntervals * figures.intervalMs + by.lateMinutes * MINUTE_MS

function defensiveAlarm({ now, defensiveSince }: WatchFigures, settings: MscWatchSettings): WatchAlarm {
  const hours = defensiveSince === null ? 0 : (now - defensiveSince) / HOUR_MS
  const isCritical = hours > settings.defensiveCriticalHours
  const limit = isCritical ? settings.defensiveCriticalHours : settings.defensiveWarningHours
  return {
    code: 'msc_long_defensive',
    severity: isCritical ? 'critical' : 'warning',
    isWrong: hours > settings.defensiveWarningHours,
    message: `mode DEFENSIVE for more than ${shown(limit)} hours`,
  }
}

const share = (part: number, whole: number): string => `${shown((PERCENT * part) / Math.max(whole, 1))} %`

/** Every alarm, standing or not. */
export function watchAlarms(figures: WatchFigures, settings: MscWatchSettings): readonly WatchAlarm[] {
  const { runs24h, failed24h, modeChanges1h, signals1h, blocked1h } = figures
  return [
    {
      code: 'msc_silent',
      severity: 'critical',
      isWrong: isLate(figures, settings),
      message: `no successful evaluation since ${new Date(figures.lastSuccessAt).toISOString()}`,
    },
    defensiveAlarm(figures, settings),
    {
      code: 'msc_no_strategies',
      severity: 'critical',
      isWrong: figures.selectedStrategies === 0,
      message: 'every strategy is filtered out: nothing may trade',
    },
    {
      code: 'msc_failing',
      severity: 'warning',
      isWrong: failed24h > settings.failedShare * runs24h,
      message: `${failed24h} of ${runs24h} evaluations of the last 24 hours failed (${share(failed24h, runs24h)})`,
    },
    {
      code: 'msc_flapping',
      severity: 'warning',
      isWrong: modeChanges1h > settings.modeChangesPerHour,
      message: `the mode changed ${modeChanges1h} times within an hour`,
    },
    {
      code: 'signals_blocked',
      severity: 'warning',
      isWrong: signals1h >= settings.blockedSignals && blocked1h > settings.blockedShare * signals1h,
      message: `${blocked1h} of ${signals1h} signals of the last hour were blocked (${share(blocked1h, signals1h)})`,
    },
  ]
}

/** A mode from an instant on. */
export interface ModeSpan {
  /** epoch ms */
  readonly from: number
  readonly mode: RiskMode
}

export interface ModeShare {
  readonly mode: RiskMode
  /** fraction of the time */
  readonly share: number
  readonly targetFrom: number
  readonly targetTo: number
}

const targetsOf = (settings: MscWatchSettings): Readonly<Record<RiskMode, readonly [number, number]>> => ({
  DEFENSIVE: [settings.defensiveShareFrom, settings.defensiveShareTo],
  NORMAL: [settings.normalShareFrom, settings.normalShareTo],
  AGGRESSIVE: [settings.aggressiveShareFrom, settings.aggressiveShareTo],
})

/** Of the time from `since` to `now`; spans are in order of time, each lasts to the next. */
export function modeShares(
  spans: readonly ModeSpan[],
  window: { readonly since: number; readonly now: number },
  settings: MscWatchSettings,
): readonly ModeShare[] {
  const lasted: Record<RiskMode, number> = { DEFENSIVE: 0, NORMAL: 0, AGGRESSIVE: 0 }
  spans.forEach(({ from, mode }, index) => {
    const until = Math.min(spans[index + 1]?.from ?? window.now, window.now)
    lasted[mode] += Math.max(0, until - Math.max(from, window.since))
  })
  const whole = RISK_MODES.reduce((sum, mode) => sum + lasted[mode], 0)
  const targets = targetsOf(settings)
  return RISK_MODES.map((mode) => {
    const [targetFrom, targetTo] = targets[mode]
    return { mode, share: whole === 0 ? 0 : lasted[mode] / whole, targetFrom, targetTo }
  })
}
