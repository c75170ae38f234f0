/** The whole market in one look: its regime and volatility, and which of its figures the source told and which are estimated. */
import { type GlobalState, globalState } from '../core/market/global-state.ts'
import { isTradable } from '../core/market/tradable.ts'
import type { SymbolState } from '../core/model/regime.ts'
import type { FeedDescription } from '../core/ports/feed.ts'
import type { MarketBoard } from './market-board.ts'
import type { MarketState } from './station-values.ts'

function* tradableStates(market: MarketBoard): Generator<SymbolState> {
  for (const { instrument, model } of market.desks) if (isTradable(instrument)) yield model.state
}

/** A vote of all symbols that the exchange trades (SPEC §6). */
export const marketVote = (market: MarketBoard): GlobalState => globalState(tradableStates(market))

export function marketState(market: MarketBoard, feed: FeedDescription): MarketState {
  const states = [...tradableStates(market)]
  const spreadsTold = states.filter(({ spreadIsEstimate }) => !spreadIsEstimate).length
  return {
    ...globalState(states),
    tradable: states.length,
    spreadsTold,
    spreadsEstimated: states.length - spreadsTold,
    quoteVolumesEstimated: feed.estimatesQuoteVolume ?? false,
  }
}
