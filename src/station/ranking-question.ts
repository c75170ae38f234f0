/** What the ranker is asked: the market, the account and the weights of this instant, by slot. */
import { isTradable } from '../core/market/tradable.ts'
import type { Instrument } from '../core/model/market.ts'
import { type Regime, REGIMES } from '../core/model/regime.ts'
import { effectiveLimits, sizeCapUsd } from '../core/policy/effective.ts'
import { CALM_GOVERNOR, type GlobalPolicy } from '../core/policy/policy.ts'
import { weightsInOrder } from '../core/ranker/component.ts'
import { largestNotional, leastNotional, minimaOf, type OrderMinima } from '../core/ranker/minimum-order.ts'
import type { RankingQuestion } from '../core/ranker/question.ts'
import type { RankerSettings } from '../core/ranker/settings.ts'
import type { MarketBoard } from './market-board.ts'

/** The instant a ranking is made of; what the answer is read by. */
export interface RankingInstant {
  /** epoch ms */
  readonly at: number
  readonly policy: GlobalPolicy
  /** of the whole market; null: unknown */
  readonly regime: Regime | null
  /** at mark, USDT; null: there is no account yet */
  readonly equity: number | null
  /** by slot */
  readonly symbols: readonly string[]
  readonly regimes: (Regime | null)[]
  /** USDT */
  readonly quoteVolumes: Float64Array
  /** the exchange's smallest order and the account's largest entry, USDT */
  readonly leastNotionals: Float64Array
  readonly largestNotionals: Float64Array
}

type InstantParts = Pick<RankingInstant, 'at' | 'policy' | 'regime' | 'equity' | 'symbols'> & {
  readonly market: MarketBoard
  readonly winRateOf: (symbol: string) => number | null
  readonly settings: RankerSettings
}

export interface AskedInstant {
  readonly instant: RankingInstant
  /** its columns are given away when it is asked */
  readonly question: RankingQuestion
}

export function rankingQuestion(parts: InstantParts): AskedInstant {
  const { at, policy, regime, equity, symbols, market, winRateOf, settings } = parts
  const count = symbols.length
  const column = (): Float64Array => new Float64Array(count).fill(NaN)
  const question = {
    at,
    globalRegime: regime,
    weights: weightsInOrder(policy.rules.ranker.weights),
    size: equity === null ? 0 : sizeCap(policy, equity),
    isAsked: new Uint8Array(count),
    regime: new Int8Array(count).fill(-1),
    quoteVolume24h: column(),
    spread: column(),
    winRate: column(),
    takerFee: column(),
    fundingPerHour: column(),
  }
  const instant: RankingInstant = {
    at,
    policy,
    regime,
    equity,
    symbols,
    regimes: [],
    quoteVolumes: column(),
    leastNotionals: column(),
    largestNotionals: column(),
  }
  const largestOf = equity === null ? null : largestEntry(policy, equity)
  for (const [slot, symbol] of symbols.entries()) {
    const desk = market.desk(symbol)
    const state = desk?.model.state
    instant.regimes.push(state?.regime ?? null)
    if (desk === undefined || state === undefined) continue
    const { instrument, funding } = desk
    question.isAsked[slot] = isTradable(instrument) ? 1 : 0
    question.regime[slot] = state.regime === null ? -1 : REGIMES.indexOf(state.regime)
    question.quoteVolume24h[slot] = state.quoteVolume24h ?? NaN
    question.spread[slot] = state.spread ?? NaN
    question.winRate[slot] = winRateOf(symbol) ?? settings.winRateUnknown
    question.takerFee[slot] = instrument.takerFee
    question.fundingPerHour[slot] = funding === null ? 0 : funding.rate / funding.intervalHours
    instant.quoteVolumes[slot] = state.quoteVolume24h ?? NaN
    instant.leastNotionals[slot] = leastNotional(minima(instrument), desk.last)
    instant.largestNotionals[slot] = largestOf?.(instrument) ?? NaN
  }
  return { instant, question }
}

const known = new WeakMap<Instrument, OrderMinima>()

/** Read from the exchange's text once. */
function minima(instrument: Instrument): OrderMinima {
  let read = known.get(instrument)
  if (read === undefined) {
    read = minimaOf(instrument)
    known.set(instrument, read)
  }
  return read
}

/** Of the mode itself: what the governor or a bad day takes away for now does not make a symbol untradable. */
const calmLimits = (policy: GlobalPolicy) => effectiveLimits(policy, CALM_GOVERNOR, 0)

const sizeCap = (policy: GlobalPolicy, equity: number): number =>
  sizeCapUsd(calmLimits(policy), equity, policy.rules.guard.smallAccountUsd).value

/** The largest entry of an account of this equity (USDT), by the taker fee of the instrument. */
function largestEntry(policy: GlobalPolicy, equity: number): (instrument: Instrument) => number {
  const { minStopDistance, slippage } = policy.rules.guard
  const room = {
    equity,
    sizeCap: sizeCap(policy, equity),
    maxRisk: calmLimits(policy).maxRiskPerTrade.value,
    minStopDistance,
  }
  return ({ takerFee }) => largestNotional({ ...room, exitCosts: 2 * takerFee + slippage })
}
