/** Confidence of a setup: 0.5 + 0.5 × the quantile of its strength among all setups its strategy has had (SPEC §8). */

/**
 * `quantiles`: strengths at equally spaced quantiles from 0 to 1, ascending; between two of them the quantile is linear.
 * Returns 0.5…1. A setup has 0.65 or more with a chance of 70 %, 0.75 or more with 50 %.
 */
export function confidenceOf(quantiles: readonly number[], strength: number): number {
  return 0.5 + 0.5 * quantileOf(quantiles, strength)
}

function quantileOf(quantiles: readonly number[], strength: number): number {
  const last = quantiles.length - 1
  if (strength >= (quantiles[last] ?? Infinity)) return 1
  let above = 0
  while (above <= last && strength >= (quantiles[above] ?? Infinity)) above += 1
  if (above === 0) return 0
  const from = quantiles[above - 1] ?? 0
  const to = quantiles[above] ?? 0
  return (above - 1 + (strength - from) / (to - from)) / last
}
