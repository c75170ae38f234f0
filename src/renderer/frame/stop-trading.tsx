/** The way out: hold to stop opening risk. Engaged, it says since when, and opens the release. */
import { useState, type JSX } from 'react'

import { stopTrading } from '../commands/stop-commands.ts'
import { useLive } from '../state/live.ts'
import { localClock } from '../widgets/format-time.ts'
import { Icon } from '../widgets/icon.tsx'
import { useActions } from './actions.ts'
import { ReleaseSheet } from './release-sheet.tsx'
import { chooseClosesAll, closesAllNow, useClosesAll } from './stop-choice.ts'
import { stopPlan, stopSentence } from './stop-plan.ts'
import { useHold } from './use-hold.ts'

export function StopTrading(): JSX.Element {
  const emergency = useLive(({ policy }) => policy?.emergency ?? null)
  const isKnown = useLive(({ policy }) => policy !== null)
  return (
    <div className="stop">
      {emergency === null ? <Idle isDisabled={!isKnown} /> : <Engaged at={emergency.engaged_at} />}
    </div>
  )
}

function Idle({ isDisabled }: { readonly isDisabled: boolean }): JSX.Element {
  const closesAll = useClosesAll()
  const sentence = stopSentence(useLive(stopPlan), closesAll)
  const { held, isHolding, handlers } = useHold('k', ({ isShifted }) => {
    const flatten = closesAllNow() || isShifted
    chooseClosesAll(false)
    void stopTrading(flatten)
  })
  return (
    <button
      type="button"
      aria-keyshortcuts="K"
      aria-describedby="stop-what"
      title={sentence}
      disabled={isDisabled}
      {...handlers}
      style={isHolding ? ({ '--held': `${(held * 100).toFixed(1)}%` } as object) : undefined}
      data-holding={isHolding || undefined}
    >
      <Icon name="octagon" />
      <span>Stop trading</span>
      <small>
        {isHolding ? (
          'Keep holding'
        ) : (
          <>
            Hold <kbd>K</kbd>
            {closesAll ? ' · closes all' : ''}
          </>
        )}
        <span className="sr" id="stop-what">
          {sentence}
        </span>
      </small>
    </button>
  )
}

function Engaged({ at }: { readonly at: string }): JSX.Element {
  const [isReleasing, setIsReleasing] = useState(false)
  useActions([
    {
      id: 'stop.release',
      label: 'Release the stop',
      group: 'Mode',
      words: 'kill switch emergency resume',
      run: () => setIsReleasing(true),
    },
  ])
  return (
    <>
      <button type="button" aria-pressed="true" onClick={() => setIsReleasing(true)}>
        <Icon name="octagon" />
        <span>Stopped</span>
        <small>{localClock(Date.parse(at))} · release</small>
      </button>
      {isReleasing ? <ReleaseSheet onClose={() => setIsReleasing(false)} /> : null}
    </>
  )
}
