/** Opportunities: every symbol's score in parts, where “allowed” ends, why, what was left out, and the weights. */
import type { JSX } from 'react'

import type { Route } from '../../frame/route.ts'
import { Button } from '../../widgets/button.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { RankingScreen } from './ranking-screen.tsx'
import { useRankNow } from './use-rank-now.ts'
import { useRanking, type RankingState } from './use-ranking.ts'

import './opportunities.css'

export default function Opportunities({ route }: { readonly route: Route }): JSX.Element {
  const { value, fault, reload } = useRanking()
  if (value === null && fault !== null) return <FaultNote what="The ranking" fault={fault} onRetry={reload} />
  if (value === null) return <Skeleton lines={12} label="Reading the ranking" />
  if (value.ranking === null) return <NotRanked state={value} reload={reload} />
  return <RankingScreen state={value} ranking={value.ranking} route={route} reload={reload} />
}

function NotRanked({ state, reload }: { readonly state: RankingState; readonly reload: () => void }): JSX.Element {
  const { isRanking, rank } = useRankNow(state.running, reload)
  return (
    <div className="opps-empty">
      <EmptyState title="No ranking yet.">
        {state.enabled
          ? `Every symbol is ranked each ${state.interval_minutes} min of the station’s clock, once 200 hours of candles are known.`
          : 'Ranking is off in the configuration; every symbol may be traded that the policy allows.'}
      </EmptyState>
      {state.enabled ? (
        <p>
          <Button onClick={rank} disabled={isRanking}>
            {isRanking ? 'Ranking…' : 'Rank now'}
          </Button>
        </p>
      ) : null}
    </div>
  )
}
