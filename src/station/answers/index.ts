/** The contract answered: the one router that every door puts on its transport, and what a door needs to know for it. */
import type { StationFacade } from '../facade.ts'
import type { LiveStream } from '../live-stream.ts'
import { accountAnswers } from './account-answers.ts'
import { analyticsAnswers } from './analytics-answers.ts'
import { answering } from './call.ts'
import { connectionsAnswers } from './connections-answers.ts'
import { emergencyAnswers } from './emergency-answers.ts'
import { healthAnswers } from './health-answers.ts'
import { keyAnswers } from './key-answers.ts'
import { marketAnswers } from './market-answers.ts'
import { mscAnswers } from './msc-answers.ts'
import { opportunitiesAnswers } from './opportunities-answers.ts'
import { orderAnswers } from './order-answers.ts'
import { placeAnswers } from './place-answers.ts'
import { policyAnswers } from './policy-answers.ts'
import { positionAnswers } from './position-answers.ts'
import { recordAnswers } from './record-answers.ts'
import { stationAnswers } from './station-answers.ts'

export const answersOf = (facade: StationFacade, live: LiveStream) =>
  answering.router({
    policy: policyAnswers(facade),
    account: accountAnswers(facade),
    market: marketAnswers(facade),
    orders: orderAnswers(facade),
    positions: positionAnswers(facade),
    records: recordAnswers(facade),
    analytics: analyticsAnswers(facade),
    opportunities: opportunitiesAnswers(facade),
    msc: mscAnswers(facade),
    health: healthAnswers(facade, live),
    connections: connectionsAnswers(facade),
    keys: keyAnswers(facade),
    places: placeAnswers(facade),
    emergency: emergencyAnswers(facade),
    station: stationAnswers(facade, live),
  })

export type Answers = ReturnType<typeof answersOf>
export type { TraceId } from '../../core/model/ids.ts'
export type { Actor } from '../../core/policy/policy.ts'
export type { Log } from '../../core/ports/log.ts'
export type { MetricsText } from '../../core/ports/metrics.ts'
export type { TokenRow, TokenShelf } from '../../core/ports/token-shelf.ts'
export type { Caller } from './call.ts'
export { Fault } from './faults.ts'
