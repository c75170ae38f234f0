/** Every cause of SPEC §4's table that stands now, each with its numbers and the way out of it. */
import type { GovernorRules } from '../policy/policy.ts'
import type { GovernorInputs } from './inputs.ts'
import type { GovernorLevel } from './levels.ts'
import type { Figures } from './samples.ts'
import { hasClosedSince, losingStreak, type TriggeredStreak } from './streak.ts'
import { clockTime, percent, span } from './words.ts'

export interface Cause {
  /** its code, and what it is about where there may be several: `unprotected:BTCUSDT` */
  readonly key: string
  readonly level: GovernorLevel
  readonly sentence: string
  /** what has to happen for it to end, with its numbers */
  readonly exit: string
  /** it ends at this time by itself, and nothing lingers after it; null: it ends with what it says */
  readonly until: number | null
  /** as an EMERGENCY it closes all positions (SPEC §4) */
  readonly flattens: boolean
  /** how bad it is, as a drawdown: a released cause engages again when this has risen further */
  readonly measure: number
}

export interface CauseContext {
  readonly inputs: GovernorInputs
  readonly rules: GovernorRules
  /** what two samples agree on; null: the account is not known */
  readonly figures: Figures | null
  readonly streak: TriggeredStreak | null
  readonly acknowledgedAt: number
}

/** Drawdowns are quotients of floats: 1 − 0.92 is a little less than 0.08. */
const TOLERANCE = 1e-9
const reaches = (value: number, threshold: number): boolean => value >= threshold - TOLERANCE

const RELEASE = 'a person releases it with the word RELEASE'
const LASTING = { until: null, flattens: false, measure: 0 } as const

/** Whatever engages the kill switch, muted or not. */
export function emergencyCauses(context: CauseContext): readonly Cause[] {
  const { figures, inputs } = context
  const found = figures === null ? [] : emergencyFigures(context, figures)
  return [...found, ...brokenSafety(context, figures?.day ?? 0), ...unwritable(inputs, figures?.day ?? 0)]
}

/** DEFENSIVE, CAUTIOUS and ELEVATED. */
export function tighteningCauses(context: CauseContext): readonly Cause[] {
  const { figures, inputs, rules } = context
  const found = figures === null ? null : dailyDrawdown(figures.day, inputs.maxDailyDrawdown, rules)
  return [...(found === null ? [] : [found]), ...streakCauses(context), ...healthCauses(inputs), ...linkCauses(inputs)]
}

function emergencyFigures({ inputs, rules }: CauseContext, { day, rolling, total, margin }: Figures): Cause[] {
  const limit = rules.emergencyDrawdownMultiple * inputs.maxDailyDrawdownToday
  const limitText = (): string =>
    `limit ${percent(limit)} (${rules.emergencyDrawdownMultiple} × ${percent(inputs.maxDailyDrawdownToday)})`
  const causes: Cause[] = []
  if (reaches(Math.max(day, rolling), limit)) {
    const [fall, from] = reaches(day, limit) ? [day, 'the day’s high'] : [rolling, 'the high of 24 h']
    // both fall together: to a release they are one cause
    causes.push(emergency('drawdown', `down ${percent(fall)} from ${from}, ${limitText()}`, Math.max(day, rolling)))
  }
  if (reaches(total, rules.totalDrawdown)) {
    const text = `down ${percent(total)} from the all-time high, limit ${percent(rules.totalDrawdown)}`
    causes.push(emergency('total_drawdown', text, total))
  }
  if (reaches(margin, rules.marginRatioEmergency)) {
    const symbol = inputs.margin?.symbol ?? ''
    const text = `margin ratio of ${symbol} is ${percent(margin)}, limit ${percent(rules.marginRatioEmergency)}`
    causes.push({ ...emergency(`margin_ratio:${symbol}`, text, day), flattens: true })
  }
  return causes
}

