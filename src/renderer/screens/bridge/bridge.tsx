/** Bridge: why this mode, what is in force, what is open, what was decided. */
import type { JSX } from 'react'

import { Decisions } from './decisions.tsx'
import { Limits } from './limits.tsx'
import { Positions } from './positions.tsx'

export default function Bridge(): JSX.Element {
  return (
    <div className="bridge">
      <div className="leftcol">
        <Limits />
      </div>
      <div className="rightcol">
        <Positions />
        <Decisions />
      </div>
    </div>
  )
}
