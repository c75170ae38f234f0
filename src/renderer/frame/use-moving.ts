/** Follows a move of the station to another place, whoever asked for it: until it has arrived, or has come back. */
import { useEffect } from 'react'

import { Nonsense, station } from '../link/client.ts'
import { pageNow } from '../link/page-clock.ts'
import type { Moving } from '../state/live-state.ts'
import { live, useLive } from '../state/live.ts'
import { useAnswer } from '../state/use-answer.ts'
import { showFault, showToast } from '../widgets/toasts.tsx'

type Places = Awaited<ReturnType<typeof station.places.get>>

const AGAIN_MS = 1000

const titleOf = ({ items }: Places, name: string): string => items.find(({ place }) => place === name)?.title ?? name

/** Asked after every snapshot, and each second while the station is on its way. */
export function useMoving(): void {
  const { value, reload } = useAnswer('where the station is', askPlaces)
  const isMoving = useLive(({ moving }) => moving !== null)
  useEffect(() => {
    if (value !== null) take(value)
  }, [value])
  useEffect(() => {
    if (!isMoving) return
    const timer = setInterval(reload, AGAIN_MS)
    return () => clearInterval(timer)
  }, [isMoving, reload])
}

/** The frame stands round every screen: an answer that makes no sense must not take it down. */
async function askPlaces(signal: AbortSignal): Promise<Places> {
  const places = await station.places.get(undefined, { signal })
  if (!Array.isArray(places.items)) throw new Nonsense('the station told no places')
  return places
}

function take(places: Places): void {
  const { moving } = live.getState()
  const { going_to: goingTo, last_move: last } = places
  if (goingTo !== null) {
    const title = titleOf(places, goingTo)
    if (moving?.to !== goingTo)
      live.setState({ moving: { to: goingTo, title, since: pageNow(), lastMoveAt: last?.at ?? null } })
    return
  }
  if (moving === null || !hasEnded(moving, places)) return
  live.setState({ moving: null })
  const here = titleOf(places, places.here)
  if (places.here === moving.to) showToast({ text: `The station trades at ${here} now` })
  else
    showFault(`Not gone to ${moving.title}: ${last?.problem ?? 'it did not start there'}. The station is at ${here}.`)
}

/** An answer from before the wish says nothing of the move. */
const hasEnded = ({ to, lastMoveAt }: Moving, { here, last_move: last }: Places): boolean =>
  here === to || (last !== null && last.at !== lastMoveAt)
