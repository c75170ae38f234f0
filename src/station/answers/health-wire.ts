/** The station's health as the contract tells it. */
import type { ComponentHealth as ToldComponent, Health as ToldHealth } from '../../contract/health.ts'
import type { ComponentHealth, Health } from '../../core/health/health.ts'
import { iso } from './wire-values.ts'

const componentWire = (health: ComponentHealth): ToldComponent => ({
  component: health.component,
  status: health.status,
  value: health.value,
  unit: health.unit,
  degraded_at: health.degradedAt,
  critical_at: health.criticalAt,
  critical: health.isCritical,
  steers: health.steers,
  detail: health.detail,
  since: iso(health.since),
})

export const healthWire = ({ status, at, components }: Health): ToldHealth => ({
  status,
  at: iso(at),
  components: components.map(componentWire),
})
