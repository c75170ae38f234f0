/** Asks the station what a change would do, a moment after the last keystroke; older answers never replace newer ones. */
import { useEffect, useState } from 'react'

import { station } from '../../link/client.ts'
import type { Inputs, Outputs } from './outputs.ts'
import { outcomeOfFault, type WriteOutcome } from './write-policy.ts'

export type Patch = Inputs['policy']['preview']

type Preview = Outputs['policy']['preview']

export type PreviewState =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'told'; readonly preview: Preview }
  | Exclude<WriteOutcome, { kind: 'done' }>

const QUIET_MS = 180

export type RulesPatch = Inputs['policy']['previewRules']['rules']

const askPolicy = (patch: Patch): Promise<Preview> => station.policy.preview(patch)
const askRules = (rules: RulesPatch): Promise<Preview> => station.policy.previewRules({ rules })

/** null: there is nothing to preview */
export const usePreview = (patch: Patch | null): PreviewState => usePreviewOf(patch, askPolicy)
export const useRulesPreview = (patch: RulesPatch | null): PreviewState => usePreviewOf(patch, askRules)

/** `ask` must stay the same function. */
function usePreviewOf<Asked>(patch: Asked | null, ask: (patch: Asked) => Promise<Preview>): PreviewState {
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
      ask(JSON.parse(key) as Asked).then(
        (preview) => tell({ kind: 'told', preview }),
        (problem: unknown) => tell(outcomeOfFault(problem)),
      )
    }, QUIET_MS)
    return () => {
      isLatest = false
      clearTimeout(timer)
    }
  }, [key, ask])
  return state
}
