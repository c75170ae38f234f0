/** Waits until the page shows what was just written: what is touched next then stands on it. */
import { live } from './live.ts'

/** The live line may have fallen: nobody waits for it longer than this. */
const PATIENCE_MS = 1500

/** Ends when the replica has the policy at `version` or a later one. */
export function policyShown(version: number): Promise<void> {
  return new Promise((resolve) => {
    if (isThere()) return resolve()
    const end = (): void => {
      clearTimeout(timer)
      unsubscribe()
      resolve()
    }
    const timer = setTimeout(end, PATIENCE_MS)
    const unsubscribe = live.subscribe(() => {
      if (isThere()) end()
    })
  })

  function isThere(): boolean {
    return (live.getState().policy?.version ?? 0) >= version
  }
}
