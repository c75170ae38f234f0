/** A risk mode: always its shape and its word, never colour alone. */
import type { JSX } from 'react'

import type { PolicyDocument } from '../../contract/policy-shapes.ts'

export type RiskMode = PolicyDocument['risk_mode']

/** In the order in which they always stand. */
export const RISK_MODES: readonly RiskMode[] = ['AGGRESSIVE', 'NORMAL', 'DEFENSIVE']

const SHAPES: Readonly<Record<RiskMode, string>> = {
  AGGRESSIVE: 'M5 .5 10 9.5H0z',
  NORMAL: 'M.5.5h9v9h-9z',
  DEFENSIVE: 'M0 .5h10L5 9.5z',
}

export const ModeShape = ({ mode }: { readonly mode: RiskMode }): JSX.Element => (
  <svg className="shape" viewBox="0 0 10 10" aria-hidden="true">
    <path d={SHAPES[mode]} />
  </svg>
)

export const ModeMark = ({ mode }: { readonly mode: RiskMode }): JSX.Element => (
  <span className="mode" data-mode={mode}>
    <ModeShape mode={mode} />
    {mode}
  </span>
)
