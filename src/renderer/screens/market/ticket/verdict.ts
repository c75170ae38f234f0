/** What the guard says of an order that was only tried. */
import { ORPCError } from '@orpc/client'

import type { Denial } from '../../../../contract/denial.ts'
import { station, type StationClient } from '../../../link/client.ts'
import { faultSentence } from '../../../link/fault-sentence.ts'
import type { ManualOrder } from './ticket-draft.ts'

export type Approval = Awaited<ReturnType<StationClient['orders']['place']>>

export type Verdict =
  | { readonly outcome: 'approved'; readonly order: ManualOrder; readonly approval: Approval }
  | { readonly outcome: 'denied'; readonly denial: Denial }
  | { readonly outcome: 'unknown'; readonly sentence: string }

export async function tryOut(order: ManualOrder): Promise<Verdict> {
  try {
    return { outcome: 'approved', order, approval: await station.orders.place({ ...order, dry_run: true }) }
  } catch (problem) {
    const denial = denialOf(problem)
    return denial === null ? { outcome: 'unknown', sentence: faultSentence(problem) } : { outcome: 'denied', denial }
  }
}

function denialOf(problem: unknown): Denial | null {
  if (!(problem instanceof ORPCError) || problem.code !== 'DENIED') return null
  return (problem.data as { readonly denial?: Denial }).denial ?? null
}
