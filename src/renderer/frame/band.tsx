/** The one most severe condition: what is wrong, for how long, what is being done, and one verb. */
import type { JSX } from 'react'

import { connection, useLive } from '../state/live.ts'
import { Button } from '../widgets/button.tsx'
import { formatSpan } from '../widgets/format-time.ts'
import { Icon } from '../widgets/icon.tsx'
import { useNow } from '../widgets/use-now.ts'

export function Band(): JSX.Element | null {
  const link = useLive((replica) => replica.link)
  const now = useNow(1000)
  if (link.phase === 'lost')
    return (
      <div className="band caution" role="status">
        <Icon name="warning" />
        <span>
          <b>Station not answering</b> for {formatSpan(now - link.since)}. Trading goes on there.
        </span>
        <span className="push" />
        <Button onClick={() => connection.retryNow()}>Reconnect now</Button>
      </div>
    )
  return null
}
