/** The journal answered. */
import type { StationFacade } from '../facade.ts'
import { answering } from './call.ts'
import { notThere } from './faults.ts'
import { recordQuery } from './record-query.ts'
import { alertWire, eventWire } from './station-wire.ts'
import { decisionWire, hindsightWire, signalWire } from './trading-wire.ts'

export const recordAnswers = (facade: StationFacade) => ({
  signals: answering.records.signals.handler(({ input }) => {
    const { items, next } = facade.records.signals(recordQuery(input))
    return { items: items.map(signalWire), next }
  }),
  decisions: answering.records.decisions.handler(({ input }) => {
    const query = { ...recordQuery(input), outcome: input.outcome, code: input.code }
    const { items, next } = facade.records.decisions(query)
    return { items: items.map(decisionWire), next }
  }),
  decision: answering.records.decision.handler(({ input }) => {
    const decision = facade.records.decision(input.id)
    if (!decision) throw notThere(`decision ${input.id}`)
    return decisionWire(decision)
  }),
  hindsight: answering.records.hindsight.handler(async ({ input }) => {
    if (!facade.records.decision(input.id)) throw notThere(`decision ${input.id}`)
    const told = await facade.hindsight(input.id)
    return { hindsight: told === null ? null : hindsightWire(told) }
  }),
  events: answering.records.events.handler(({ input }) => {
    const { items, next } = facade.records.events({ ...recordQuery(input), type: input.type })
    return { items: items.map(eventWire), next }
  }),
  alerts: answering.records.alerts.handler(({ input }) => {
    const { items, next } = facade.records.alerts(recordQuery(input))
    return { items: items.map(alertWire), next }
  }),
  counts: answering.records.counts.handler(() => ({ counts: { ...facade.records.counts() } })),
})
