/** How long to wait before the next attempt: doubling, capped, spread so that many screens do not come at once. */
const FIRST_MS = 400
const MOST_MS = 10_000

/** `attempt` counts from 0, `random` is in [0, 1). */
export const backOffMs = (attempt: number, random: number): number =>
  Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 10)) * (0.5 + random / 2)
