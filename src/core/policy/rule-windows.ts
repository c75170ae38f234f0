/** When the user's rules speak: windows of the day in UTC, and the volatility of the whole market (SPEC §2). */
import type { Volatility } from '../model/regime.ts'
import type { PolicyRules, RiskMode, TimeRule, VolatilityRule } from './policy.ts'
import { isLooserMode } from './risk-mode.ts'

/** Epoch ms, from the first instant up to but not including the last. */
export interface RuleWindow {
  readonly from: number
  readonly until: number
}

/** A rule whose window is open or whose condition holds. */
export interface OpenRule {
  readonly name: string
  readonly mode: RiskMode
  /** epoch ms at which its window opened and will close; null: a condition opens and closes it */
  readonly from: number | null
  readonly until: number | null
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const MINUTES_PER_DAY = 1440
const DAYS_PER_WEEK = 7
/** 1 January 1970 was a Thursday */
const FIRST_WEEKDAY = 4

/** The window that begins on a day (days since 1970), or null on a weekday the rule does not name. */
function windowOfDay(rule: TimeRule, day: number): RuleWindow | null {
  const weekday = (((day + FIRST_WEEKDAY) % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK
  if (!rule.days.includes(weekday)) return null
  // an end at or before the beginning is one of the next day; equal: a whole day
  const minutes = (rule.toMinute - rule.fromMinute + MINUTES_PER_DAY) % MINUTES_PER_DAY || MINUTES_PER_DAY
  const from = day * DAY_MS + rule.fromMinute * MINUTE_MS
  return { from, until: from + minutes * MINUTE_MS }
}

/** The window open at `now`; null when there is none. Whether the rule is enabled does not matter here. */
export function windowAt(rule: TimeRule, now: number): RuleWindow | null {
  const today = Math.floor(now / DAY_MS)
  for (const day of [today - 1, today]) {
    const window = windowOfDay(rule, day)
    if (window !== null && window.from <= now && now < window.until) return window
  }
  return null
}

/** The first window that begins after `now`; null for a rule that names no day. */
export function nextWindow(rule: TimeRule, now: number): RuleWindow | null {
  const today = Math.floor(now / DAY_MS)
  for (let day = today - 1; day <= today + DAYS_PER_WEEK; day++) {
    const window = windowOfDay(rule, day)
    if (window !== null && window.from > now) return window
  }
  return null
}

/** From calm to wild; a rule speaks at its class and above. */
const WILDNESS: readonly Volatility[] = ['LOW', 'NORMAL', 'HIGH', 'EXTREME']

/** An unknown volatility is no condition that holds. */
export function holds(rule: VolatilityRule, volatility: Volatility | null): boolean {
  return volatility !== null && WILDNESS.indexOf(volatility) >= WILDNESS.indexOf(rule.atLeast)
}

type Rules = Pick<PolicyRules, 'timeRules' | 'volatilityRules'>

/** Every enabled rule that is open now, in the order in which they are written. */
export function openRules(rules: Rules, now: number, volatility: Volatility | null): OpenRule[] {
  const open: OpenRule[] = []
  for (const rule of rules.timeRules) {
    const window = rule.enabled ? windowAt(rule, now) : null
    if (window !== null) open.push({ name: rule.name, mode: rule.mode, ...window })
  }
  for (const rule of rules.volatilityRules)
    if (rule.enabled && holds(rule, volatility))
      open.push({ name: rule.name, mode: rule.mode, from: null, until: null })
  return open
}

/** The rule that speaks: of those open the one with the tightest mode; of equals the one written first. */
export function speakingRule(open: readonly OpenRule[]): OpenRule | null {
  return open.reduce<OpenRule | null>(
    (tightest, rule) => (tightest === null || isLooserMode(tightest.mode, rule.mode) ? rule : tightest),
    null,
  )
}

/** The next instant at which a window of an enabled rule begins or ends; null when none ever does. */
export function nextBoundary({ timeRules }: Pick<Rules, 'timeRules'>, now: number): number | null {
  let next: number | null = null
  for (const rule of timeRules) {
    if (!rule.enabled) continue
    for (const at of [windowAt(rule, now)?.until, nextWindow(rule, now)?.from])
      if (at !== undefined && (next === null || at < next)) next = at
  }
  return next
}
