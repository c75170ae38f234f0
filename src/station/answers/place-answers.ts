/** Places answered: where the station is, what each place needs, and going there. */
import type { Place } from '../../contract/places.ts'
import type { StationFacade } from '../facade.ts'
import type { PlaceView } from '../place-facade.ts'
import { answering } from './call.ts'
import { refused } from './faults.ts'
import { iso } from './wire-values.ts'

export const placeAnswers = ({ places }: Pick<StationFacade, 'places'>) => ({
  get: answering.places.get.handler(async () => {
    const view = await places.view()
    const { maxOrderNotionalUsd, maxDailyLossUsd } = view.liveLimits
    return {
      here: view.here,
      going_to: view.goingTo,
      cannot_move: view.cannotMove,
      open_positions: view.openPositions,
      working_orders: view.workingOrders,
      leave_open_sentence: view.leaveOpenSentence,
      words: view.words,
      live_limits: { max_order_notional_usd: maxOrderNotionalUsd, max_daily_loss_usd: maxDailyLossUsd },
      items: view.items.map(placeWire),
      next: null,
      last_move: view.lastMove && { ...view.lastMove, at: iso(view.lastMove.at) },
    }
  }),
  go: answering.places.go.handler(async ({ input, context }) => {
    const { place, reason = null, words = null, leave_open: leaveOpen = false } = input
    const limits = {
      maxOrderNotionalUsd: input.max_order_notional_usd ?? null,
      maxDailyLossUsd: input.max_daily_loss_usd ?? null,
    }
    const result = await places.go({ place, reason, words, leaveOpen, limits }, context.actor)
    if (result.outcome === 'refused') throw refused(result.reason)
    return { from: result.from, going_to: result.goingTo }
  }),
})

const placeWire = ({ isHere, isOffered, hasJournal, needs, ...place }: PlaceView): Place => ({
  ...place,
  is_here: isHere,
  is_offered: isOffered,
  has_journal: hasJournal,
  needs: needs.map(({ need, isMet, sentence }) => ({ need, is_met: isMet, sentence })),
})
