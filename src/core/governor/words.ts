/** Figures of the governor in the trader's language. */
const DIGITS = 3
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

export const percent = (fraction: number): string => `${String(Number((fraction * 100).toPrecision(DIGITS)))} %`

/** `12:34 UTC`, and the day before it when it is another one than that of `now`. */
export function clockTime(at: number, now: number): string {
  const text = new Date(at).toISOString()
  const day = text.slice(0, 10) === new Date(now).toISOString().slice(0, 10) ? '' : `${text.slice(0, 10)} `
  return `${day}${text.slice(11, 16)} UTC`
}

/** `40 s`, `12 min`, `4 h`: the largest unit it is at least two of, whole where it is. */
export function span(ms: number): string {
  if (ms >= 2 * HOUR_MS) return `${String(Number((ms / HOUR_MS).toFixed(1)))} h`
  if (ms >= 2 * MINUTE_MS) return `${String(Number((ms / MINUTE_MS).toFixed(1)))} min`
  return `${String(Math.round(ms / 1000))} s`
}
