/** When a component is DEGRADED and when CRITICAL (SPEC §14). */
export const HEALTH_SETTINGS = {
  /** the last price is older than the larger of both, ms and intervals of the feed */
  feedDegradedMs: 5000,
  feedDegradedIntervals: 2,
  feedCriticalMs: 30_000,
  feedCriticalIntervals: 6,
  /** the venue has owed an answer, or the link has been down, for so long, ms */
  venueDegradedMs: 10_000,
  venueCriticalMs: 60_000,
  /** of a write to the database, 99th percentile, ms; one that fails is CRITICAL */
  databaseDegradedMs: 50,
  /** writes that make the percentile */
  databaseWrites: 500,
  /** events are handled so late, ms */
  eventLagDegradedMs: 250,
  eventLagCriticalMs: 2000,
  /** our clock and the venue's are so far apart, ms */
  clockSkewDegradedMs: 1000,
  clockSkewCriticalMs: 5000,
  /** free space for the data folder, bytes */
  diskDegradedBytes: 1_000_000_000,
  diskCriticalBytes: 100_000_000,
  /** used of what the process may have, percent */
  memoryDegradedPct: 80,
  memoryCriticalPct: 95,
}
export type HealthSettings = typeof HEALTH_SETTINGS
