/** The page's clock for ages and countdowns: re-renders once per `everyMs`. */
import { useEffect, useState } from 'react'

import { pageNow } from '../link/page-clock.ts'

export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(pageNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(pageNow()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
