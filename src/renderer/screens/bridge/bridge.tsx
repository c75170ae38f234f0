/** Bridge: why this mode, what is in force, how the money runs, what is open, what was decided. */
import type { JSX } from 'react'

import type { Route } from '../../frame/route.ts'
import { Decisions } from './decisions.tsx'
import { Equity } from './equity.tsx'
import { IfYouStop } from './if-you-stop.tsx'
import { Limits } from './limits.tsx'
import { Positions } from './positions.tsx'
import { StationPanel } from './station-panel.tsx'
import { WhyMode } from './why-mode.tsx'

export default function Bridge({ route: { query } }: { readonly route: Route }): JSX.Element {
  return (
    <div className="bridge">
      <div className="leftcol">
        <WhyMode />
        <Limits />
        <StationPanel />
        <IfYouStop drills={query.has('flatten')} />
      </div>
      <div className="rightcol">
        <Equity />
        <Positions shows={query.get('position')} />
        <Decisions />
      </div>
    </div>
  )
}
