/** Something could not be fetched: what went wrong, and a way to try again. */
import type { JSX } from 'react'

import { Button } from './button.tsx'

export const FaultNote = ({
  what,
  fault,
  onRetry,
}: {
  readonly what: string
  readonly fault: string
  readonly onRetry: () => void
}): JSX.Element => (
  <div className="empty" role="alert">
    <p>
      <b>{what} could not be read:</b> {fault}.
    </p>
    <p>
      <Button onClick={onRetry}>Read again</Button>
    </p>
  </div>
)
