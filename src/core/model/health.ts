/** How well something is, from best to worst (SPEC §14). */
export const HEALTH_STATUSES = ['HEALTHY', 'DEGRADED', 'CRITICAL'] as const
export type HealthStatus = (typeof HEALTH_STATUSES)[number]

export const isWorse = (one: HealthStatus, other: HealthStatus): boolean =>
  HEALTH_STATUSES.indexOf(one) > HEALTH_STATUSES.indexOf(other)
