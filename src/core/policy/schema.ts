/** The schema of a whole policy, by which a stored one is judged before anybody may act on it (SPEC §1.7). */
import { z } from 'zod'

import { DEFAULT_RULES } from './default-rules.ts'
import { mergedOver } from './merge.ts'
import { FIELD_SCHEMAS } from './patch.ts'
import type { Actor, Emergency, FieldSources, GlobalPolicy, Pin } from './policy.ts'
import { rulesSchema } from './rules-schema.ts'
import { riskMode } from './schema-parts.ts'

const time = z.number().int().min(0)
const version = z.number().int().min(1)

const ACTOR = /^(user|msc|ranker|clm|governor|env|api:.+|rule:.+)$/
const actor = z
  .string()
  .regex(ACTOR)
  .transform((name) => name as Actor)

const pinSchema = z.object({ by: actor, at: time, until: time.nullable(), reason: z.string() }) satisfies z.ZodType<Pin>

const emergencySchema = z.object({
  id: z.string().min(1),
  engagedAt: time,
  by: actor,
  reason: z.string(),
}) satisfies z.ZodType<Emergency>

const sourcesSchema = z.record(
  z.string(),
  z.object({ actor, version, hold: z.number().exactOptional() }),
) satisfies z.ZodType<FieldSources>

export const policySchema = z.object({
  version,
  updatedAt: time,
  updatedBy: actor,
  reason: z.string(),
  ...FIELD_SCHEMAS,
  pin: pinSchema.nullable(),
  emergency: emergencySchema.nullable(),
  rules: rulesSchema,
  sources: sourcesSchema,
  environmentMode: riskMode.nullable().exactOptional(),
}) satisfies z.ZodType<GlobalPolicy>

/**
 * The policy in a stored document; null when it may not be trusted. Rules that did not exist yet when it was written
 * take their defaults.
 */
export function readPolicy(stored: unknown): GlobalPolicy | null {
  if (typeof stored !== 'object' || stored === null) return null
  const rules: unknown = mergedOver(DEFAULT_RULES, (stored as { rules?: unknown }).rules)
  const read = policySchema.safeParse({ ...stored, rules })
  return read.success ? read.data : null
}
