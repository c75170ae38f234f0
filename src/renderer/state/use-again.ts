/** Asks again every so often while the page is looked at, and at once when it comes into sight. */
import { useEffect } from 'react'

export function useAgain(reload: () => void, everyMs: number): void {
  useEffect(() => {
    const ask = (): void => {
      if (!document.hidden) reload()
    }
    const timer = setInterval(ask, everyMs)
    document.addEventListener('visibilitychange', ask)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', ask)
    }
  }, [reload, everyMs])
}
