/** The ranking, MSC and health as the client asks for them. */
import type { ContractRouterClient } from '@orpc/contract'

import type { health } from '../../contract/health.ts'
import type { msc } from '../../contract/msc.ts'
import type { opportunities } from '../../contract/opportunities.ts'
import { station } from './client.ts'

type Areas = {
  readonly msc: typeof msc
  readonly opportunities: typeof opportunities
  readonly health: typeof health
}

export const areas = station as unknown as ContractRouterClient<Areas>
