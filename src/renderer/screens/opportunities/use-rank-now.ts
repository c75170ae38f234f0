/** Ranks on demand, once at a time. */
import { useState } from 'react'

import { rankNow } from '../../commands/ranking-commands.ts'
import { useActions } from '../../frame/actions.ts'

export function useRankNow(isRunning: boolean, reload: () => void): { isRanking: boolean; rank: () => void } {
  const [isAsked, setIsAsked] = useState(false)
  const isRanking = isRunning || isAsked
  const rank = (): void => {
    if (isRanking) return
    setIsAsked(true)
    void rankNow().then(() => {
      setIsAsked(false)
      reload()
    })
  }
  useActions([
    { id: 'ranking.rank', label: 'Rank all symbols now', group: 'Ranking', keys: ['R'], isKeyOnly: true, run: rank },
  ])
  return { isRanking, rank }
}
