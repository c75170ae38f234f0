/** Grey lines where rows are being fetched. */
import type { JSX } from 'react'

const WIDTHS = [72, 88, 64, 80, 92, 58]

export const Skeleton = ({ lines = 4, label }: { readonly lines?: number; readonly label: string }): JSX.Element => (
  <div className="skeleton" role="status" aria-label={label}>
    {Array.from({ length: lines }, (_, line) => (
      <i key={line} style={{ width: `${WIDTHS[line % WIDTHS.length] ?? 70}%` }} />
    ))}
  </div>
)
