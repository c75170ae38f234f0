/** Version 1: what a new station starts with, from its configuration (SPEC §1). */
import { DEFAULT_RULES } from './default-rules.ts'
import { frozen } from './merge.ts'
import { NUMBER_FIELDS, targetsOf, type NumberField } from './numbers.ts'
import { SETTABLE_FIELDS } from './patch.ts'
import type { Emergency, FieldSource, GlobalPolicy, GuardRules, RiskMode } from './policy.ts'

/** Values of configuration and environment, used once when the database is new. A number of null is the mode's target. */
export interface InitialPolicy extends Readonly<Record<NumberField, number | null>> {
  readonly riskMode: RiskMode
  readonly allowedStrategies: readonly string[] | null
  readonly blockedStrategies: readonly string[]
  readonly allowedSymbols: readonly string[] | null
  readonly maxOrderNotionalUsd: GuardRules['maxOrderNotionalUsd']
  readonly maxDailyLossUsd: GuardRules['maxDailyLossUsd']
  /** the mode the environment names now; null when it names none */
  readonly environmentMode: RiskMode | null
}

export const INITIAL_POLICY: InitialPolicy = {
  riskMode: 'NORMAL',
  maxRiskPerTrade: null,
  maxPositions: null,
  maxDailyTrades: null,
  globalMinConfidence: null,
  allowedStrategies: null,
  blockedStrategies: [],
  allowedSymbols: null,
  maxOrderNotionalUsd: null,
  maxDailyLossUsd: null,
  environmentMode: null,
}

const FIRST: FieldSource = { actor: 'env', version: 1 }

/** The first version of a policy; a number named in the configuration is a hold. */
export function firstPolicy(
  initial: InitialPolicy,
  stamp: { readonly at: number; readonly reason: string; readonly emergency: Emergency | null },
): GlobalPolicy {
  const { maxOrderNotionalUsd, maxDailyLossUsd } = initial
  const rules = { ...DEFAULT_RULES, guard: { ...DEFAULT_RULES.guard, maxOrderNotionalUsd, maxDailyLossUsd } }
  const targets = targetsOf(initial.riskMode, rules)
  const numbers = Object.fromEntries(NUMBER_FIELDS.map((field) => [field, initial[field] ?? targets[field]]))
  const holds = NUMBER_FIELDS.filter((field) => initial[field] !== null)
  const sources: Record<string, FieldSource> = { rules: FIRST }
  for (const field of SETTABLE_FIELDS) sources[field] = FIRST
  for (const field of holds) sources[field] = { ...FIRST, hold: initial[field] ?? targets[field] }
  if (stamp.emergency !== null) sources['emergency'] = { actor: stamp.emergency.by, version: 1 }
  const { riskMode, allowedStrategies, blockedStrategies, allowedSymbols, environmentMode } = initial
  return frozen({
    version: 1,
    updatedAt: stamp.at,
    updatedBy: 'env',
    reason: stamp.reason,
    riskMode,
    pin: null,
    ...(numbers as Record<NumberField, number>),
    allowedStrategies: allowedStrategies === null ? null : [...allowedStrategies],
    blockedStrategies: [...blockedStrategies],
    allowedSymbols: allowedSymbols === null ? null : [...allowedSymbols],
    oppRankings: {},
    modelVersions: {},
    evaluation: null,
    emergency: stamp.emergency,
    rules,
    sources,
    environmentMode,
  })
}
