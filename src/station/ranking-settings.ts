/** When symbols are ranked (SPEC §7); how often is `[ranker] interval_minutes`. */
export interface RankingSettings {
  readonly enabled: boolean
  readonly intervalMinutes: number
  /** how many of the best are told with their components */
  readonly topN: number
  /** the first ranking is asked for so long after the start, ms */
  readonly firstAfterMs: number
  /** the others so long after an interval of the UTC day has ended, when its candles have come, ms */
  readonly afterIntervalMs: number
  /** a ranking asked for at T is in force at T plus this, ms: virtual time waits there for the thread that works it out */
  readonly effectDelayMs: number
  /** decimals of the scores and components that are written and told */
  readonly decimals: number
}

export const RANKING_SETTINGS: RankingSettings = {
  enabled: true,
  intervalMinutes: 5,
  topN: 20,
  firstAfterMs: 1_000,
  afterIntervalMs: 2_000,
  effectDelayMs: 1_000,
  decimals: 4,
}
