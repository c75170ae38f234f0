/** The questions to the opportunity ranking, answered from its rooms. */
import { changeRules } from '../core/policy/change-rules.ts'
import type { RankingShelf } from '../core/ports/ranking-shelf.ts'
import type { MarketBoard } from './market-board.ts'
import type { PolicyStore } from './policy-store.ts'
import type { RankingDesk } from './ranking-desk.ts'
import type { RankingFacade, RankingRefused } from './ranking-facade.ts'

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
      if (market.desk(symbol) === undefined) return null
      ranking.flush()
      return evenly(shelf.history(symbol, from, to), points)
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
