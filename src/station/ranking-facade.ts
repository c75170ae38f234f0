/** What a door may ask of the opportunity ranking. */
import type { BadField } from '../core/policy/bad-fields.ts'
import type { RankerRules } from '../core/policy/policy.ts'
import type { Ranking } from './ranking.ts'

export interface RankingState {
  /** null: none was made since the start */
  readonly ranking: Ranking | null
  readonly enabled: boolean
  readonly intervalMinutes: number
  readonly nextAt: number | null
  readonly isUnderWay: boolean
}

export interface RankingRefused {
  readonly outcome: 'refused'
  readonly reason: string
}

interface RankingInvalid {
  readonly outcome: 'invalid'
  readonly fields: readonly BadField[]
}

interface RankingMade {
  readonly outcome: 'ranked'
  readonly ranking: Ranking
}

/** Any part of the ranker's rules; weights that are not named stay. */
export interface RankerChange {
  readonly weights?: RankerRules['weights'] | undefined
  readonly minScore?: number | undefined
  readonly minQuoteVolume24h?: number | undefined
}

export interface RankingFacade {
  state(): RankingState
  /** Ranks now, or waits for the ranking that is under way. */
  rank(): Promise<RankingMade | RankingRefused>
  /** The last ranking as it would be; nothing is written. */
  preview(change: RankerChange): RankingMade | RankingRefused | RankingInvalid
  /** Scores of a symbol from `from` to `to` (epoch ms), oldest first, at most `points`; null: no such symbol. */
  history(
    symbol: string,
    query: { readonly from?: number | undefined; readonly to?: number | undefined; readonly points: number },
  ): readonly { readonly at: number; readonly score: number }[] | null
  /** Latest closes of 1 h candles of every symbol, oldest first. */
  sparklines(bars: number): readonly { readonly symbol: string; readonly closes: readonly number[] }[]
}
