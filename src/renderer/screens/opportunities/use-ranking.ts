/** The last ranking and what stands beside it, asked again when one is told or the policy has moved, and now and then. */
import { useMemo } from 'react'

import { station } from '../../link/client.ts'
import { useLive } from '../../state/live.ts'
import { useAgain } from '../../state/use-again.ts'
import { useAnswer, type Answer } from '../../state/use-answer.ts'
import type { Held } from './ranking-filter.ts'

export type RankingState = Awaited<ReturnType<typeof station.opportunities.ranking>>

const AGAIN_MS = 15_000
const SPARKLINES_AGAIN_MS = 60_000
const SPARKLINE_BARS = 48

export function useRanking(): Answer<RankingState> {
  const moved = useLive(({ policy, rankings }) => `${policy?.version ?? 0} ${rankings}`)
  const answer = useAnswer('ranking', (signal) => station.opportunities.ranking(undefined, { signal }), moved)
  useAgain(answer.reload, AGAIN_MS)
  return answer
}

/** Latest closes by symbol. */
export function useSparklines(): ReadonlyMap<string, readonly number[]> {
  const { value, reload } = useAnswer('sparklines', (signal) =>
    station.opportunities.sparklines({ bars: SPARKLINE_BARS }, { signal }),
  )
  useAgain(reload, SPARKLINES_AGAIN_MS)
  return useMemo(
    () => new Map(value?.symbol.map((symbol, place) => [symbol, value.closes[place] ?? []] as const)),
    [value],
  )
}

/** What is held or rests on each symbol; symbols with nothing are left out. The same map until one of them changes. */
export function useHeld(): ReadonlyMap<string, Held> {
  const text = useLive(({ positions, orders }) => {
    const held = new Map<string, Held>()
    for (const order of orders.values()) if (order.purpose === 'ENTRY') held.set(order.symbol, 'resting')
    for (const { symbol, side } of positions.values()) held.set(symbol, side === 'LONG' ? 'long' : 'short')
    return JSON.stringify([...held])
  })
  return useMemo(() => new Map(JSON.parse(text) as [string, Held][]), [text])
}
