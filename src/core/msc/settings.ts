/** When the Meta Strategy Controller itself is worth an alert, and how time should divide among the modes (SPEC §5). */
export const MSC_WATCH_SETTINGS = {
  /** no successful run for this many intervals … */
  lateIntervals: 2,
  /** … and this many minutes */
  lateMinutes: 5,
  /** hours in mode DEFENSIVE */
  defensiveWarningHours: 24,
  defensiveCriticalHours: 72,
  /** share of failed runs of the last 24 h, fraction */
  failedShare: 0.1,
  modeChangesPerHour: 5,
  /** share of the entry signals of an hour that were dropped or denied, fraction … */
  blockedShare: 0.5,
  /** … of at least so many */
  blockedSignals: 20,
  /** days over which time per mode is told */
  shareDays: 7,
  /** time in each mode should be between these, fractions */
  defensiveShareFrom: 0,
  defensiveShareTo: 0.2,
  normalShareFrom: 0.6,
  normalShareTo: 0.7,
  aggressiveShareFrom: 0.1,
  aggressiveShareTo: 0.2,
}

export type MscWatchSettings = Readonly<typeof MSC_WATCH_SETTINGS>
