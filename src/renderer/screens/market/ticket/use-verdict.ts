/** The guard's verdict on what is typed, asked for after each change and again while it stands. */
import { useEffect, useRef, useState } from 'react'

import type { ManualOrder } from './ticket-draft.ts'
import { tryOut, type Verdict } from './verdict.ts'

const AFTER_TYPING_MS = 200
const AGAIN_EVERY_MS = 2500

/**
 * `key` says what is typed, null: not enough to ask; `orderNow` makes the order of it at the price of the moment.
 * The answer is null until the guard has spoken of this very text.
 */
export function useVerdict(key: string | null, orderNow: () => ManualOrder | null): Verdict | null {
  const [told, setTold] = useState<{ key: string; verdict: Verdict } | null>(null)
  const latest = useRef(orderNow)
  useEffect(() => {
    latest.current = orderNow
  })
  useEffect(() => {
    if (key === null) return
    let isGone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async (): Promise<void> => {
      const order = latest.current()
      if (order !== null && !document.hidden) {
        const verdict = await tryOut(order)
        if (isGone) return
        setTold({ key, verdict })
      }
      timer = setTimeout(() => void ask(), AGAIN_EVERY_MS)
    }
    timer = setTimeout(() => void ask(), AFTER_TYPING_MS)
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [key])
  return told !== null && told.key === key ? told.verdict : null
}
