/** Asks the station something once and again: what it said last, whether it is being asked, what went wrong. */
import { useCallback, useEffect, useRef, useState } from 'react'

import { faultSentence } from '../link/fault-sentence.ts'
import { useLive } from './live.ts'

export interface Answer<Value> {
  /** the last answer, kept while a newer one is fetched */
  readonly value: Value | null
  readonly isLoading: boolean
  /** why the last attempt failed, null when it did not */
  readonly fault: string | null
  readonly reload: () => void
}

/**
 * Asks when `key` or `occasion` changes and after each new snapshot. `key` says what is asked: under another key the value
 * is gone. `occasion` says why it may have changed: the value stands until the newer one is there. `ask` itself may be a
 * new function on every render.
 */
export function useAnswer<Value>(
  key: string,
  ask: (signal: AbortSignal) => Promise<Value>,
  occasion: string | number = '',
): Answer<Value> {
  const snapshots = useLive((replica) => replica.snapshots)
  const [round, setRound] = useState(0)
  const [told, setTold] = useState<{ key: string; value: Value } | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [isLoading, setIsLoading] = useState(true)
  const latest = useRef(ask)
  useEffect(() => {
    latest.current = ask
  })
  useEffect(() => {
    if (snapshots === 0) return
    const controller = new AbortController()
    setIsLoading(true)
    latest
      .current(controller.signal)
      .then((value) => {
        if (controller.signal.aborted) return
        setTold({ key, value })
        setFault(null)
      })
      .catch((problem: unknown) => {
        if (!controller.signal.aborted) setFault(faultSentence(problem))
      })
      .finally(() => {
        if (!controller.signal.aborted) setIsLoading(false)
      })
    return () => controller.abort()
  }, [key, occasion, round, snapshots])
  const reload = useCallback(() => setRound((before) => before + 1), [])
  return { value: told !== null && told.key === key ? told.value : null, isLoading, fault, reload }
}
