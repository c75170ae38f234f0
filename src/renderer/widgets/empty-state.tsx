/** What stands where nothing is yet: what is missing, why, and what to do. */
import type { JSX, ReactNode } from 'react'

export const EmptyState = ({
  title,
  children,
}: {
  readonly title: string
  readonly children?: ReactNode
}): JSX.Element => (
  <div className="empty">
    <p>
      <b>{title}</b> {children}
    </p>
  </div>
)
