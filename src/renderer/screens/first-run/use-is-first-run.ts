/** Whether this station has never traded and this browser has not been through the first steps yet. */
import { useEffect, useState } from 'react'

import { station } from '../../link/client.ts'
import { useLive } from '../../state/live.ts'

const KEPT_AS = 'signalbox.first-run'

export const keepSeen = (): void => localStorage.setItem(KEPT_AS, 'seen')

const isSeen = (): boolean => localStorage.getItem(KEPT_AS) !== null

/** Judged once, with the first snapshot: what trades meanwhile does not take the steps away from under a reader. */
export function useIsFirstRun(): boolean {
  const isTold = useLive(({ snapshots }) => snapshots > 0)
  const [isFirst, setIsFirst] = useState(false)
  useEffect(() => {
    if (!isTold || isSeen()) return
    station.records.counts().then(
      ({ counts }) => setIsFirst((counts['orders'] ?? 0) === 0 && (counts['fills'] ?? 0) === 0),
      () => {
        // the steps wait for the palette; a page that cannot ask has other worries
      },
    )
  }, [isTold])
  return isFirst
}
