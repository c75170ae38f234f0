/** The policy: read it, preview and change it, pin and undo, look back, compare and roll back. */
import { z } from 'zod'

import { CONFLICT, NOT_FOUND, REFUSED } from './errors.ts'
import {
  ChangeAnswer,
  EffectiveLimits,
  Emergency,
  FieldChange,
  GovernorState,
  ModeRulesAnswer,
  Pin,
  PolicyAnswer,
  PolicyDocument,
  PolicyVersion,
} from './policy-shapes.ts'
import { control, read } from './procedure.ts'
import { PolicyRules, RiskProfile, RulesPatch } from './rules-shapes.ts'
import {
  booleanFrom,
  evenIfFieldsAreBad,
  Figure,
  Instant,
  InstantInput,
  numberFrom,
  Reason,
  RiskModeInput,
  RiskModeName,
  SymbolName,
} from './values.ts'

const tags = ['policy']
const version = numberFrom(z.number().int().min(1))
const strategies = z.array(z.string().regex(/^\S{1,64}$/, 'must be a name of 1…64 characters without spaces')).max(2000)
const symbols = z.array(SymbolName).max(2000)

/** Fields a person or an API may write. */
const fields = {
  risk_mode: RiskModeInput.optional(),
  max_risk_per_trade: z.number().gt(0).max(0.05).optional(),
  max_positions: z.number().int().min(1).max(100).optional(),
  max_daily_trades: z.number().int().min(1).max(10_000).optional(),
  global_min_confidence: z.number().min(0).max(1).optional(),
  allowed_strategies: strategies.nullable().optional(),
  blocked_strategies: strategies.optional(),
  allowed_symbols: symbols.nullable().optional(),
}

/** `expected_version`: the version the write is based on (over REST also as If-Match). */
const write = { reason: Reason.optional(), expected_version: z.number().int().min(1).optional() }

const namesSomething = (patch: object): boolean => Object.keys(fields).some((field) => field in patch)

const PolicyPatch = z
  .strictObject({ ...fields, ...write })
  .refine(namesSomething, { error: `name at least one of ${Object.keys(fields).join(', ')}`, when: evenIfFieldsAreBad })

/** `pin_until` null: pinned until released; left out: not pinned */
const switchMode = { pin_until: InstantInput.nullable().optional(), ...write }

const Exceeded = { code: z.string(), actual: Figure, limit: Figure }

/** What a change would do to what is open; nothing is closed by it. */
export const PolicyPreview = z.object({
  policy: PolicyDocument,
  changes: z.array(FieldChange),
  notes: z.array(z.string()),
  before: EffectiveLimits,
  after: EffectiveLimits,
  governor_level: GovernorState.shape.level,
  /** of the whole account: nothing more is opened until it is less */
  account_over: z.array(z.object(Exceeded)),
  positions_over: z.array(z.object({ symbol: z.string(), exceeded: z.array(z.object(Exceeded)) })),
  entries_cancelled: z.array(z.object({ client_order_id: z.string(), symbol: z.string(), ...Exceeded })),
})
export type PolicyPreview = z.infer<typeof PolicyPreview>

