/** Every write of the policy answered, each through the one store. */
import type { NumberField } from '../../core/policy/numbers.ts'
import type { StationFacade } from '../facade.ts'
import type { RulesPatch } from '../policy-store.ts'
import { answering } from './call.ts'
import { notThere } from './faults.ts'
import { patchOf, written, writeOf } from './policy-writes.ts'
import { camelKeys, camelName, msOf } from './wire-values.ts'

const { policy } = answering

const pinUntil = (asked: string | null | undefined): number | null | undefined => (asked === null ? null : msOf(asked))

export const policyWriteAnswers = (facade: StationFacade) => ({
  change: policy.change.handler(({ input, context }) =>
    written(facade, facade.policy.change(patchOf(input), writeOf(input, context))),
  ),
  reset: policy.reset.handler(({ input, context }) => written(facade, facade.policy.reset(writeOf(input, context)))),
  setRiskMode: policy.setRiskMode.handler(({ input, context }) => {
    const write = { ...writeOf(input, context), pinUntil: pinUntil(input.pin_until) }
    return written(facade, facade.policy.switchMode(input.mode, write))
  }),
  switchRiskMode: policy.switchRiskMode.handler(({ input, context }) => {
    const write = { ...writeOf(input, context), pinUntil: pinUntil(input.pin_until) }
    return written(facade, facade.policy.switchMode(input.mode, write))
  }),
  pin: policy.pin.handler(({ input, context }) =>
    written(facade, facade.policy.pin(pinUntil(input.until) ?? null, writeOf(input, context))),
  ),
  unpin: policy.unpin.handler(({ input, context }) =>
    written(facade, facade.policy.releasePin(writeOf(input, context))),
  ),
  releaseHold: policy.releaseHold.handler(({ input, context }) =>
    written(facade, facade.policy.releaseHold(camelName(input.field) as NumberField, writeOf(input, context))),
  ),
  changeRules: policy.changeRules.handler(({ input, context }) =>
    written(facade, facade.policy.changeRules(camelKeys(input.rules) as RulesPatch, writeOf(input, context))),
  ),
  rollback: policy.rollback.handler(({ input, context }) => {
    requireVersion(facade, input.version)
    return written(facade, facade.policy.rollback(input.version, writeOf(input, context)))
  }),
  undo: policy.undo.handler(({ input, context }) => {
    requireVersion(facade, input.version)
    return written(facade, facade.policy.undo(input.version, writeOf(input, context)))
  }),
})

function requireVersion(facade: StationFacade, version: number): void {
  if (!facade.policy.version(version)) throw notThere(`policy version ${version}`)
}
