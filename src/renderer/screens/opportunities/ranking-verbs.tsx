/** When it was ranked, how many were left out, and what can be done. */
import type { JSX } from 'react'

import type { Ranking } from '../../../contract/opportunities.ts'
import { useStationClock } from '../../state/station-clock.ts'
import { Button } from '../../widgets/button.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { formatSpan, localClock, utcText } from '../../widgets/format-time.ts'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { useRankNow } from './use-rank-now.ts'
import type { RankingState } from './use-ranking.ts'

interface RankingVerbsProps {
  readonly state: RankingState
  readonly ranking: Ranking
  readonly found: number
  /** the table shows what would be */
  readonly isTrying: boolean
  readonly beside: string | null
  readonly onShow: (part: string) => void
  readonly reload: () => void
}

export function RankingVerbs(props: RankingVerbsProps): JSX.Element {
  const { state, ranking, found, isTrying, beside, onShow, reload } = props
  const { isRanking, rank } = useRankNow(state.running, reload)
  const total = ranking.columns.symbol.length
  const leftOut = ranking.skipped.length + ranking.columns.filtered.filter((each) => each !== null).length
  return (
    <>
      <span className="meta made" title={utcText(Date.parse(ranking.at))}>
        {isTrying ? <b>Not saved: as it would be. </b> : null}
        {found === total ? '' : `${found} of `}
        {total} ranked at {localClock(Date.parse(ranking.at))}
        <span className="wide">
          {' '}
          in {formatNumber(ranking.took_ms, { decimals: 1 })}
          {'\u202F'}ms
        </span>
        ,{' '}
        <button
          type="button"
          className="linklike"
          aria-pressed={beside === 'left-out'}
          onClick={() => onShow(beside === 'left-out' ? '' : 'left-out')}
        >
          {leftOut} left out
        </button>
        <NextRanking nextAt={state.next_at} isRunning={isRanking} />
      </span>
      <Button onClick={rank} disabled={isRanking || !state.enabled} aria-keyshortcuts="R">
        {isRanking ? 'Ranking…' : 'Rank now'}
      </Button>
      <Button
        aria-pressed={beside === 'weights'}
        aria-keyshortcuts="W"
        onClick={() => onShow(beside === 'weights' ? '' : 'weights')}
      >
        Weights <KeyCap keys="W" />
      </Button>
    </>
  )
}

function NextRanking({
  nextAt,
  isRunning,
}: {
  readonly nextAt: string | null
  readonly isRunning: boolean
}): JSX.Element | null {
  const now = useStationClock(1000)
  if (isRunning || nextAt === null || now === null) return null
  const left = Date.parse(nextAt) - now
  return <span className="countdown">, next {left <= 0 ? 'due' : `in ${formatSpan(left)}`}</span>
}
