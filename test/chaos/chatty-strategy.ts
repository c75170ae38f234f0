/** Trades for the sake of trading: in on every few bars, out again a little later; which and when depends on the bar alone. */
import { stableId } from '../../src/core/model/ids.ts'
import { intervalMs, type Interval } from '../../src/core/model/interval.ts'
import type { Candle } from '../../src/core/model/market.ts'
import type { Ending, Setup } from '../../src/core/strategy/strategy-logic.ts'
import { strategy } from '../../src/core/strategy/strategy.ts'

const INTERVAL: Interval = '5m'
/** Every so many bars a symbol is entered; it is left again half way. */
const ROUND_BARS = 4

function next({ symbol, openAt, close }: Candle): Setup | Ending | null {
  const bar = Math.floor(openAt / intervalMs(INTERVAL))
  const start = Number.parseInt(stableId('start', symbol).slice(0, 4), 36)
  const round = Math.floor((bar + start) / ROUND_BARS)
  const side = Number.parseInt(stableId(symbol, round).slice(0, 4), 36) % 2 === 0 ? 'LONG' : 'SHORT'
  const step = (bar + start) % ROUND_BARS
  if (step === ROUND_BARS / 2) return { kind: 'EXIT', side, features: {} }
  if (step !== 0) return null
  const stopDistance = 0.012 * close
  const trailAfter = round % 3 === 0 ? 0.003 * close : null
  return { kind: 'ENTRY', side, strength: 1, stopDistance, targetDistance: 0.004 * close, trailAfter, features: {} }
}

export const chatty = strategy({
  id: 'chatty',
  description: 'Trades all the time.',
  regimeTags: [],
  warmupBars: 1,
  expectedHoldBars: ROUND_BARS / 2,
  defaults: { interval: INTERVAL },
  bounds: {},
  quantiles: [0, 1],
  logic: () => ({ next }),
})
