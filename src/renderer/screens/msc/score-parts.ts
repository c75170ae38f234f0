/** The five parts of a strategy's score and how they are drawn. Pure. */
import { formatNumber } from '../../widgets/format-number.ts'
import type { Strategy } from './use-msc.ts'

type Part = keyof NonNullable<Strategy['parts']>

/** `most`: what the part can bring at most, SPEC §5. */
export const SCORE_PARTS: readonly { readonly part: Part; readonly head: string; readonly most: number }[] = [
  { part: 'profit_factor', head: 'Factor', most: 0.4 },
  { part: 'win_rate', head: 'Wins', most: 0.3 },
  { part: 'drawdown', head: 'Drawdn', most: 0.2 },
  { part: 'trades', head: 'Trades', most: 0.1 },
  { part: 'regime', head: 'Regime', most: 0.15 },
]

/** The highest score there is: all parts full. */
const FULL_SCORE = SCORE_PARTS.reduce((sum, { most }) => sum + most, 0)

/** Width on the bar of a score. */
export const shareOfScale = (score: number): string => `${((Math.max(0, score) / FULL_SCORE) * 100).toFixed(1)}%`

export interface DrawnPart {
  readonly part: Part
  readonly value: number | null
  /** of what it can bring at most, 0…1 */
  readonly share: number
}

export const partsOf = ({ parts }: Pick<Strategy, 'parts'>): DrawnPart[] =>
  SCORE_PARTS.map(({ part, most }) => {
    const value = parts === null ? null : parts[part]
    return { part, value, share: value === null ? 0 : Math.min(1, Math.max(0, value / most)) }
  })

/** `allowed`, `warming up, 0.5 of the size` */
export function standingText({ standing, size_share: share }: Pick<Strategy, 'standing' | 'size_share'>): string {
  const isSaid = share === 1 || share === 0 || /size/.test(standing)
  return isSaid ? standing : `${standing}, size × ${formatNumber(share)}`
}
