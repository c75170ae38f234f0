/** The station's clock between two messages: it goes on at its pace, so that the page needs no message per second. */
import { pageNow } from '../link/page-clock.ts'
import { useNow } from '../widgets/use-now.ts'
import type { LiveReplica } from './live-state.ts'
import { live, useLive } from './live.ts'

/** Without news for longer than this the clock on the page stands, rather than run away from a station that is held up. */
const MOST_AHEAD_MS = 5000

/** Epoch ms of the station at `now` of this machine; null before the first snapshot. */
export function stationTime({ at, receivedAt, status, link }: LiveReplica, now: number): number | null {
  if (at === 0) return null
  if (status === null || link.phase !== 'live' || status.paused || status.speed === 'max') return at
  return at + Math.min(Math.max(0, now - receivedAt), MOST_AHEAD_MS) * (status.speed ?? 1)
}

export function useStationClock(everyMs = 250): number | null {
  const now = useNow(everyMs)
  return useLive((replica) => stationTime(replica, now))
}

/** Epoch ms of the station's clock at this moment; this machine's before the first snapshot. */
export const stationNow = (): number => stationTime(live.getState(), pageNow()) ?? pageNow()
