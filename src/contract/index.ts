/** The contract: everything that may be asked of the station and everything it tells. Defined once, answered once. */
import { account } from './account.ts'
import { analytics } from './analytics.ts'
import { connections } from './connections.ts'
import { emergency } from './emergency.ts'
import { health } from './health.ts'
import { keys } from './keys.ts'
import { market } from './market.ts'
import { msc } from './msc.ts'
import { opportunities } from './opportunities.ts'
import { orders } from './orders.ts'
import { places } from './places.ts'
import { policy } from './policy.ts'
import { positions } from './positions.ts'
import { records } from './records.ts'
import { station } from './station.ts'

export const contract = {
  policy,
  account,
  market,
  orders,
  positions,
  records,
  analytics,
  opportunities,
  msc,
  health,
  connections,
  keys,
  places,
  emergency,
  station,
}
export type Contract = typeof contract
