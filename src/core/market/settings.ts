/** Numbers of the market model (SPEC §6 and the spread of §10). */
export interface MarketSettings {
  /** 1 h candles per symbol asked for at start */
  readonly historyBars: number
  readonly atrBars: number
  readonly adxBars: number
  readonly fastEmaBars: number
  readonly slowEmaBars: number
  /** under this 24 h quote volume (USDT) a symbol is LOW_LIQUIDITY */
  readonly lowLiquidityVolume: number
  /** above this spread (fraction) a symbol is LOW_LIQUIDITY */
  readonly lowLiquiditySpread: number
  /** ADX from which a market may be trending */
  readonly trendAdx: number
  /** |EMA fast ÷ EMA slow − 1| from which a market may be trending */
  readonly trendGap: number
  /** ADX under which a market may be choppy */
  readonly choppyAdx: number
  /** efficiency (net move ÷ path) under which a market may be choppy */
  readonly choppyEfficiency: number
  /** bars over which efficiency is measured */
  readonly efficiencyBars: number
  /** bars of the median that the ATR is compared with */
  readonly medianBars: number
  /** fewer ATRs than this: volatility is NORMAL */
  readonly minMedianBars: number
  readonly volatilityLow: number
  readonly volatilityHigh: number
  readonly volatilityExtreme: number
  /** ATR % × √24 from which volatility is EXTREME whatever its median */
  readonly extremeAtrPct: number
  /** closed bars in a row before a volatility class changes */
  readonly volatilityPatience: number
  /** spread of a very large market, fraction */
  readonly spreadBase: number
  /** added to it at the reference volume, fraction; falls with the root of the volume */
  readonly spreadSlope: number
  /** 24 h quote volume, USDT */
  readonly spreadReferenceVolume: number
  readonly spreadMax: number
}

export const MARKET_SETTINGS: MarketSettings = {
  historyBars: 499,
  atrBars: 14,
  adxBars: 14,
  fastEmaBars: 50,
  slowEmaBars: 200,
  lowLiquidityVolume: 2_000_000,
  lowLiquiditySpread: 0.001,
  trendAdx: 25,
  trendGap: 0.003,
  choppyAdx: 20,
  choppyEfficiency: 0.1,
  efficiencyBars: 24,
  medianBars: 480,
  minMedianBars: 100,
  volatilityLow: 0.6,
  volatilityHigh: 1.5,
  volatilityExtreme: 2.5,
  extremeAtrPct: 15,
  volatilityPatience: 3,
  spreadBase: 0.0001,
  spreadSlope: 0.0002,
  spreadReferenceVolume: 50_000_000,
  spreadMax: 0.002,
}
