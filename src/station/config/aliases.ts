/** The predecessor's environment variables, kept so that an old installation starts as it is (SPEC §16). */

export interface Alias {
  readonly variable: string
  /** the key it sets */
  readonly path: string
  /** turns the predecessor's unit into ours; undefined: the same */
  readonly convert?: (value: unknown) => unknown
}

const SECONDS_PER_MINUTE = 60
const secondsAsMinutes = (value: unknown): unknown => (typeof value === 'number' ? value / SECONDS_PER_MINUTE : value)

/** Two that name the same key and disagree are an error. */
export const ALIASES: readonly Alias[] = [
  { variable: 'MSC_ENABLED', path: 'msc.enabled' },
  { variable: 'QT_MSC_ENABLED', path: 'msc.enabled' },
  { variable: 'MSC_EVALUATION_INTERVAL_MINUTES', path: 'msc.interval_minutes' },
  { variable: 'QT_MSC_UPDATE_INTERVAL', path: 'msc.interval_minutes', convert: secondsAsMinutes },
  { variable: 'QT_MSC_AUTO_ADJUST', path: 'msc.auto_adjust' },
  { variable: 'QUANTUM_RISK_MODE', path: 'policy.risk_mode' },
  { variable: 'CURRENT_PROFILE', path: 'policy.risk_mode' },
  { variable: 'REDIS_URL', path: 'redis.url' },
  { variable: 'QT_POLICY_STORE_REDIS_URL', path: 'redis.url' },
  { variable: 'QT_EVENTBUS_MAX_QUEUE_SIZE', path: 'bus.max_queue_size' },
  { variable: 'QT_OPP_RANKER_ENABLED', path: 'ranker.enabled' },
  { variable: 'QT_OPP_RANKER_TOP_N', path: 'ranker.top_n' },
  { variable: 'QT_OPP_RANKER_UPDATE_INTERVAL', path: 'ranker.interval_minutes', convert: secondsAsMinutes },
  { variable: 'QT_CLM_ENABLED', path: 'clm.enabled' },
  { variable: 'QT_CLM_RETRAIN_SCHEDULE', path: 'clm.retrain_schedule' },
  { variable: 'QT_SG_AI_ENABLED', path: 'generator.enabled' },
  { variable: 'QT_SG_POPULATION_SIZE', path: 'generator.population_size' },
  { variable: 'QT_SG_GENERATIONS', path: 'generator.generations' },
]

/** What the predecessor could switch off and we cannot. */
export const ALWAYS_ON: Readonly<Record<string, string>> = {
  QT_EVENTBUS_ENABLED: 'the event bus',
  QT_POLICY_STORE_ENABLED: 'the policy store',
  QT_ANALYTICS_ENABLED: 'analytics',
}
