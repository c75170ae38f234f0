/** The versions of the policy, newest first, page by page; new ones are put in front as they come. */
import { useCallback, useEffect, useRef, useState } from 'react'

import type { PolicyVersion } from '../../../contract/policy-shapes.ts'
import { station } from '../../link/client.ts'
import { faultSentence } from '../../link/fault-sentence.ts'

const PAGE = 100

export interface History {
  readonly items: readonly PolicyVersion[]
  readonly isLoading: boolean
  readonly fault: string | null
  readonly more: () => void
  readonly reload: () => void
}

/** Older pages go behind, newer ones in front; a version is told once. */
export function mergedVersions(
  known: readonly PolicyVersion[],
  added: readonly PolicyVersion[],
): readonly PolicyVersion[] {
  const byVersion = new Map([...known, ...added].map((version) => [version.version, version]))
  return [...byVersion.values()].sort((a, b) => b.version - a.version)
}

export function useHistory(current: number, withRankings: boolean): History {
  const [items, setItems] = useState<readonly PolicyVersion[]>([])
  const [isLoading, setIsLoading] = useState(true)
  const [fault, setFault] = useState<string | null>(null)
  const [round, setRound] = useState(0)
  const next = useRef<number | null>(null)
  const asked = useRef('')
  useEffect(() => {
    const controller = new AbortController()
    const kind = `${String(withRankings)} ${round}`
    const isAnew = asked.current !== kind
    setIsLoading(true)
    station.policy
      .history({ limit: PAGE, rankings: withRankings }, { signal: controller.signal })
      .then((answer) => {
        if (controller.signal.aborted) return
        asked.current = kind
        if (isAnew) next.current = answer.next === null ? null : Number(answer.next)
        setItems((known) => (isAnew ? answer.items : mergedVersions(known, answer.items)))
        setFault(null)
      })
      .catch((problem: unknown) => {
        if (!controller.signal.aborted) setFault(faultSentence(problem))
      })
      .finally(() => {
        if (!controller.signal.aborted) setIsLoading(false)
      })
    return () => controller.abort()
  }, [current, withRankings, round])
  const more = useCallback(() => {
    const before = next.current
    if (before === null) return
    next.current = null
    station.policy
      .history({ limit: PAGE, before, rankings: withRankings })
      .then((answer) => {
        next.current = answer.next === null ? null : Number(answer.next)
        setItems((known) => mergedVersions(known, answer.items))
      })
      .catch((problem: unknown) => {
        next.current = before
        setFault(faultSentence(problem))
      })
  }, [withRankings])
  return { items, isLoading, fault, more, reload: () => setRound((now) => now + 1) }
}
