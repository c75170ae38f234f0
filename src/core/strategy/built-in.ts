/** The strategies that come with the station, LIVE from the start (SPEC §8). A new one is its file and a line here. */
import { breakoutHunter } from './breakout-hunter.ts'
import { meanReversion } from './mean-reversion.ts'
import { momentumScalping } from './momentum-scalping.ts'
import type { StrategyDefinition } from './strategy.ts'
import { trendFollowing } from './trend-following.ts'

export const BUILT_IN_STRATEGIES: readonly StrategyDefinition[] = [
  trendFollowing,
  momentumScalping,
  breakoutHunter,
  meanReversion,
]
