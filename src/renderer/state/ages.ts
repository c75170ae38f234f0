/** How old what is shown is, and from when on that must be seen. */
import { useNow } from '../widgets/use-now.ts'
import { live, useLive } from './live.ts'

export interface Age {
  readonly ms: number
  readonly boundMs: number
  readonly isStale: boolean
}

/** SPEC §3: prices older than this open nothing. */
export const PRICE_BOUND_MS = 5000

/** Real ms since prices last came; null before any came. A held clock brings none and is not stale. */
export function usePriceAge(): Age | null {
  const now = useNow(500)
  // prices come ten times a second: their time is read when the clock ticks, not followed
  const { isPriced, isHeld } = useLive(({ quotesAt, status, link }) => ({
    isPriced: quotesAt > 0,
    isHeld: link.phase === 'live' && status !== null && (status.paused || status.phase === 'finished'),
  }))
  if (!isPriced) return null
  const ms = Math.max(0, now - live.getState().quotesAt)
  return { ms, boundMs: PRICE_BOUND_MS, isStale: !isHeld && ms > PRICE_BOUND_MS }
}

/** The link is down: every figure on the page is from before. */
export const useIsStale = (): boolean => useLive(({ link, seq }) => seq > 0 && link.phase !== 'live')
