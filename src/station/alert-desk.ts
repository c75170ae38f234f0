/**
 * The one place that raises alerts: one stands per code and what it is about, ends by itself when its cause does, and is
 * acknowledged by a person. What merely happened has no cause that could end: it stands until it is acknowledged.
 */
import { stableId, type TraceId } from '../core/model/ids.ts'
import type { Actor } from '../core/policy/policy.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { AlertRow, Journal } from '../core/ports/journal.ts'
import type { Log } from '../core/ports/log.ts'
import type { Announcer } from './announcer.ts'

/** Something a person should know. */
export interface Alarm {
  readonly severity: AlertRow['severity']
  readonly code: string
  /** one sentence with its numbers */
  readonly message: string
  /** tells alarms of one code apart: a symbol, an order; empty: there is only one */
  readonly about: string
  readonly traceId?: TraceId | null
}

interface AlertDeskDeps {
  readonly journal: Pick<Journal, 'write'>
  readonly announcer: Pick<Announcer, 'publish' | 'touch'>
  readonly clock: Pick<Clock, 'now'>
  readonly log: Pick<Log, 'warn'>
}

const SEVERITIES: readonly AlertRow['severity'][] = ['info', 'warning', 'critical']
const keyOf = (code: string, about: string): string => `${code} ${about}`
const isGraver = (one: AlertRow, other: AlertRow): boolean =>
  SEVERITIES.indexOf(one.severity) > SEVERITIES.indexOf(other.severity)

/** A new alert at `at`; it `ends` with its cause, or when a person has seen it. */
export function alertRow(at: number, alarm: Alarm, ends: AlertRow['ends']): AlertRow {
  const { severity, code, message, about } = alarm
  const id = stableId('alert', code, about, at)
  return { id, severity, code, message, about, ends, raisedAt: at, clearedAt: null, acknowledgedAt: null }
}

export class AlertDesk {
  readonly #deps: AlertDeskDeps
  readonly #standing = new Map<string, AlertRow>()

  constructor(deps: AlertDeskDeps) {
    this.#deps = deps
  }

  /** After a restart: what stood goes on standing, until whoever raised it clears it. Newest first. */
  load(rows: readonly AlertRow[]): void {
    for (const row of rows.toReversed()) if (row.clearedAt === null) this.#standing.set(keyOf(row.code, row.about), row)
  }

  /** Alerts whose cause stands, or that nobody has seen; oldest first. */
  get standing(): readonly AlertRow[] {
    return [...this.#standing.values()]
  }

  stands(code: string, about = ''): boolean {
    return this.#standing.has(keyOf(code, about))
  }

  /** The cause stands. May be said at every look: it is told once, and again only when it has become graver. */
  raise(alarm: Alarm): void {
    this.note(alertRow(this.#deps.clock.now(), alarm, 'cause'), alarm.traceId ?? null)
  }

  /** The cause has ended; nothing happens when the alert does not stand. */
  clear(code: string, about = ''): void {
    const row = this.#standing.get(keyOf(code, about))
    if (row !== undefined) this.#end({ ...row, clearedAt: this.#deps.clock.now() })
  }

  /** `raise` or `clear`, as the condition says. */
  hold(isWrong: boolean, alarm: Alarm): void {
    if (isWrong) this.raise(alarm)
    else this.clear(alarm.code, alarm.about)
  }

  /** A person has seen it; null: no such alert stands. */
  acknowledge(id: string, actor: Actor): AlertRow | null {
    const row = this.standing.find((each) => each.id === id)
    if (row === undefined) return null
    if (row.acknowledgedAt !== null) return row
    const now = this.#deps.clock.now()
    const seen = { ...row, acknowledgedAt: now }
    this.#deps.announcer.publish('alert.acknowledged', null, { alert: seen, by: actor })
    if (row.ends === 'cause') return this.#keep(seen)
    const over = { ...seen, clearedAt: now }
    this.#end(over)
    return over
  }

  /** An alert as it was made; where one stands already it is renewed instead, and told again only if it is graver. */
  note(row: AlertRow, traceId: TraceId | null): void {
    const { announcer, log } = this.#deps
    const before = this.#standing.get(keyOf(row.code, row.about))
    if (before !== undefined && !isGraver(row, before)) {
      if (before.message !== row.message) this.#keep({ ...before, message: row.message })
      return
    }
    const { id, raisedAt } = before ?? row
    const now = this.#keep({ ...row, id, raisedAt })
    log.warn(row.code, { message: row.message, trace_id: traceId })
    announcer.publish('alert.raised', traceId, now)
  }

  #keep(row: AlertRow): AlertRow {
    this.#standing.set(keyOf(row.code, row.about), row)
    this.#store(row)
    return row
  }

  #end(row: AlertRow): void {
    this.#standing.delete(keyOf(row.code, row.about))
    this.#store(row)
    this.#deps.announcer.publish('alert.cleared', null, row)
  }

  #store(row: AlertRow): void {
    this.#deps.journal.write('alerts', row)
    this.#deps.announcer.touch('alerts', row.id, row)
  }
}
