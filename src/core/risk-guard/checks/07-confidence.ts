/** Check 7: the strategy must be at least as sure as profile and policy ask. */
import type { Asked } from '../asked.ts'
import { atLeast, type Failure } from '../verdict.ts'
import { plain } from '../words.ts'

export function checkConfidence(asked: Asked): Failure | null {
  const { value, source } = asked.limits.minConfidence
  return atLeast(asked, {
    code: 'confidence_below_threshold',
    what: 'the confidence',
    actual: asked.intent.confidence,
    limit: value,
    source,
    format: plain,
    says: (actual, limit) => `confidence ${actual}, at least ${limit} needed`,
  })
}
