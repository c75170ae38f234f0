/** How each kind of protection of a position stands at the venue, for people to see. */
import type { ClientOrderId } from '../core/model/ids.ts'
import type { Instrument } from '../core/model/market.ts'
import type { Order } from '../core/model/order.ts'
import type { Position } from '../core/model/position.ts'
import { FOREIGN } from './books.ts'
import { isLive, matches, setOf, type Want } from './protection-wants.ts'
import type { ProtectionLeg } from './station-values.ts'

export interface LegsView {
  /** protective orders of the symbol at work */
  readonly orders: readonly Order[]
  readonly wants: readonly Want[]
  readonly instrument: Instrument | null
  /** epoch ms at which the order triggered; null: it has not */
  readonly triggeredAt: (id: ClientOrderId) => number | null
  readonly nakedSince: number | null
}

export function legsOf(position: Position, view: LegsView): readonly ProtectionLeg[] {
  return position.strategyId === FOREIGN
    ? [foreignLeg(position)]
    : view.wants.map((want) => legOf(position, want, view))
}

/** The stop that others have given their position. */
function foreignLeg({ stopPrice }: Position): ProtectionLeg {
  const has = stopPrice.gt(0)
  const price = has ? stopPrice : null
  return { role: 'STOP', state: has ? 'live' : 'missing', since: null, price, clientOrderIds: [] }
}

function legOf(position: Position, want: Want, view: LegsView): ProtectionLeg {
  const mine = view.orders.filter(({ purpose }) => purpose === want.purpose)
  const role = want.purpose as ProtectionLeg['role']
  const base = { role, price: want.triggerPrice, clientOrderIds: mine.map(({ clientOrderId }) => clientOrderId) }
  const triggers = mine.flatMap(({ clientOrderId }) => view.triggeredAt(clientOrderId) ?? [])
  if (triggers.length > 0) return { ...base, state: 'triggering', since: Math.min(...triggers) }
  const fitting = mine.filter((order) => matches(order, position, want, view.instrument))
  const live = setOf(fitting.filter(isLive), position.quantity, view.instrument)
  if (live !== null) return { ...base, state: 'live', since: latest(live) }
  const isHeld = mine.some(isLive)
  if (mine.length > 0) return { ...base, state: isHeld ? 'moving' : 'placing', since: latest(mine) }
  return { ...base, state: 'missing', since: role === 'STOP' ? view.nakedSince : null }
}

const latest = (orders: readonly Order[]): number => Math.max(...orders.map(({ updatedAt }) => updatedAt))
