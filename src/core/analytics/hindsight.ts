/** What an entry that was not taken would have made: its own stop and target walked over the candles that came (SPEC §18e). */
import type { Candle } from '../model/market.ts'
import { signOf, type Signal } from '../model/signal.ts'

export type HindsightEnd = 'STOP' | 'TARGET' | 'OPEN'

export interface Hindsight {
  /** OPEN: neither stop nor target was reached so far */
  readonly end: HindsightEnd
  readonly entryPrice: number
  readonly exitPrice: number
  /** close of the candle that decided, or of the last one, epoch ms */
  readonly at: number
  /** after the fees of both sides, fraction of the entry's notional */
  readonly share: number
  /** the same in units of the distance to the stop; null: the entry stood beyond its stop */
  readonly multiple: number | null
}

type Wish = Pick<Signal, 'side' | 'stopPrice' | 'takeProfitPrice' | 'trailing'>

interface Exit {
  readonly end: HindsightEnd
  readonly price: number
  readonly openAt: number
}

/**
 * `candles`: closed ones after the decision, oldest first; the entry is the first one's open. Pessimistic where a candle
 * does not say what came first, as the paper exchange is on candles: stop before target, a gap fills at the open, a
 * trailing stop sees the adverse extreme first. `takerFee` is a fraction, `barMs` what a candle lasts. Null: no candle.
 */
export function hindsight(wish: Wish, candles: readonly Candle[], takerFee: number, barMs: number): Hindsight | null {
  const [first] = candles
  if (first === undefined) return null
  const entry = first.open
  const exit = exitOf(wish, candles, entry)
  const made = signOf(wish.side) * (exit.price - entry) - takerFee * (exit.price + entry)
  const risked = signOf(wish.side) * (entry - wish.stopPrice)
  return {
    end: exit.end,
    entryPrice: entry,
    exitPrice: exit.price,
    at: exit.openAt + barMs,
    share: made / entry,
    multiple: risked > 0 ? made / risked : null,
  }
}

function exitOf({ side, stopPrice, takeProfitPrice, trailing }: Wish, candles: readonly Candle[], entry: number): Exit {
  const sign = signOf(side)
  const isBeyond = (price: number, bound: number): boolean => sign * (price - bound) >= 0
  let stop = stopPrice
  let best = entry
  let isTrailing = trailing !== null && trailing.activationPrice === null
  for (const { open, high, low, openAt } of candles) {
    const [adverse, favourable] = side === 'LONG' ? [low, high] : [high, low]
    if (isBeyond(stop, adverse)) return { end: 'STOP', price: isBeyond(open, stop) ? stop : open, openAt }
    if (takeProfitPrice !== null && isBeyond(favourable, takeProfitPrice))
      return { end: 'TARGET', price: isBeyond(open, takeProfitPrice) ? open : takeProfitPrice, openAt }
    if (trailing === null) continue
    isTrailing ||= isBeyond(favourable, trailing.activationPrice ?? entry)
    if (isBeyond(favourable, best)) best = favourable
    const trailed = best * (1 - sign * trailing.callback)
    if (isTrailing && isBeyond(trailed, stop)) stop = trailed
  }
  const last = candles.at(-1) as Candle
  return { end: 'OPEN', price: last.close, openAt: last.openAt }
}
