/** A denial of the risk guard as it is told: which check, what it saw, what it allows and who set that. */
import { z } from 'zod'

import { Figure, Id } from './values.ts'

/** Who set a limit: the mode's profile, the policy, the governor, configuration or the exchange. */
export const LimitSource = z.object({
  kind: z.enum(['profile', 'policy', 'governor', 'config', 'exchange']),
  actor: z.string(),
  version: z.number().int(),
})

export const Denial = z.object({
  code: z.string(),
  check: z.number().int(),
  limit: Figure,
  actual: Figure,
  source: LimitSource,
  policy_version: z.number().int(),
  trace_id: Id,
  intent_id: Id,
  sentence: z.string(),
})
export type Denial = z.infer<typeof Denial>
