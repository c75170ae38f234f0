/** How well the station is: every component judged by its bounds, and the system by its worst (SPEC §14). Pure. */
import { isWorse, type HealthStatus } from '../model/health.ts'
import { COMPONENTS, type Bounds, type ComponentName, type Reading, type Readings } from './components.ts'
import { measured } from './words.ts'

export interface ComponentHealth {
  readonly component: ComponentName
  readonly status: HealthStatus
  readonly value: number | null
  readonly unit: Bounds['unit']
  readonly degradedAt: number | null
  readonly criticalAt: number | null
  readonly isCritical: boolean
  /** false: shown only, a measure of this machine on a made-up clock */
  readonly steers: boolean
  readonly detail: string
  /** when it took this status */
  readonly since: number
}

export interface Health {
  readonly status: HealthStatus
  /** what makes it so, in words */
  readonly detail: string
  readonly at: number
  readonly components: readonly ComponentHealth[]
}

export interface HealthContext {
  readonly now: number
  readonly bounds: Readonly<Record<ComponentName, Bounds>>
  /** time is made up: what this machine does in real time is no measure of it */
  readonly isVirtual: boolean
}

/** Older than a bound that is a ceiling, under one that is a floor. */
function passes(value: number, bound: number | null, isFloor: boolean): boolean {
  return bound !== null && (isFloor ? value < bound : value > bound)
}

const isFailing = ({ failing }: Reading): boolean => failing !== undefined && failing !== null

function statusOf(reading: Reading, { degradedAt, criticalAt, isFloor }: Bounds): HealthStatus {
  const { value } = reading
  if (isFailing(reading)) return 'CRITICAL'
  if (value === null) return 'HEALTHY'
  if (passes(value, criticalAt, isFloor)) return 'CRITICAL'
  return passes(value, degradedAt, isFloor) ? 'DEGRADED' : 'HEALTHY'
}

function detailOf({ value, failing }: Reading, bounds: Bounds, status: HealthStatus): string {
  if (failing) return failing
  if (value === null) return `${bounds.what} is not measured yet`
  const text = `${bounds.what} is ${measured(value, bounds.unit)}`
  const bound = status === 'CRITICAL' ? bounds.criticalAt : bounds.degradedAt
  const side = bounds.isFloor ? 'under' : 'over'
  return status === 'HEALTHY' || bound === null ? text : `${text}, ${status} ${side} ${measured(bound, bounds.unit)}`
}

/** A component trading does not hang on makes the system DEGRADED at worst; one that does not steer leaves it alone. */
function weight({ status, isCritical, steers }: ComponentHealth): HealthStatus {
  if (!steers) return 'HEALTHY'
  return status === 'CRITICAL' && !isCritical ? 'DEGRADED' : status
}

/** `before`: the judgement of the last look, from which `since` goes on. */
export function healthOf(readings: Readings, before: Health | null, context: HealthContext): Health {
  const { now, isVirtual } = context
  const components = COMPONENTS.map((component, index): ComponentHealth => {
    const [reading, bounds] = [readings[component], context.bounds[component]]
    const status = statusOf(reading, bounds)
    const last = before?.components[index]
    // on a made-up clock there are hundreds of looks a second, and most find this
    if (status === 'HEALTHY' && last?.status === status && last.value === reading.value) return last
    return {
      component,
      status,
      value: reading.value,
      unit: bounds.unit,
      degradedAt: bounds.degradedAt,
      criticalAt: bounds.criticalAt,
      isCritical: bounds.isCritical,
      steers: !(bounds.isReal && isVirtual) || isFailing(reading),
      detail: detailOf(reading, bounds, status),
      since: last?.status === status ? last.since : now,
    }
  })
  const worst = components.reduce((one, other) => (isWorse(weight(other), weight(one)) ? other : one))
  const status = weight(worst)
  return { status, detail: status === 'HEALTHY' ? 'everything is well' : worst.detail, at: now, components }
}
