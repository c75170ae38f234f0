/** Times and spans as text. Times are local, with UTC on hover; spans are short words. Pure but for the local zone. */
const two = (value: number): string => String(value).padStart(2, '0')

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `14:04:31` */
export const localClock = (at: number): string => {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** `14:04` */
export const localMinute = (at: number): string => localClock(at).slice(0, 5)

/** `18 Sep 14:04:31` */
export const localDateTime = (at: number): string => `${localDay(at)} ${localClock(at)}`

/** `18 Sep` */
export const localDay = (at: number): string => {
  const date = new Date(at)
  return `${date.getDate()} ${MONTHS[date.getMonth()] ?? ''}`
}

/** `12:04:31` */
export const utcClock = (at: number): string => new Date(at).toISOString().slice(11, 19)

/** `2026-09-18 12:04:31 UTC` */
export const utcText = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A span in its two largest units: `0.2 s`, `19 s`, `25 m 29 s`, `2 h 06 m`, `6 d 4 h`. */
export function formatSpan(ms: number): string {
  const span = Math.max(0, ms)
  if (span < 10 * SECOND) return `${(span / SECOND).toFixed(1)}\u202Fs`
  if (span < MINUTE) return `${Math.floor(span / SECOND)}\u202Fs`
  if (span < HOUR) return `${Math.floor(span / MINUTE)}\u202Fm ${two(Math.floor((span % MINUTE) / SECOND))}\u202Fs`
  if (span < DAY) return `${Math.floor(span / HOUR)}\u202Fh ${two(Math.floor((span % HOUR) / MINUTE))}\u202Fm`
  return `${Math.floor(span / DAY)}\u202Fd ${Math.floor((span % DAY) / HOUR)}\u202Fh`
}
