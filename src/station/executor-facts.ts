/** What the executor announces, as data; and an alarm in one line. */
import { stableId, type TraceId } from '../core/model/ids.ts'
import type { AlertRow } from '../core/ports/journal.ts'
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

export type Announce = (fact: Fact) => void

export interface Alarm {
  readonly severity: AlertRow['severity']
  readonly code: string
  readonly message: string
  /** tells alarms of one code at one instant apart: a symbol, an order */
  readonly about: string
  readonly traceId?: TraceId | null
}

export function alarmFact(at: number, { severity, code, message, about, traceId = null }: Alarm): Fact {
  const id = stableId('alert', code, about, at)
  const data = { id, severity, code, message, raisedAt: at, clearedAt: null, acknowledgedAt: null }
  return { type: 'alert.raised', at, traceId, data }
}