function brokenSafety({ inputs, rules }: CauseContext, day: number): Cause[] {
  const { now, unprotected, link, isExposed } = inputs
  const naked = unprotected.flatMap(({ symbol, since }): Cause[] => {
    if (now - since <= rules.unprotectedMs) return []
    const text = `${symbol} has had no full live stop for ${span(now - since)}, limit ${span(rules.unprotectedMs)}`
    return [{ ...emergency(`unprotected:${symbol}`, text, day), flattens: true }]
  })
  const { downSince } = link
  if (downSince === null || !isExposed || now - downSince <= rules.disconnectedMs) return naked
  const text = `no connection for ${span(now - downSince)} with open positions, limit ${span(rules.disconnectedMs)}`
  return [...naked, emergency('disconnected', text, day)]
}

const unwritable = ({ journalFault }: GovernorInputs, day: number): Cause[] =>
  journalFault === null ? [] : [emergency('journal_unwritable', journalFault, day)]

function emergency(key: string, sentence: string, measure: number): Cause {
  return { key, level: 'EMERGENCY', sentence, exit: RELEASE, until: null, flattens: false, measure }
}

function dailyDrawdown(day: number, max: number, rules: GovernorRules): Cause | null {
  const steps = [
    ['DEFENSIVE', 1],
    ['CAUTIOUS', rules.cautiousShare],
    ['ELEVATED', rules.elevatedShare],
  ] as const
  for (const [level, share] of steps) {
    const limit = share * max
    if (!reaches(day, limit)) continue
    const from = share === 1 ? '' : ` (${share} × ${percent(max)})`
    const sentence = `down ${percent(day)} from the day’s high, ${level} from ${percent(limit)}${from}`
    const exit = `the drawdown of the day is under ${percent(limit)} for ${span(rules.loosenAfterMs)}, at the latest after 00:00 UTC; now ${percent(day)}`
    return { key: 'daily_drawdown', level, sentence, exit, ...LASTING }
  }
  return null
}

function streakCauses({ inputs, rules, streak, acknowledgedAt }: CauseContext): Cause[] {
  const { closings, now } = inputs
  const count = losingStreak(closings, now, acknowledgedAt, rules)
  const causes: Cause[] = []
  const seen = 'or a person acknowledges the streak'
  if (streak !== null && now < streak.until) {
    const sentence = `${rules.defensiveStreak} losing trades in a row at ${clockTime(streak.at, now)}`
    const exit = `it is ${clockTime(streak.until, now)} (${span(streak.until - now)} to go), ${seen}; then CAUTIOUS until the next close`
    causes.push({ ...LASTING, key: 'losing_streak', level: 'DEFENSIVE', sentence, exit, until: streak.until })
  } else if (streak !== null && !hasClosedSince(streak, closings)) {
    const sentence = `${rules.defensiveStreak} losing trades in a row, no trade closed since`
    const exit = `the next trade closes, ${seen}`
    // the close itself is the end: nothing lingers
    causes.push({ ...LASTING, key: 'after_streak', level: 'CAUTIOUS', sentence, exit, until: Infinity })
  }
  if (count >= rules.cautiousStreak) {
    const sentence = `${count} losing trades in a row, CAUTIOUS from ${rules.cautiousStreak}`
    const exit = `a trade wins, fewer than ${rules.cautiousStreak} of them are of the last ${span(rules.streakWindowMs)}, ${seen}; then ${span(rules.loosenAfterMs)}`
    causes.push({ ...LASTING, key: 'losing_streak', level: 'CAUTIOUS', sentence, exit })
  }
  return causes
}

function healthCauses({ health }: GovernorInputs): Cause[] {
  if (health.status === 'HEALTHY') return []
  const level = health.status === 'CRITICAL' ? 'DEFENSIVE' : 'CAUTIOUS'
  const sentence = `system health is ${health.status}: ${health.detail}`
  const better = level === 'DEFENSIVE' ? 'no longer CRITICAL' : 'HEALTHY'
  return [{ key: 'health', level, sentence, exit: `system health is ${better}; now ${health.detail}`, ...LASTING }]
}

function linkCauses({ link, now }: GovernorInputs): Cause[] {
  const { downSince, isReconciled } = link
  if (downSince === null && isReconciled) return []
  const sentence =
    downSince === null
      ? 'the connection is back, books and venue are not reconciled yet'
      : `no connection to the venue since ${clockTime(downSince, now)}`
  const exit = 'the connection is back, and books and venue are reconciled'
  return [{ key: 'connection', level: 'DEFENSIVE', sentence, exit, ...LASTING }]
}
