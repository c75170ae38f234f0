/** What a score is made of (SPEC §7), in the order of every table; the last one counts only if a person gives it weight. */
export const RANKER_COMPONENTS = [
  'trendStrength',
  'volatilityQuality',
  'liquidity',
  'regimeFit',
  'symbolWinRate',
  'spread',
  'lowNoise',
  'costToHold',
] as const
export type RankerComponent = (typeof RANKER_COMPONENTS)[number]

/** Weights in the order of the components; one that is not named weighs nothing. */
export const weightsInOrder = (weights: Readonly<Record<string, number>>): Float64Array =>
  Float64Array.from(RANKER_COMPONENTS, (component) => weights[component] ?? 0)
