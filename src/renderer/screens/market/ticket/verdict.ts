/** What the guard says of an order before it is sent. */
import type { Denial } from '../../../../contract/denial.ts'
import type { EntryPreview } from '../../../../contract/orders.ts'
import { station } from '../../../link/client.ts'
import { faultSentence } from '../../../link/fault-sentence.ts'
import type { ManualOrder } from './ticket-draft.ts'

export type Verdict =
  | { readonly outcome: 'approved'; readonly order: ManualOrder; readonly preview: EntryPreview }
  | { readonly outcome: 'denied'; readonly denial: Denial; readonly preview: EntryPreview }
  | { readonly outcome: 'unknown'; readonly sentence: string }

export async function tryOut(order: ManualOrder): Promise<Verdict> {
  try {
    const preview = await station.orders.preview(order)
    const { denial } = preview
    return denial === null ? { outcome: 'approved', order, preview } : { outcome: 'denied', denial, preview }
  } catch (problem) {
    return { outcome: 'unknown', sentence: faultSentence(problem) }
  }
}
