/** Keys answered: what the exchange says of them, never the keys. */
import type { KeyReport as ToldReport } from '../../contract/keys.ts'
import type { StationFacade } from '../facade.ts'
import type { KeyReport } from '../key-facade.ts'
import { answering } from './call.ts'
import { notThere, refused } from './faults.ts'

export const keyAnswers = ({ keys }: Pick<StationFacade, 'keys'>) => ({
  list: answering.keys.list.handler(async () => {
    const kept = await keys.list()
    const items = kept.map(({ place, ending, keptIn, canRemove, inUse }) => ({
      place,
      ending,
      kept_in: keptIn,
      can_remove: canRemove,
      in_use: inUse,
    }))
    return { items, next: null, cannot_keep: await keys.cannotKeep() }
  }),
  add: answering.keys.add.handler(async ({ input, context }) => {
    const result = await keys.add(input.place, { apiKey: input.api_key, secret: input.secret }, context.actor)
    if (result.outcome === 'refused') throw refused(result.reason)
    return { ...reportWire(result.report), saved: result.isSaved }
  }),
  check: answering.keys.check.handler(async ({ input }) => told(input.place, await keys.check(input.place))),
  fix: answering.keys.fix.handler(async ({ input, context }) =>
    told(input.place, await keys.fix(input.place, context.actor)),
  ),
  remove: answering.keys.remove.handler(async ({ input, context }) => {
    const result = await keys.remove(input.place, context.actor)
    if (result.outcome === 'refused') throw refused(result.reason)
    if (result.outcome === 'missing') throw missing(input.place)
    return { place: input.place, removed: true as const }
  }),
})

const missing = (place: string) => notThere(`key of the ${place} account`)

function told(place: string, result: Awaited<ReturnType<StationFacade['keys']['check']>>): ToldReport {
  if (result.outcome === 'missing') throw missing(place)
  if (result.outcome === 'refused') throw refused(result.reason)
  return reportWire(result.report)
}

const reportWire = ({ place, ending, verdict, findings, setup }: KeyReport): ToldReport => ({
  place,
  ending,
  verdict,
  findings: [...findings],
  setup: setup.map(({ sentence, canFix }) => ({ sentence, can_fix: canFix })),
})
