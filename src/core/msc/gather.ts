/** Step 1: turns what the station remembers into evidence (SPEC §5.1). */
import type { GlobalState } from '../market/global-state.ts'
import type { HealthStatus } from '../model/health.ts'
import type { MscEvidenceRules } from '../policy/msc-rules.ts'
import type { Evidence, MscTrade, NavPoint } from './evidence.ts'
import { drawdownPct, slopeOf } from './nav-figures.ts'
import { tradeFigures } from './trade-figures.ts'

export interface Observed {
  readonly now: number
  /** in order of time; they reach back as far as the longest window */
  readonly nav: readonly NavPoint[]
  /** in order of closing, manual ones included, shadow ones not */
  readonly trades: readonly MscTrade[]
  readonly market: GlobalState
  readonly health: HealthStatus
  /** a person began the evidence anew then, epoch ms; null: never */
  readonly rebasedAt: number | null
}

const DAY_MS = 86_400_000

export function gather(observed: Observed, rules: MscEvidenceRules): Evidence {
  const { now, nav, trades, market, health, rebasedAt } = observed
  const since = (days: number): number => Math.max(now - days * DAY_MS, rebasedAt ?? -Infinity)
  const slope = slopeOf(nav, { now, days: rules.slopeDays, since: rebasedAt ?? -Infinity })
  return {
    drawdownPct: drawdownPct(nav, since(rules.drawdownDays)),
    ...tradeFigures(trades, { since: since(rules.tradeDays), most: rules.maxTrades }),
    slopePct: slope?.mean ?? null,
    slopeError: slope?.error ?? null,
    regime: market.regime,
    volatility: market.volatility,
    health,
    rebasedAt,
  }
}
