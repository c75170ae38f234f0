/** The one most severe condition: what is wrong, for how long, what is being done, and one verb. */
import { useState, type JSX } from 'react'

import { acknowledgeAlert } from '../commands/health-commands.ts'
import { closePosition } from '../commands/position-commands.ts'
import { connection, live, useLive } from '../state/live.ts'
import { Button } from '../widgets/button.tsx'
import { Icon } from '../widgets/icon.tsx'
import { useNow } from '../widgets/use-now.ts'
import { severest, type Condition } from './conditions.ts'
import { ReleaseSheet } from './release-sheet.tsx'
import { go } from './route.ts'

export function Band(): JSX.Element | null {
  const now = useNow(1000)
  const text = useLive((replica) => JSON.stringify(severest(replica, now)))
  const [isReleasing, setIsReleasing] = useState(false)
  const condition = JSON.parse(text) as Condition | null
  const act = (verb: Condition['verb']): void => {
    if (verb?.action === 'reconnect') connection.retryNow()
    if (verb?.action === 'release') setIsReleasing(true)
    if (verb?.action === 'close' && verb.symbol !== undefined) void closePosition(verb.symbol)
    if (verb?.action === 'see' && verb.symbol !== undefined) go('bridge', [], { position: verb.symbol })
    if (verb?.action === 'live-prices') go('connections', [], { place: 'paper' })
    if (verb?.action === 'acknowledge' && verb.id !== undefined) void acknowledgeAlert(verb.id)
  }
  return (
    <>
      {condition === null ? null : (
        <div
          className={`band ${condition.level}`}
          role={condition.level === 'warning' ? 'alert' : 'status'}
          aria-atomic="false"
          data-unseen={condition.verb?.action === 'acknowledge' || undefined}
        >
          <Icon name={condition.icon} />
          <span className="words">
            <b>{condition.what}</b>
            {condition.rest}
          </span>
          <span className="push" />
          {condition.verb === undefined ? null : (
            <Button onClick={() => act(condition.verb)}>{condition.verb.label}</Button>
          )}
        </div>
      )}
      {isReleasing && live.getState().policy?.emergency != null ? (
        <ReleaseSheet onClose={() => setIsReleasing(false)} />
      ) : null}
    </>
  )
}
