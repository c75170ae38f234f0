/** What each made-up contract is like: its rules, how it moves and how liquid it is, by its rank in volume. The same for every seed. */
import { intervalMs } from '../../core/model/interval.ts'
import { leverageLadder, type LadderStep } from '../../core/model/leverage-ladder.ts'
import type { Instrument } from '../../core/model/market.ts'
import { hashed } from './random.ts'
import type { MarketSimulatorSettings } from './settings.ts'
import { symbolNames } from './symbol-names.ts'

export interface Listing {
  readonly symbol: string
  readonly instrument: Instrument
  readonly referencePrice: number
  /** price = ticks ÷ this, a power of ten; quantity = steps ÷ that */
  readonly ticksPerUnit: number
  readonly stepsPerUnit: number
  /** standard deviation of one hour's log return, and the share of its variance that is the market's */
  readonly hourlyDeviation: number
  readonly commonShare: number
  /** USDT in 24 h */
  readonly volume24h: number
  /** usual spread as a share of the price */
  readonly spread: number
  readonly fundingIntervalHours: number
}

const BASIS_POINT = 1e-4
const SPREAD_VOLUME = 50e6
const NEVER_DELIVERED = 4_133_404_800_000
const LISTED_AT = Date.UTC(2020, 0, 1)
const MAX_STEP_DECIMALS = 3
/** The first symbols follow the market more closely than the others. */
const LEADERS = 2
const EIGHT_HOURLY = 30

/** Maintenance ladders by rank, as the exchange grades them. */
const LADDERS: readonly { readonly upTo: number; readonly steps: readonly LadderStep[] }[] = [
  {
    upTo: 2,
    steps: [
      [50_000, 0.004, 125],
      [600_000, 0.005, 100],
      [3_000_000, 0.0065, 75],
      [12_000_000, 0.01, 50],
      [70_000_000, 0.02, 25],
      [230_000_000, 0.05, 10],
      [480_000_000, 0.1, 5],
      [1_200_000_000, 0.25, 2],
      [1_800_000_000, 0.5, 1],
    ],
  },
  {
    upTo: 40,
    steps: [
      [10_000, 0.0065, 75],
      [80_000, 0.01, 50],
      [800_000, 0.02, 25],
      [4_000_000, 0.05, 10],
      [8_000_000, 0.1, 5],
      [20_000_000, 0.125, 4],
      [50_000_000, 0.5, 1],
    ],
  },
  {
    upTo: Infinity,
    steps: [
      [5_000, 0.015, 50],
      [50_000, 0.02, 25],
      [400_000, 0.05, 10],
      [1_000_000, 0.1, 5],
      [2_000_000, 0.125, 4],
      [5_000_000, 0.5, 1],
    ],
  },
]
const BRACKETS = LADDERS.map(({ upTo, steps }) => ({ upTo, brackets: leverageLadder(steps) }))

/** Largest limit and market order as a share of an hour's volume. */
const MAX_ORDER_HOURS = 0.2
const MAX_MARKET_ORDER_HOURS = 0.05
const LEADER_MIN_NOTIONAL = 20
const MIN_NOTIONAL = 5

export function listings(settings: MarketSimulatorSettings): readonly Listing[] {
  return symbolNames(settings.symbols).map(({ base, price }, rank) => listing(base, price, rank, settings))
}

function listing(base: string, price: number, rank: number, settings: MarketSimulatorSettings): Listing {
  const tickDecimals = Math.max(1, Math.ceil(4 - Math.log10(price)))
  const stepDecimals = Math.min(MAX_STEP_DECIMALS, Math.max(0, Math.ceil(Math.log10(price))))
  const volume24h = settings.topVolume * (rank + 1) ** -settings.volumeExponent * (0.6 + 0.8 * hashed(rank, 1, 1))
  const spreadBp = settings.spreadFloorBp + settings.spreadSlopeBp * Math.sqrt(SPREAD_VOLUME / volume24h)
  const fundingIntervalHours = rank >= EIGHT_HOURLY && hashed(rank, 2, 1) < settings.fourHourShare ? 4 : 8
  const ticksPerUnit = 10 ** tickDecimals
  const stepsPerUnit = 10 ** stepDecimals
  const symbol = `${base}USDT`
  return {
    symbol,
    instrument: instrumentOf({
      base,
      symbol,
      price,
      rank,
      volume24h,
      tickDecimals,
      stepDecimals,
      fundingIntervalHours,
    }),
    referencePrice: price,
    ticksPerUnit,
    stepsPerUnit,
    hourlyDeviation: deviationOf(rank, settings),
    commonShare: shareOf(rank, settings),
    volume24h,
    spread: spreadBp * BASIS_POINT,
    fundingIntervalHours,
  }
}

/** The most traded is the calmest; the others lie anywhere above, the rougher the less they are traded. */
function deviationOf(rank: number, { symbols, calmestHourly, roughestHourly }: MarketSimulatorSettings): number {
  if (rank === 0) return calmestHourly
  const share = 0.3 + 0.4 * hashed(rank, 3, 1) + (0.3 * rank) / symbols
  return calmestHourly + (roughestHourly - calmestHourly) * share
}

function shareOf(rank: number, { commonShare, commonShareSpread }: MarketSimulatorSettings): number {
  const share =
    rank < LEADERS ? commonShare + commonShareSpread : commonShare + commonShareSpread * (2 * hashed(rank, 4, 1) - 1)
  return Math.min(0.98, Math.max(0, share))
}

/** The step with that many decimals as text: 2 → `0.01`. */
const stepText = (decimals: number): string => (decimals === 0 ? '1' : `0.${'0'.repeat(decimals - 1)}1`)

interface ContractFigures {
  readonly base: string
  readonly symbol: string
  readonly price: number
  readonly rank: number
  readonly volume24h: number
  readonly tickDecimals: number
  readonly stepDecimals: number
  readonly fundingIntervalHours: number
}

function instrumentOf(figures: ContractFigures): Instrument {
  const { base, symbol, price, rank, volume24h, tickDecimals, stepDecimals, fundingIntervalHours } = figures
  const hourVolume = volume24h / 24
  const quantityOf = (notional: number): string => Math.max(1, Math.floor(notional / price)).toFixed(0)
  return {
    symbol,
    baseAsset: base,
    quoteAsset: 'USDT',
    marginAsset: 'USDT',
    contractType: 'PERPETUAL',
    status: 'TRADING',
    onboardAt: LISTED_AT + rank * intervalMs('1d'),
    deliveryAt: NEVER_DELIVERED,
    tickSize: stepText(tickDecimals),
    stepSize: stepText(stepDecimals),
    minQuantity: stepText(stepDecimals),
    maxQuantity: quantityOf(hourVolume * MAX_ORDER_HOURS),
    maxMarketQuantity: quantityOf(hourVolume * MAX_MARKET_ORDER_HOURS),
    minNotional: String(rank < LEADERS ? LEADER_MIN_NOTIONAL : MIN_NOTIONAL),
    percentPrice: rank < EIGHT_HOURLY ? 0.05 : 0.1,
    liquidationFee: 0.0125,
    makerFee: 0.0002,
    takerFee: 0.0005,
    fundingIntervalHours,
    brackets: (BRACKETS.find(({ upTo }) => rank < upTo) ?? BRACKETS[0])?.brackets ?? [],
  }
}
