/** What the executor announces, as data; and an alarm in one line. */
import type { ClientOrderId, TraceId } from '../core/model/ids.ts'
import { alertRow, type Alarm } from './alert-desk.ts'
import type { StationEvents } from './events.ts'

type Announced = 'order.changed' | 'position.changed' | 'trade.executed' | 'alert.raised'

/** A fact of the executor, with its data as the event bus tells it. `account.changed`: money moved that no fill moved. */
export type Fact =
  | {
      readonly [Type in Announced]: {
        readonly type: Type
        readonly at: number
        readonly traceId: TraceId | null
        readonly data: StationEvents[Type]
      }
    }[Announced]
  | { readonly type: 'account.changed'; readonly at: number; readonly traceId: null; readonly data: null }
  | ForeignChanged

/** Orders of others on this account that came, moved or went. */
export interface ForeignChanged {
  readonly type: 'foreign.changed'
  readonly at: number
  readonly traceId: null
  readonly data: readonly ClientOrderId[]
}

export type { Alarm }
export type Announce = (fact: Fact) => void

/** Something happened that a person should know; see AlertDesk for what stands as long as its cause. */
export function alarmFact(at: number, alarm: Alarm): Fact {
  return { type: 'alert.raised', at, traceId: alarm.traceId ?? null, data: alertRow(at, alarm, 'acknowledged') }
}

/** The same of what stands until its cause ends; see alert-endings. */
export function standingFact(at: number, alarm: Alarm): Fact {
  return { type: 'alert.raised', at, traceId: alarm.traceId ?? null, data: alertRow(at, alarm, 'cause') }
}
