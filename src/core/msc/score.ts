/** Step 3: what each strategy's trades of the last days are worth, in five parts (SPEC §5.3). */
import type { Regime } from '../model/regime.ts'
import type { MscScoringRules } from '../policy/msc-rules.ts'
import type { MscTrade } from './evidence.ts'

export interface StrategyRecord {
  readonly id: string
  readonly name: string
  readonly regimeTags: readonly Regime[]
  /** in order of closing */
  readonly live: readonly MscTrade[]
  /** of its shadow account, in order of closing; null: nothing follows it in the shadow */
  readonly shadow: readonly MscTrade[] | null
}

export interface ScoreParts {
  readonly profitFactor: number
  readonly winRate: number
  readonly drawdown: number
  readonly trades: number
  readonly regime: number
}

export interface StrategyScore {
  readonly id: string
  readonly name: string
  /** null: warming up */
  readonly score: number | null
  readonly parts: ScoreParts | null
  readonly isShadowed: boolean
  readonly metrics: {
    /** gains ÷ losses, capped; null: too few losses to know */
    readonly profitFactor: number | null
    /** fraction */
    readonly winRate: number | null
    readonly meanR: number | null
    readonly maxDrawdownPct: number | null
    readonly trades: number
    /** of these, in the shadow */
    readonly shadowTrades: number
  }
}

const DAY_MS = 86_400_000
const NEUTRAL_PROFIT_FACTOR = 1

function closedSince(trades: readonly MscTrade[], since: number): readonly MscTrade[] {
  let first = trades.length
  while (first > 0 && (trades[first - 1]?.closedAt ?? 0) >= since) first--
  return trades.slice(first)
}

interface Sums {
  gains: number
  losses: number
  wins: number
  losers: number
  multiples: number
  /** largest fall of the summed multiples from their high, R */
  maxDrawdown: number
}

function sumsOf(trades: readonly MscTrade[]): Sums {
  const sums: Sums = { gains: 0, losses: 0, wins: 0, losers: 0, multiples: 0, maxDrawdown: 0 }
  let [sum, high] = [0, 0]
  for (const { profit, rMultiple } of trades) {
    if (profit > 0) {
      sums.gains += profit
      sums.wins++
    } else {
      sums.losses -= profit
      sums.losers++
    }
    sums.multiples += rMultiple
    sum += rMultiple
    high = Math.max(high, sum)
    sums.maxDrawdown = Math.max(sums.maxDrawdown, high - sum)
  }
  return sums
}

const share = (value: number): number => Math.min(Math.max(value, 0), 1)

function profitFactorOf({ gains, losses, losers }: Sums, rules: MscScoringRules): number | null {
  if (losers < rules.minLosses) return null
  return losses > 0 ? Math.min(gains / losses, rules.maxProfitFactor) : rules.maxProfitFactor
}

/** `maxDrawdownPct`: of its own trades at one size, whatever they were traded at, in % of the account. */
function metricsOf(
  trades: readonly MscTrade[],
  rules: MscScoringRules,
): Omit<StrategyScore['metrics'], 'shadowTrades'> {
  const sums = sumsOf(trades)
  const count = trades.length
  if (count === 0) return { profitFactor: null, winRate: null, meanR: null, maxDrawdownPct: null, trades: 0 }
  return {
    profitFactor: profitFactorOf(sums, rules),
    winRate: sums.wins / count,
    meanR: sums.multiples / count,
    maxDrawdownPct: sums.maxDrawdown * rules.riskPctPerR,
    trades: count,
  }
}

function partsOf(metrics: ReturnType<typeof metricsOf>, fits: boolean, rules: MscScoringRules): ScoreParts {
  const { winRate, maxDrawdownPct, trades } = metrics
  const profitFactor = metrics.profitFactor ?? NEUTRAL_PROFIT_FACTOR
  return {
    profitFactor: rules.profitFactorWeight * share(profitFactor / rules.profitFactorFull),
    winRate: rules.winRateWeight * share(((winRate ?? 0) - rules.winRateFrom) / rules.winRateSpan),
    drawdown: rules.drawdownWeight * (1 - share((maxDrawdownPct ?? 0) / rules.drawdownFullPct)),
    trades: rules.tradesWeight * share(trades / rules.tradesFull),
    regime: fits ? rules.regimeWeight : 0,
  }
}

/** Live and shadow trades in one order of closing. */
const together = (live: readonly MscTrade[], shadow: readonly MscTrade[]): readonly MscTrade[] =>
  shadow.length === 0 ? live : [...live, ...shadow].sort((one, other) => one.closedAt - other.closedAt)

/** Live trades count alone once there are enough; before that those of the shadow count with them. */
export function scoreOf(
  record: StrategyRecord,
  at: { readonly now: number; readonly regime: Regime | null; readonly rules: MscScoringRules },
): StrategyScore {
  const { rules, regime, now } = at
  const since = now - rules.days * DAY_MS
  const live = closedSince(record.live, since)
  const shadow = live.length < rules.warmTrades ? closedSince(record.shadow ?? [], since) : []
  const metrics = metricsOf(together(live, shadow), rules)
  const isWarm = metrics.trades >= rules.warmTrades
  const fits = regime !== null && record.regimeTags.includes(regime)
  const parts = isWarm ? partsOf(metrics, fits, rules) : null
  return {
    id: record.id,
    name: record.name,
    score: parts === null ? null : sumOf(parts),
    parts,
    isShadowed: record.shadow !== null,
    metrics: { ...metrics, shadowTrades: shadow.length },
  }
}

const sumOf = (parts: ScoreParts): number =>
  parts.profitFactor + parts.winRate + parts.drawdown + parts.trades + parts.regime
