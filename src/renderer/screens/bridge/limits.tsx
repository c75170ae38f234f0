/** Limits in force, who set each, and how much of it is used. */
import type { JSX } from 'react'

import { useLive } from '../../state/live.ts'
import { Panel } from '../../widgets/panel.tsx'

export function Limits(): JSX.Element {
  const effective = useLive((replica) => replica.effective)
  return (
    <Panel title="Limits in force">
      <p className="note-line">{effective === null ? '' : `policy ${effective.policy_version}`}</p>
    </Panel>
  )
}
