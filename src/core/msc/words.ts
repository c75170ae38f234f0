/** Figures as sentences quote them. */

const DIGITS = 3

/** At most three digits behind the point, none that say nothing. */
export const shown = (value: number): string => String(Number(value.toFixed(DIGITS)) + 0)

export const isoOf = (at: number): string => new Date(at).toISOString()
