/** What the ranker is asked: the market, the account and the weights of this instant, as columns by slot. */
import { isTradable } from '../core/market/tradable.ts'
import type { Instrument } from '../core/model/market.ts'
import { type Regime, REGIMES } from '../core/model/regime.ts'
import { effectiveLimits, sizeCapUsd } from '../core/policy/effective.ts'
import { CALM_GOVERNOR, type GlobalPolicy } from '../core/policy/policy.ts'
import { weightsInOrder } from '../core/ranker/component.ts'
import { largestNotional } from '../core/ranker/minimum-order.ts'
import type { RankingQuestion } from '../core/ranker/question.ts'
import type { RankerSettings } from '../core/ranker/settings.ts'
import type { MarketBoard } from './market-board.ts'

interface QuestionParts {
  readonly at: number
  readonly policy: GlobalPolicy
  readonly market: MarketBoard
  readonly globalRegime: Regime | null
  /** at mark, USDT; null: there is no account yet */
  readonly equity: number | null
  readonly winRateOf: (symbol: string) => number | null
  readonly slotOf: (symbol: string) => number
  readonly settings: RankerSettings
}

/** slots in use once every desk has one */
function slotsOf({ market, slotOf }: QuestionParts): number {
  let most = -1
  for (const { symbol } of market.desks) most = Math.max(most, slotOf(symbol))
  return most + 1
}

export function rankingQuestion(parts: QuestionParts): RankingQuestion {
  const { at, policy, market, globalRegime, equity, winRateOf, slotOf, settings } = parts
  const count = slotsOf(parts)
  const unknown = (): Float64Array => new Float64Array(count).fill(NaN)
  const question = {
    at,
    globalRegime,
    weights: weightsInOrder(policy.rules.ranker.weights),
    size: equity === null ? 0 : sizeCap(policy, equity),
    isAsked: new Uint8Array(count),
    regime: new Int8Array(count).fill(-1),
    quoteVolume24h: unknown(),
    spread: unknown(),
    winRate: unknown(),
    takerFee: unknown(),
    fundingPerHour: unknown(),
  }
  for (const { symbol, instrument, model, funding } of market.desks) {
    const slot = slotOf(symbol)
    const { regime, quoteVolume24h, spread } = model.state
    question.isAsked[slot] = isTradable(instrument) ? 1 : 0
    question.regime[slot] = regime === null ? -1 : REGIMES.indexOf(regime)
    question.quoteVolume24h[slot] = quoteVolume24h ?? NaN
    question.spread[slot] = spread ?? NaN
    question.winRate[slot] = winRateOf(symbol) ?? settings.winRateUnknown
    question.takerFee[slot] = instrument.takerFee
    question.fundingPerHour[slot] = funding === null ? 0 : funding.rate / funding.intervalHours
  }
  return question
}

/** Of the mode itself: what the governor or a bad day takes away for now does not make a symbol untradable. */
const calmLimits = (policy: GlobalPolicy) => effectiveLimits(policy, CALM_GOVERNOR, 0)

const sizeCap = (policy: GlobalPolicy, equity: number): number =>
  sizeCapUsd(calmLimits(policy), equity, policy.rules.guard.smallAccountUsd).value

/** The largest entry of an account of this equity (USDT), by the taker fee of the instrument. */
export function largestEntry(policy: GlobalPolicy, equity: number): (instrument: Instrument) => number {
  const { minStopDistance, slippage } = policy.rules.guard
  const room = {
    equity,
    sizeCap: sizeCap(policy, equity),
    maxRisk: calmLimits(policy).maxRiskPerTrade.value,
    minStopDistance,
  }
  return ({ takerFee }) => largestNotional({ ...room, exitCosts: 2 * takerFee + slippage })
}
