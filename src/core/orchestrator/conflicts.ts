/** Which of several candidates of one batch may have the symbol, and in which order the batch is served (SPEC §8). */
import type { Candidate, Drop } from './decision.ts'

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** Best first; what is equal keeps an order that does not depend on the order of the batch. */
function byScore(one: Candidate, other: Candidate): number {
  return (
    other.score - one.score ||
    byText(one.signal.symbol, other.signal.symbol) ||
    byText(one.signal.strategyId, other.signal.strategyId) ||
    byText(one.signal.id, other.signal.id)
  )
}

interface Settled {
  readonly winners: readonly Candidate[]
  readonly losers: readonly (readonly [Candidate, Drop])[]
}

function conflicting(loser: Candidate, winner: Candidate | undefined): Drop {
  const { symbol } = loser.signal
  const sentence =
    winner === undefined
      ? `equally good signals both ways on ${symbol}: neither is taken`
      : `the opposite signal of ${winner.signal.strategyId} on ${symbol} is better`
  const limit = winner?.score ?? loser.score
  return { reason: 'conflicting_signals', limit, actual: loser.score, source: null, sentence }
}

const taken = (loser: Candidate, winner: Candidate): Drop => ({
  reason: 'symbol_busy',
  limit: 'one per symbol',
  actual: `the signal of ${winner.signal.strategyId}`,
  source: null,
  sentence: `${loser.signal.symbol} goes to the better signal of ${winner.signal.strategyId}`,
})

/** One symbol's candidates, best first. Opposite sides: the better wins, equal → neither; same side: the best alone. */
function settle(candidates: readonly Candidate[]): Settled {
  const best = candidates[0]
  if (best === undefined) return { winners: [], losers: [] }
  const rival = candidates.find(({ signal }) => signal.side !== best.signal.side)
  const isTied = rival !== undefined && rival.score === best.score
  if (isTied) return { winners: [], losers: candidates.map((each) => [each, conflicting(each, undefined)]) }
  const losers = candidates.slice(1).map((each) => {
    const drop = each.signal.side === best.signal.side ? taken(each, best) : conflicting(each, best)
    return [each, drop] as const
  })
  return { winners: [best], losers }
}

/** At most one candidate per symbol survives; the survivors come best first. */
export function settleConflicts(candidates: readonly Candidate[]): Settled {
  const sorted = [...candidates].sort(byScore)
  const symbols = new Map<string, Candidate[]>()
  for (const candidate of sorted) {
    const rivals = symbols.get(candidate.signal.symbol)
    if (rivals === undefined) symbols.set(candidate.signal.symbol, [candidate])
    else rivals.push(candidate)
  }
  // a map keeps the order of first insertion: the best candidate of each symbol, best first
  const settled = [...symbols.values()].map(settle)
  return { winners: settled.flatMap(({ winners }) => winners), losers: settled.flatMap(({ losers }) => losers) }
}
