/** Asks the station what a change would do, a moment after the last keystroke; older answers never replace newer ones. */
import { useEffect, useState } from 'react'

import { station } from '../../link/client.ts'
import type { Inputs, Outputs } from './outputs.ts'
import { outcomeOfFault, type WriteOutcome } from './write-policy.ts'

export type Patch = Inputs['policy']['preview']

export type PreviewState =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'told'; readonly preview: Outputs['policy']['preview'] }
  | Exclude<WriteOutcome, { kind: 'done' }>

const QUIET_MS = 180

/** null: there is nothing to preview */
export function usePreview(patch: Patch | null): PreviewState {
  const key = patch === null ? null : JSON.stringify(patch)
  const [state, setState] = useState<PreviewState>({ kind: 'none' })
  useEffect(() => {
    if (key === null) return setState({ kind: 'none' })
    let isLatest = true
    const tell = (next: PreviewState): void => {
      if (isLatest) setState(next)
    }
    setState({ kind: 'asking' })
    const timer = setTimeout(() => {
      station.policy.preview(JSON.parse(key) as Patch).then(
        (preview) => tell({ kind: 'told', preview }),
        (problem: unknown) => tell(outcomeOfFault(problem)),
      )
    }, QUIET_MS)
    return () => {
      isLatest = false
      clearTimeout(timer)
    }
  }, [key])
  return state
}
