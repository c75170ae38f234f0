/** The components of a score: what each is called and how many of them stand. Pure. */
import { COMPONENTS, type Component, type RankingColumns } from '../../../contract/opportunities.ts'

export type AnyComponent = Component | 'cost_to_hold'

export const COMPONENT_WORDS: Readonly<Record<AnyComponent, { readonly name: string; readonly help: string }>> = {
  trend_strength: { name: 'Trend', help: 'price and its averages in order, and how steadily they move' },
  volatility_quality: { name: 'Volatility', help: 'enough of it, not too much, and even' },
  liquidity: { name: 'Liquidity', help: 'USDT traded in 24 hours' },
  regime_fit: { name: 'Regime fit', help: 'with the whole market or against it' },
  symbol_win_rate: { name: 'Own wins', help: 'share of your last 200 trades on it that won; 0.50 with none' },
  spread: { name: 'Spread', help: 'between bid and ask' },
  low_noise: { name: 'Low noise', help: 'bodies against wicks' },
  cost_to_hold: { name: 'Cost to hold', help: 'spread, slippage, fees and funding over the expected hold' },
}

/** In the order of every table; the cost to hold only where it has weight. */
export const componentsOf = (weights: Readonly<Record<string, number>>): readonly AnyComponent[] =>
  (weights['cost_to_hold'] ?? 0) > 0 ? [...COMPONENTS, 'cost_to_hold'] : COMPONENTS

export const valueOf = (columns: RankingColumns, component: AnyComponent, row: number): number | null =>
  columns[component][row] ?? null
