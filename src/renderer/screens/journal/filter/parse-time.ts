/** Spans and moments as they are typed: `30m`, `2h`, `7d`; `10:30`, `2026-11-20`, `2026-11-20T10:30`. Pure but for the local zone. */
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** ms; null: not a span */
export function parseSpan(text: string): number | null {
  const [, count, unit] = /^(\d{1,5})([smhdw])$/i.exec(text) ?? []
  const ms = Number(count) * (UNITS[unit?.toLowerCase() ?? ''] ?? Number.NaN)
  return ms > 0 ? ms : null
}

/** Epoch ms; without a date it is the latest such time at or before `now`, without a zone it is local. null: not a time */
export function parseMoment(text: string, now: number): number | null {
  const [, hours, minutes, seconds = '0'] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text) ?? []
  if (hours !== undefined && minutes !== undefined) {
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
    const date = new Date(now)
    date.setHours(Number(hours), Number(minutes), Number(seconds), 0)
    if (date.getTime() > now) date.setDate(date.getDate() - 1)
    return date.getTime()
  }
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text)) return null
  const ms = Date.parse(text.includes('T') ? text : `${text}T00:00`)
  return Number.isNaN(ms) ? null : ms
}
