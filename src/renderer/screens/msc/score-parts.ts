/** The five parts of a strategy's score and how they are drawn. Pure. */
import { formatNumber } from '../../widgets/format-number.ts'
import type { Strategy } from './use-msc.ts'

type Part = keyof NonNullable<Strategy['parts']>
type Weight = `${Part}_weight`

/** Where the rules say what each part brings at most. */
export const SCORE_PARTS: readonly { readonly part: Part; readonly head: string; readonly weight: Weight }[] = [
  { part: 'profit_factor', head: 'Factor', weight: 'profit_factor_weight' },
  { part: 'win_rate', head: 'Wins', weight: 'win_rate_weight' },
  { part: 'drawdown', head: 'Drawdn', weight: 'drawdown_weight' },
  { part: 'trades', head: 'Trades', weight: 'trades_weight' },
  { part: 'regime', head: 'Regime', weight: 'regime_weight' },
]

export type Weights = Readonly<Record<Weight, number>>

/** The weights that a new station begins with, until its own are told; SPEC §5. */
export const USUAL_WEIGHTS: Weights = {
  profit_factor_weight: 0.4,
  win_rate_weight: 0.3,
  drawdown_weight: 0.2,
  trades_weight: 0.1,
  regime_weight: 0.15,
}

/** Width on the bar of a score; a full bar is all parts full. */
export function shareOfScale(score: number, weights: Weights): string {
  const full = SCORE_PARTS.reduce((sum, { weight }) => sum + weights[weight], 0)
  return `${((Math.max(0, score) / (full || 1)) * 100).toFixed(1)}%`
}

export interface DrawnPart {
  readonly part: Part
  readonly value: number | null
  /** of what it can bring at most, 0…1 */
  readonly share: number
}

export const partsOf = ({ parts }: Pick<Strategy, 'parts'>, weights: Weights): DrawnPart[] =>
  SCORE_PARTS.map(({ part, weight }) => {
    const value = parts === null ? null : parts[part]
    return { part, value, share: value === null ? 0 : Math.min(1, Math.max(0, value / (weights[weight] || 1))) }
  })

/** `allowed`, `warming up, 0.5 of the size` */
export function standingText({ standing, size_share: share }: Pick<Strategy, 'standing' | 'size_share'>): string {
  const isSaid = share === 1 || share === 0 || /size/.test(standing)
  return isSaid ? standing : `${standing}, size × ${formatNumber(share)}`
}
