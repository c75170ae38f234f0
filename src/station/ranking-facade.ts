/** What a door may ask of the opportunity ranking, answered from its rooms. */
import type { BadField } from '../core/policy/bad-fields.ts'
import { changeRules } from '../core/policy/change-rules.ts'
import type { RankerRules } from '../core/policy/policy.ts'
import type { RankingShelf } from '../core/ports/ranking-shelf.ts'
import type { MarketBoard } from './market-board.ts'
import type { PolicyStore } from './policy-store.ts'
import type { RankingDesk } from './ranking-desk.ts'
import type { Ranking } from './ranking.ts'

export interface RankingState {
  /** null: none was made since the start */
  readonly ranking: Ranking | null
  readonly enabled: boolean
  readonly intervalMinutes: number
  readonly nextAt: number | null
  readonly isUnderWay: boolean
}

interface RankingRefused {
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

interface RankingFacadeDeps {
  readonly ranking: RankingDesk
  readonly policy: PolicyStore
  readonly market: MarketBoard
  readonly shelf: RankingShelf
  readonly settings: { readonly enabled: boolean; readonly intervalMinutes: number }
  /** virtual time stands still */
  readonly isPaused: () => boolean
}

const refused = (reason: string): RankingRefused => ({ outcome: 'refused', reason })
const TOO_EARLY = 'no symbol has enough closed 1 h candles yet'

export function rankingFacade(deps: RankingFacadeDeps): RankingFacade {
  const { ranking, policy, market, shelf, settings, isPaused } = deps
  return {
    state: () => ({
      ranking: ranking.last,
      enabled: settings.enabled,
      intervalMinutes: settings.intervalMinutes,
      nextAt: ranking.nextAt,
      isUnderWay: ranking.isUnderWay,
    }),
    async rank() {
      if (isPaused()) return refused('time stands still: a ranking takes effect a moment of the station’s time later')
      try {
        const made = await ranking.rank()
        return made === null ? refused(TOO_EARLY) : { outcome: 'ranked', ranking: made }
      } catch (problem) {
        return refused((problem as Error).message)
      }
    },
    preview(change) {
      const changed = changeRules(policy.current, { ranker: change })
      if (changed.outcome === 'invalid') return changed
      const made = ranking.preview(changed.rules.ranker)
      return made === null ? refused('there is no ranking yet') : { outcome: 'ranked', ranking: made }
    },
    history(symbol, { from = 0, to = Infinity, points }) {
      return market.desk(symbol) === undefined ? null : evenly(shelf.history(symbol, from, to), points)
    },
    sparklines: (bars) =>
      [...market.desks].map(({ symbol }) => ({
        symbol,
        closes: market.candles(symbol, '1h', bars).map(({ close }) => close),
      })),
  }
}

/** The first, the last, and evenly between them. */
function evenly<Item>(items: readonly Item[], points: number): readonly Item[] {
  if (items.length <= points) return items
  const step = (items.length - 1) / (points - 1)
  return Array.from({ length: points }, (_, point) => items[Math.round(point * step)] as Item)
}
