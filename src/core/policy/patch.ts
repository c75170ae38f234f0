/** What one change may name, and the schema it is read by (SPEC §1). */
import { z } from 'zod'

import { shown } from './bounds.ts'
import { NUMBER_BOUNDS } from './numbers.ts'
import type { GlobalPolicy, RiskMode } from './policy.ts'
import { nameList, nullableNameList, nullableSymbolList, riskMode, symbol, text, within } from './schema-parts.ts'

/** Fields not named stay as they are. Lists and `oppRankings` are replaced whole; in `modelVersions` null deletes a key. */
export interface PolicyPatch {
  readonly riskMode?: RiskMode | undefined
  readonly maxRiskPerTrade?: number | undefined
  readonly maxPositions?: number | undefined
  readonly maxDailyTrades?: number | undefined
  readonly globalMinConfidence?: number | undefined
  readonly allowedStrategies?: readonly string[] | null | undefined
  readonly blockedStrategies?: readonly string[] | undefined
  readonly allowedSymbols?: readonly string[] | null | undefined
  readonly oppRankings?: Readonly<Record<string, number>> | undefined
  readonly modelVersions?: Readonly<Record<string, string | null>> | undefined
  readonly evaluation?: Readonly<Record<string, unknown>> | null | undefined
}

export type PatchField = keyof PolicyPatch & keyof GlobalPolicy

/** What PATCH, reset, rollback, restore and rules may touch (SPEC §1.6). */
export const SETTABLE_FIELDS = [
  'riskMode',
  'maxRiskPerTrade',
  'maxPositions',
  'maxDailyTrades',
  'globalMinConfidence',
  'allowedStrategies',
  'blockedStrategies',
  'allowedSymbols',
] as const satisfies readonly PatchField[]

export const PATCH_FIELDS: readonly PatchField[] = [...SETTABLE_FIELDS, 'oppRankings', 'modelVersions', 'evaluation']

const objectError =
  (words: string) =>
  (issue: { readonly input?: unknown }): string =>
    `must be ${words}, was ${shown(issue.input)}`

/** Values of the policy's own fields; every schema here also reads a stored policy. */
export const FIELD_SCHEMAS = {
  riskMode,
  maxRiskPerTrade: within(NUMBER_BOUNDS.maxRiskPerTrade),
  maxPositions: within(NUMBER_BOUNDS.maxPositions),
  maxDailyTrades: within(NUMBER_BOUNDS.maxDailyTrades),
  globalMinConfidence: within(NUMBER_BOUNDS.globalMinConfidence),
  allowedStrategies: nullableNameList,
  blockedStrategies: nameList,
  allowedSymbols: nullableSymbolList,
  oppRankings: z.record(symbol, within({ min: 0, max: 1 }), { error: objectError('an object of symbol to 0…1') }),
  modelVersions: z.record(text(64), text(128), { error: objectError('an object of model to version') }),
  evaluation: z.record(z.string(), z.json(), { error: objectError('an object or null') }).nullable(),
} as const

export const patchSchema = z.strictObject(
  {
    riskMode: FIELD_SCHEMAS.riskMode.optional(),
    maxRiskPerTrade: FIELD_SCHEMAS.maxRiskPerTrade.optional(),
    maxPositions: FIELD_SCHEMAS.maxPositions.optional(),
    maxDailyTrades: FIELD_SCHEMAS.maxDailyTrades.optional(),
    globalMinConfidence: FIELD_SCHEMAS.globalMinConfidence.optional(),
    allowedStrategies: FIELD_SCHEMAS.allowedStrategies.optional(),
    blockedStrategies: FIELD_SCHEMAS.blockedStrategies.optional(),
    allowedSymbols: FIELD_SCHEMAS.allowedSymbols.optional(),
    oppRankings: FIELD_SCHEMAS.oppRankings.optional(),
    modelVersions: z
      .record(text(64), text(128).nullable(), { error: objectError('an object of model to version or null') })
      .optional(),
    evaluation: FIELD_SCHEMAS.evaluation.optional(),
  },
  { error: (issue) => (issue.code === 'invalid_type' ? `must be an object, was ${shown(issue.input)}` : undefined) },
) satisfies z.ZodType<PolicyPatch>
