/** The kill switch answered. */
import type { StationFacade } from '../facade.ts'
import { answering } from './call.ts'
import { refused } from './faults.ts'

export const emergencyAnswers = (facade: StationFacade) => ({
  engage: answering.emergency.engage.handler(({ input, context }) => ({
    id: facade.engageEmergency(context.actor, input.reason, input.flatten, input.include_foreign).id,
  })),
  release: answering.emergency.release.handler(({ input, context }) => {
    const result = facade.releaseEmergency(context.actor, input.id, input.confirm)
    if (result.outcome === 'refused') throw refused(result.reason)
    return { released: true as const }
  }),
})
