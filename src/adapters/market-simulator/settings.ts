/** The made-up market: how many symbols, how they move together, how rough, how liquid. Its statistics follow recorded data of 2025. */

type Scenario = 'none' | 'trend' | 'crash'

export interface MarketSimulatorSettings {
  readonly seed: number
  readonly symbols: number
  /** seconds between book tickers, a divisor of 60; 0: only one at each bar's open */
  readonly tickSeconds: number
  /** steps of the path within a minute when there are no ticks between bars */
  readonly stepsPerMinute: number
  /** `none` has no drift anywhere; `trend` and `crash` plant one and say so in the feed's label */
  readonly scenario: Scenario
  /** hours of candles before the start that `history` answers from */
  readonly historyHours: number

  /** standard deviation of one hour's return: of the calmest symbol, and of the roughest */
  readonly calmestHourly: number
  readonly roughestHourly: number
  /** mean share of a symbol's variance that the whole market has in common, and how far symbols differ from it */
  readonly commonShare: number
  readonly commonShareSpread: number
  /** log variance wanders around its mean: quickly (hours) and slowly (days); minutes to forget, standard deviation */
  readonly fastMinutes: number
  readonly fastDeviation: number
  readonly slowMinutes: number
  readonly slowDeviation: number
  /** standard deviation of the log variance of each single minute */
  readonly minuteDeviation: number
  /** variance in a calm and a turbulent regime as a multiple of the normal one, and mean minutes in each */
  readonly calmVariance: number
  readonly turbulentVariance: number
  readonly calmMinutes: number
  readonly normalMinutes: number
  readonly turbulentMinutes: number
  /** variance never exceeds this multiple of its mean */
  readonly maxVariance: number

  /** gaps between one bar's close and the next one's open: mean days between them, size in standard deviations of an hour */
  readonly jumpEveryDays: number
  readonly commonJumpEveryDays: number
  readonly jumpDeviation: number
  /** outages of one symbol (bars with volume 0 and one price): mean days between them, longest in minutes */
  readonly outageEveryDays: number
  readonly outageMinutes: number

  /** 24 h quote volume of the most traded symbol, USDT; the n-th has this × n^−volumeExponent */
  readonly topVolume: number
  readonly volumeExponent: number
  /** standard deviation of the log volume of one minute */
  readonly volumeDeviation: number
  /** spread = spreadFloorBp + spreadSlopeBp × √(50 M ÷ 24 h volume), basis points, wider when it is rough */
  readonly spreadFloorBp: number
  readonly spreadSlopeBp: number
  /** mean quantity at the touch as a share of one minute's volume */
  readonly touchShare: number

  /** mean and standard deviation of an 8 h funding rate, and its cap either way */
  readonly fundingMean: number
  readonly fundingDeviation: number
  readonly fundingCap: number
  /** share of symbols beyond the first 30 that settle every 4 h */
  readonly fourHourShare: number

  /** scenario `trend`: log return a day, changing its sign every so many days */
  readonly trendPerDay: number
  readonly trendDays: number
  /** scenario `crash`: share of the price lost, when it begins after the start and how long it takes, minutes */
  readonly crashDepth: number
  readonly crashAfterMinutes: number
  readonly crashMinutes: number
}

export const MARKET_SIMULATOR_SETTINGS: MarketSimulatorSettings = {
  seed: 1,
  symbols: 200,
  tickSeconds: 2,
  stepsPerMinute: 6,
  scenario: 'none',
  historyHours: 520,
  calmestHourly: 0.0045,
  roughestHourly: 0.0125,
  commonShare: 0.72,
  commonShareSpread: 0.12,
  fastMinutes: 180,
  fastDeviation: 1,
  slowMinutes: 2880,
  slowDeviation: 0.35,
  minuteDeviation: 0.6,
  calmVariance: 0.6,
  turbulentVariance: 2.5,
  calmMinutes: 480,
  normalMinutes: 960,
  turbulentMinutes: 150,
  maxVariance: 15,
  jumpEveryDays: 10,
  commonJumpEveryDays: 20,
  jumpDeviation: 2,
  outageEveryDays: 60,
  outageMinutes: 20,
  topVolume: 12e9,
  volumeExponent: 1.25,
  volumeDeviation: 0.6,
  spreadFloorBp: 0.3,
  spreadSlopeBp: 2,
  touchShare: 0.05,
  fundingMean: 0.0001,
  fundingDeviation: 0.0001,
  fundingCap: 0.003,
  fourHourShare: 0.3,
  trendPerDay: 0.08,
  trendDays: 3,
  crashDepth: 0.15,
  crashAfterMinutes: 120,
  crashMinutes: 20,
}

/** Throws a sentence that names the setting. */
export function checkSettings(settings: MarketSimulatorSettings): void {
  const { symbols, tickSeconds, stepsPerMinute } = settings
  if (!Number.isInteger(symbols) || symbols < 1 || symbols > 1000)
    throw new RangeError(`symbols must be 1…1000, was ${symbols}`)
  if (!Number.isInteger(tickSeconds) || tickSeconds < 0 || (tickSeconds > 0 && 60 % tickSeconds !== 0)) {
    throw new RangeError(`tickSeconds must be 0 or a whole divisor of 60, was ${tickSeconds}`)
  }
  if (!Number.isInteger(stepsPerMinute) || stepsPerMinute < 1 || 60 % stepsPerMinute !== 0) {
    throw new RangeError(`stepsPerMinute must be a whole divisor of 60, was ${stepsPerMinute}`)
  }
}
