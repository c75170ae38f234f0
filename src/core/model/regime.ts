/** Words for the state of a market (SPEC §6). */
export const REGIMES = ['BULL_TRENDING', 'BEAR_TRENDING', 'RANGING', 'CHOPPY', 'LOW_LIQUIDITY'] as const
export type Regime = (typeof REGIMES)[number]

export const VOLATILITIES = ['LOW', 'NORMAL', 'HIGH', 'EXTREME'] as const
export type Volatility = (typeof VOLATILITIES)[number]

/** What the market model knows of one symbol; null where there are not enough bars yet. */
export interface SymbolState {
  readonly symbol: string
  readonly regime: Regime | null
  readonly volatility: Volatility | null
  /** 100·ATR14(1 h)/close·√24 */
  readonly atrPct: number | null
  /** USDT over the last 24 h, null before there is any candle */
  readonly quoteVolume24h: number | null
  /** fraction of the mid price: from the book where there is one, else estimated (SPEC §10) */
  readonly spread: number | null
  readonly spreadIsEstimate: boolean
}
