/** What is typed into the sheet of places, and the wish it means. Pure. */
import type { Place } from '../../../../contract/places.ts'
import type { PlaceWish } from '../../../commands/place-commands.ts'
import { obstaclesOf } from '../connection-words.ts'
import type { Places } from '../use-connections.ts'

export interface PlaceDraft {
  readonly words: string
  readonly order: string
  readonly loss: string
  readonly leavesOpen: boolean
}

const amountText = (amount: number | null): string => (amount === null ? '' : String(amount))

export const firstDraft = ({ live_limits: limits }: Places): PlaceDraft => ({
  words: '',
  order: amountText(limits.max_order_notional_usd),
  loss: amountText(limits.max_daily_loss_usd),
  leavesOpen: false,
})

/** `1 000.5` → 1000.5; what is no amount → null */
export function readAmount(text: string): number | null {
  const plain = text.replaceAll(/[\s\u202F\u00A0]/g, '')
  const amount = /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
  return amount > 0 && amount <= 1_000_000_000 ? amount : null
}

/** What a need stands at, with what is typed. */
export function isMet(need: Place['needs'][number], draft: PlaceDraft, words: string): boolean {
  if (need.need === 'words') return draft.words === words
  if (need.need === 'max_order_notional_usd') return readAmount(draft.order) !== null
  if (need.need === 'max_daily_loss_usd') return readAmount(draft.loss) !== null
  if (need.need === 'leave_open') return need.is_met || draft.leavesOpen
  return need.is_met
}

/** null: something is missing, which the list of needs says */
export function wishOf(place: Place, draft: PlaceDraft, told: Places): PlaceWish | null {
  if (place.is_here || told.cannot_move !== null || obstaclesOf(place).length > 0) return null
  if (place.needs.some((need) => !isMet(need, draft, told.words))) return null
  const asks = new Set(place.needs.map(({ need }) => need))
  const [order, loss] = [readAmount(draft.order), readAmount(draft.loss)]
  return {
    place: place.place,
    ...(asks.has('words') && { words: draft.words }),
    ...(asks.has('leave_open') && { leave_open: draft.leavesOpen }),
    ...(asks.has('max_order_notional_usd') && order !== null && { max_order_notional_usd: order }),
    ...(asks.has('max_daily_loss_usd') && loss !== null && { max_daily_loss_usd: loss }),
  }
}
