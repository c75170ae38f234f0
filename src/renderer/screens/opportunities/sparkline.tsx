/** A small curve of the latest closes: its shape only, scaled to its own high and low. */
import { memo, type JSX } from 'react'

const WIDTH = 64
const HEIGHT = 18

/** SVG path over `width` × `height`; empty for fewer than two figures. */
export function pathOf(values: readonly number[], width: number, height: number): string {
  if (values.length < 2) return ''
  const low = Math.min(...values)
  const span = Math.max(...values) - low || 1
  const step = width / (values.length - 1)
  const points = values.map(
    (value, place) => `${(place * step).toFixed(1)} ${(height - 1 - ((value - low) / span) * (height - 2)).toFixed(1)}`,
  )
  return `M${points.join('L')}`
}

export const Sparkline = memo(({ closes }: { readonly closes: readonly number[] | undefined }): JSX.Element => (
  <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
    {closes === undefined ? null : <path d={pathOf(closes, WIDTH, HEIGHT)} />}
  </svg>
))