export const policy = {
  get: read
    .meta({ versioned: true })
    .route({ method: 'GET', path: '/api/policy', tags, summary: 'The policy in force, with effective limits' })
    .output(PolicyAnswer),
  effective: read
    .route({ method: 'GET', path: '/api/policy/effective', tags, summary: 'What is in force now and who set it' })
    .output(z.object({ effective: EffectiveLimits, timestamp: Instant })),
  change: control
    .meta({ versioned: true })
    .errors({ ...CONFLICT, ...REFUSED })
    .route({ method: 'PATCH', path: '/api/policy', tags, summary: 'Change fields of the policy' })
    .input(PolicyPatch)
    .output(ChangeAnswer),
  preview: read
    .errors(REFUSED)
    .route({ method: 'POST', path: '/api/policy/preview', tags, summary: 'What a change would do, without doing it' })
    .input(PolicyPatch)
    .output(PolicyPreview),
  reset: control
    .meta({ versioned: true })
    .errors({ ...CONFLICT, ...REFUSED })
    .route({ method: 'POST', path: '/api/policy/reset', tags, summary: 'Back to NORMAL with its targets' })
    .input(z.strictObject(write))
    .output(ChangeAnswer),
  status: read
    .route({ method: 'GET', path: '/api/policy/status', tags, summary: 'Mode, holds and whether entries are on' })
    .output(
      z.object({
        available: z.boolean(),
        version: z.number().int(),
        risk_mode: RiskModeName,
        pin: Pin.nullable(),
        emergency: Emergency.nullable(),
        governor: GovernorState,
        new_positions: z.boolean(),
        last_updated: Instant,
        updated_by: z.string(),
        timestamp: Instant,
      }),
    ),
  riskMode: read
    .route({ method: 'GET', path: '/api/policy/risk_mode', tags, summary: 'The mode' })
    .output(z.object({ risk_mode: RiskModeName, pin: Pin.nullable(), timestamp: Instant })),
  setRiskMode: control
    .meta({ versioned: true })
    .errors({ ...CONFLICT, ...REFUSED })
    .route({ method: 'POST', path: '/api/policy/risk_mode/{mode}', tags, summary: 'Switch the mode' })
    .input(z.strictObject({ mode: RiskModeInput, ...switchMode }))
    .output(ChangeAnswer),
  allowedSymbols: read
    .route({ method: 'GET', path: '/api/policy/allowed_symbols', tags, summary: 'Symbols that may be traded' })
    .output(z.object({ allowed_symbols: z.array(z.string()).nullable(), timestamp: Instant })),
  modelVersions: read
    .route({ method: 'GET', path: '/api/policy/model_versions', tags, summary: 'Versions of the models in use' })
    .output(z.object({ model_versions: z.record(z.string(), z.string()), timestamp: Instant })),
  pin: control
    .meta({ versioned: true })
    .errors({ ...CONFLICT, ...REFUSED })
    .route({ method: 'POST', path: '/api/policy/pin', tags, summary: 'Hold the mode against MSC and rules' })
    .input(z.strictObject({ until: InstantInput.nullable(), ...write }))
    .output(ChangeAnswer),
  unpin: control
    .meta({ versioned: true })
    .errors({ ...CONFLICT, ...REFUSED })
    .route({ method: 'POST', path: '/api/policy/unpin', tags, summary: 'Let the pin go' })
    .input(z.strictObject(write))
    .output(ChangeAnswer),
  releaseHold: control
    .meta({ versioned: true })
    .errors({ ...CONFLICT, ...REFUSED })
    .route({
      method: 'POST',
      path: '/api/policy/release_hold',
      tags,
      summary: 'Let go a number that a person holds: automatic writers may loosen it again',
    })
    .input(
      z.strictObject({
        field: z.enum(['max_risk_per_trade', 'max_positions', 'max_daily_trades', 'global_min_confidence']),
        ...write,
      }),
    )
    .output(ChangeAnswer),
  rules: read
    .route({ method: 'GET', path: '/api/policy/rules', tags, summary: 'Profiles, limits and thresholds' })
    .output(
      z.object({
        version: z.number().int(),
        rules: PolicyRules,
        /** what a new station begins with */
        defaults: PolicyRules,
      }),
    ),
  changeRules: control
    .meta({ versioned: true })
    .errors({ ...CONFLICT, ...REFUSED })
    .route({ method: 'PATCH', path: '/api/policy/rules', tags, summary: 'Change profiles, limits and thresholds' })
    .input(z.strictObject({ rules: RulesPatch, ...write }))
    .output(ChangeAnswer),
  previewRules: read
    .errors(REFUSED)
    .route({
      method: 'POST',
      path: '/api/policy/rules/preview',
      tags,
      summary: 'What a change of the rules would do, without doing it',
    })
    .input(z.strictObject({ rules: RulesPatch, ...write }))
    .output(PolicyPreview),
  modeRules: read
    .route({
      method: 'GET',
      path: '/api/policy/mode_rules',
      tags,
      summary: 'Rules that set a mode: which speaks now, and when each speaks next',
    })
    .output(ModeRulesAnswer),
  history: read
    .route({ method: 'GET', path: '/api/policy/history', tags, summary: 'Versions, newest first' })
    .input(
      z.strictObject({
        limit: numberFrom(z.number().int().min(1).max(500)).default(50),
        before: version.optional(),
        rankings: booleanFrom().default(false),
      }),
    )
    .output(z.object({ items: z.array(PolicyVersion), next: z.string().nullable() })),
  version: read
    .errors(NOT_FOUND)
    .route({ method: 'GET', path: '/api/policy/versions/{version}', tags, summary: 'One version, whole' })
    .input(z.strictObject({ version }))
    .output(z.object({ ...PolicyVersion.shape, policy: PolicyDocument, rules: PolicyRules })),
  diff: read
    .errors(NOT_FOUND)
    .route({ method: 'GET', path: '/api/policy/diff', tags, summary: 'What differs between two versions' })
    .input(z.strictObject({ from: version, to: version }))
    .output(z.object({ from: z.number().int(), to: z.number().int(), changes: z.array(FieldChange) })),
  rollback: control
    .meta({ versioned: true })
    .errors({ ...NOT_FOUND, ...CONFLICT, ...REFUSED })
    .route({ method: 'POST', path: '/api/policy/rollback/{version}', tags, summary: 'Back to a version, as a new one' })
    .input(z.strictObject({ version, ...write }))
    .output(ChangeAnswer),
  undo: control
    .meta({ versioned: true })
    .errors({ ...NOT_FOUND, ...CONFLICT, ...REFUSED })
    .route({ method: 'POST', path: '/api/policy/undo/{version}', tags, summary: 'Write back what one change wrote' })
    .input(z.strictObject({ version, ...write }))
    .output(ChangeAnswer),
  riskProfile: read
    .route({ method: 'GET', path: '/api/v2/policy/risk-profile', tags, summary: 'The profile of the mode in force' })
    .output(z.object({ mode: RiskModeName, profile: RiskProfile, effective: EffectiveLimits, timestamp: Instant })),
  riskModes: read
    .route({ method: 'GET', path: '/api/v2/policy/risk-modes', tags, summary: 'All modes with their profiles' })
    .output(
      z.object({
        modes: z.array(
          z.object({ mode: RiskModeName, description: z.string(), profile: RiskProfile, active: z.boolean() }),
        ),
      }),
    ),
  switchRiskMode: control
    .meta({ versioned: true })
    .errors({ ...CONFLICT, ...REFUSED })
    .route({ method: 'POST', path: '/api/v2/policy/risk-mode', tags, summary: 'Switch the mode, pinned if asked' })
    .input(z.strictObject({ mode: RiskModeInput, ...switchMode }))
    .output(ChangeAnswer),
}
