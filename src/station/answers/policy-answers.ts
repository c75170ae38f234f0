/** The policy answered: what reads it. */
import type { PolicyPreview as ToldPreview } from '../../contract/policy.ts'
import { DEFAULT_RULES } from '../../core/policy/default-rules.ts'
import { RISK_MODES } from '../../core/policy/policy.ts'
import { RISK_MODE_DESCRIPTIONS } from '../../core/policy/risk-mode.ts'
import type { StationFacade } from '../facade.ts'
import type { RulesPatch } from '../policy-store.ts'
import { answering } from './call.ts'
import { notThere, refused } from './faults.ts'
import {
  changeWire,
  effectiveWire,
  emergencyWire,
  governorWire,
  modeRulesWire,
  pinWire,
  policyWire,
  previewWire,
  profileWire,
  rulesWire,
  versionWire,
} from './policy-wire.ts'
import { policyWriteAnswers } from './policy-write-answers.ts'
import { badInput, patchOf, policyAnswer, timestamp } from './policy-writes.ts'
import { camelKeys } from './wire-values.ts'

const { policy } = answering

const readAnswers = (facade: StationFacade) => ({
  get: policy.get.handler(() => policyAnswer(facade)),
  effective: policy.effective.handler(() => ({
    effective: effectiveWire(facade.effective()),
    timestamp: timestamp(facade),
  })),
  status: policy.status.handler(() => {
    const { current } = facade.policy
    return {
      available: true,
      version: current.version,
      risk_mode: current.riskMode,
      pin: pinWire(current.pin),
      emergency: emergencyWire(current.emergency),
      governor: governorWire(facade.governor()),
      new_positions: facade.effective().allowNewPositions.value,
      last_updated: policyWire(current).last_updated,
      updated_by: current.updatedBy,
      timestamp: timestamp(facade),
    }
  }),
  riskMode: policy.riskMode.handler(() => {
    const { riskMode, pin } = facade.policy.current
    return { risk_mode: riskMode, pin: pinWire(pin), timestamp: timestamp(facade) }
  }),
  allowedSymbols: policy.allowedSymbols.handler(() => ({
    allowed_symbols: policyWire(facade.policy.current).allowed_symbols,
    timestamp: timestamp(facade),
  })),
  modelVersions: policy.modelVersions.handler(() => ({
    model_versions: policyWire(facade.policy.current).model_versions,
    timestamp: timestamp(facade),
  })),
  rules: policy.rules.handler(() => {
    const { version, rules } = facade.policy.current
    return { version, rules: rulesWire(rules), defaults: rulesWire(DEFAULT_RULES) }
  }),
  modeRules: policy.modeRules.handler(() => modeRulesWire(facade.modeRules(), facade.status().now)),
})

const historyAnswers = (facade: StationFacade) => ({
  history: policy.history.handler(({ input }) => {
    const { limit, before, rankings } = input
    const versions = facade.policy.history({ limit, withRankings: rankings, ...(before && { before }) })
    const last = versions.length < limit ? undefined : versions.at(-1)
    return { items: versions.map(versionWire), next: last ? String(last.policy.version) : null }
  }),
  version: policy.version.handler(({ input }) => {
    const version = facade.policy.version(input.version)
    if (!version) throw notThere(`policy version ${input.version}`)
    return { ...versionWire(version), policy: policyWire(version.policy), rules: rulesWire(version.policy.rules) }
  }),
  diff: policy.diff.handler(({ input: { from, to } }) => {
    const changes = facade.policy.diff(from, to)
    if (!changes) throw notThere(`policy version ${facade.policy.version(from) ? to : from}`)
    return { from, to, changes: changes.map(changeWire) }
  }),
})

const profileAnswers = (facade: StationFacade) => ({
  riskProfile: policy.riskProfile.handler(() => {
    const { riskMode, rules } = facade.policy.current
    return {
      mode: riskMode,
      profile: profileWire(rules.profiles[riskMode]),
      effective: effectiveWire(facade.effective()),
      timestamp: timestamp(facade),
    }
  }),
  riskModes: policy.riskModes.handler(() => {
    const { riskMode, rules } = facade.policy.current
    const modes = RISK_MODES.map((mode) => ({
      mode,
      description: RISK_MODE_DESCRIPTIONS[mode],
      profile: profileWire(rules.profiles[mode]),
      active: mode === riskMode,
    }))
    return { modes }
  }),
  preview: policy.preview.handler(({ input, context }) => {
    return previewed(facade.policy.preview(patchOf(input), facade.previewInputs(), context.actor))
  }),
  previewRules: policy.previewRules.handler(({ input, context }) => {
    const rules = camelKeys(input.rules) as RulesPatch
    return previewed(facade.policy.previewRules(rules, facade.previewInputs(), context.actor))
  }),
})

/** The consequences; throws what the contract calls every other outcome. */
function previewed(preview: ReturnType<StationFacade['policy']['preview']>): ToldPreview {
  if (preview.outcome === 'invalid') throw badInput(preview.fields)
  if (preview.outcome === 'refused') throw refused(preview.reason)
  return previewWire(preview)
}

export const policyAnswers = (facade: StationFacade) => ({
  ...readAnswers(facade),
  ...historyAnswers(facade),
  ...profileAnswers(facade),
  ...policyWriteAnswers(facade),
})
