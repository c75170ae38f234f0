/** What a stop of trading would cancel and keep now, in words. Pure. */
import type { LiveReplica } from '../state/live-state.ts'

export interface StopPlan {
  /** entries that rest at the exchange: how many, and on which symbols in one text */
  readonly restingCount: number
  readonly resting: string
  readonly open: number
  readonly heldStops: number
}

export function stopPlan({ orders, positions }: LiveReplica): StopPlan {
  const entries = [...orders.values()].filter(({ purpose, is_foreign: isForeign }) => purpose === 'ENTRY' && !isForeign)
  return {
    restingCount: entries.length,
    resting: [...new Set(entries.map(({ symbol }) => symbol))].join(', '),
    open: positions.size,
    heldStops: [...positions.values()].filter((position) => position.is_protected).length,
  }
}

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

export const cancelsText = ({ restingCount, resting }: StopPlan): string =>
  restingCount === 0 ? 'no resting entry' : `${counted(restingCount, 'resting entry', 'resting entries')}: ${resting}`

export function keepsText({ open, heldStops }: StopPlan): string {
  if (open === 0) return 'nothing is open'
  if (heldStops === 0) return `${counted(open, 'position')}, without a stop`
  return `${counted(open, 'position')} and ${open === 1 ? 'its' : 'their'} ${counted(heldStops, 'stop')}`
}

export function stopSentence(plan: StopPlan, closesAll: boolean): string {
  const kept = closesAll
    ? `closes ${counted(plan.open, 'position')}`
    : plan.open === 0
      ? 'nothing is open'
      : `keeps ${keepsText(plan)}`
  return `Cancels ${cancelsText(plan)}; ${kept}`
}
