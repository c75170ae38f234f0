/** The way out: hold to stop opening risk. Engaged, it says since when. */
import type { JSX } from 'react'

import { stopTrading } from '../commands/stop-commands.ts'
import { useLive } from '../state/live.ts'
import { localClock } from '../widgets/format-time.ts'
import { Icon } from '../widgets/icon.tsx'
import { useHold } from './use-hold.ts'

export function StopTrading(): JSX.Element {
  const emergency = useLive(({ policy }) => policy?.emergency ?? null)
  const { held, isHolding, handlers } = useHold('k', () => void stopTrading(false))
  if (emergency !== null) {
    return (
      <div className="stop">
        <button type="button" aria-pressed="true">
          <Icon name="octagon" />
          <span>Stopped</span>
          <small>since {localClock(Date.parse(emergency.engaged_at))}</small>
        </button>
      </div>
    )
  }
  return (
    <div className="stop">
      <button
        type="button"
        aria-keyshortcuts="K"
        {...handlers}
        style={isHolding ? ({ '--held': `${held * 100}%` } as object) : undefined}
      >
        <Icon name="octagon" />
        <span>Stop trading</span>
        <small>
          {isHolding ? (
            'Keep holding'
          ) : (
            <>
              Hold <kbd>K</kbd>
            </>
          )}
        </small>
      </button>
    </div>
  )
}
