/** What a door may ask of the station's health, and what a person may say to have seen. */
import type { Health } from '../core/health/health.ts'
import type { OwnAlert } from '../core/health/own-alerts.ts'
import type { Actor } from '../core/policy/policy.ts'
import type { AlertRow } from '../core/ports/journal.ts'
import type { StreakAcknowledged } from './governor-desk.ts'
import type { HealthReport } from './health-desk.ts'
import type { OwnAlertsSet } from './own-alerts.ts'
import type { Rooms } from './rooms.ts'

export interface HealthFacade {
  now(): Health
  report(): HealthReport
  /** alerts whose cause stands or that nobody has seen, oldest first */
  standingAlerts(): readonly AlertRow[]
  /** null: no such alert stands */
  acknowledgeAlert(id: string, actor: Actor): AlertRow | null
  acknowledgeStreak(actor: Actor): StreakAcknowledged
  /** alerts that a person asked for */
  ownAlerts(): readonly OwnAlert[]
  /** all of them at once */
  setOwnAlerts(rules: readonly OwnAlert[], actor: Actor): OwnAlertsSet
}

/** `settle`: what was said is told and made durable soon. */
export function healthFacade(
  { safety, alerts, ownAlerts }: Pick<Rooms, 'safety' | 'alerts' | 'ownAlerts'>,
  settle: () => void,
): HealthFacade {
  const settled = <Result>(result: Result): Result => {
    settle()
    return result
  }
  return {
    now: () => safety.health.now(),
    report: () => safety.health.report(),
    standingAlerts: () => alerts.standing,
    acknowledgeAlert: (id, actor) => settled(alerts.acknowledge(id, actor)),
    acknowledgeStreak: (actor) => settled(safety.governor.acknowledgeStreak(actor)),
    ownAlerts: () => ownAlerts.rules,
    setOwnAlerts: (rules, actor) => settled(ownAlerts.set(rules, actor)),
  }
}
