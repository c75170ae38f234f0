/** Rules that set a mode, in words: their days, their hours, what they do now and when they speak next. Pure. */
import type { ModeRulesAnswer } from '../../../contract/policy-shapes.ts'
import type { PolicyRules } from '../../../contract/rules-shapes.ts'
import { localMinute } from '../../widgets/format-time.ts'

export type TimeRule = PolicyRules['time_rules'][number]
export type VolatilityRule = PolicyRules['volatility_rules'][number]
export type RuleState = ModeRulesAnswer['items'][number]

/** In the order of a week's page; 0 is Sunday. */
export const WEEK: readonly { readonly day: number; readonly name: string }[] = [
  { day: 1, name: 'Mon' },
  { day: 2, name: 'Tue' },
  { day: 3, name: 'Wed' },
  { day: 4, name: 'Thu' },
  { day: 5, name: 'Fri' },
  { day: 6, name: 'Sat' },
  { day: 0, name: 'Sun' },
]

/** `every day`, `Mon to Fri`, `Sat, Sun` */
export function daysText(days: readonly number[]): string {
  const places = WEEK.flatMap(({ day }, place) => (days.includes(day) ? [place] : []))
  if (places.length === 0) return 'no day'
  if (places.length === WEEK.length) return 'every day'
  const [first = 0, last = 0] = [places[0], places.at(-1)]
  const name = (place: number): string => WEEK[place]?.name ?? ''
  const isRun = places.length > 2 && last - first === places.length - 1
  return isRun ? `${name(first)} to ${name(last)}` : places.map(name).join(', ')
}

const MINUTES_PER_DAY = 1440
const two = (value: number): string => String(value).padStart(2, '0')

/** `22:05` of a minute of the day; the last one is 24:00. */
export const minuteText = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

/** Null: not a time of the day. */
export function minuteOf(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text.trim())
  if (match === null) return null
  const minute = Number(match[1]) * 60 + Number(match[2])
  return Number(match[2]) < 60 && minute <= MINUTES_PER_DAY ? minute : null
}

/** `Mon to Fri, 22:00 to 06:00 UTC of the next day` */
export function windowText({
  days,
  from_minute: from,
  to_minute: to,
}: Pick<TimeRule, 'days' | 'from_minute' | 'to_minute'>): string {
  if (from % MINUTES_PER_DAY === to % MINUTES_PER_DAY) return `${daysText(days)}, 24 h from ${minuteText(from)} UTC`
  return `${daysText(days)}, ${minuteText(from)} to ${minuteText(to)} UTC${to <= from ? ' of the next day' : ''}`
}

export const conditionText = ({ at_least: atLeast }: Pick<VolatilityRule, 'at_least'>): string =>
  atLeast === 'EXTREME' ? 'while volatility is extreme' : 'while volatility is high or extreme'

const AT = (instant: string): string => {
  const at = Date.parse(instant)
  return `${localMinute(at)} (${instant.slice(11, 16)} UTC)`
}

const DAY_MS = 86_400_000
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const

/** `speaks until …`, `open, but not heard`, `opens …`, `off`; `now`: the station's clock, epoch ms; a pin hears no rule. */
export function stateText(state: RuleState | undefined, now: number, isPinned = false): string {
  if (state === undefined || !state.enabled) return 'off'
  if (state.speaks) {
    const until = state.until === null ? 'while it holds' : `until ${AT(state.until)}`
    return isPinned ? `asks ${until}; the pin is above it` : `speaks ${until}`
  }
  if (state.is_open) return 'open, but not heard: another word is tighter or later'
  if (state.kind === 'volatility') return 'waits for its condition'
  if (state.next_at === null) return 'names no day'
  const at = Date.parse(state.next_at)
  const day = at - now < DAY_MS ? '' : `${WEEKDAYS[new Date(at).getDay()] ?? ''} `
  return `opens ${day}${AT(state.next_at)}`
}

/** Names must differ: they are the actor in the history. Null: it is well. */
export function nameFault(name: string, others: readonly string[]): string | null {
  const text = name.trim()
  if (text === '') return 'name must not be empty'
  if (text.length > 40) return `name must have at most 40 characters, has ${text.length}`
  return others.includes(text) ? `there is a rule “${text}” already` : null
}
