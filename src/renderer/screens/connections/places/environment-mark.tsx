/** The environment as the strip wears it: its word on its colour. */
import type { JSX } from 'react'

import type { Connections } from '../../../../contract/connections.ts'

export const EnvironmentMark = ({ environment }: { readonly environment: Connections['environment'] }): JSX.Element => (
  <span className="env-mark" data-env={environment.toLowerCase()}>
    {environment}
  </span>
)
