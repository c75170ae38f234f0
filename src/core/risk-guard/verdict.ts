/** What a check takes and says: a failure with its numbers, or null; what it looked at becomes a stair of the staircase. */
import type { DenialCode, LimitSource } from '../model/refusal.ts'
import type { GlobalPolicy, GuardRules } from '../policy/policy.ts'
import type { Asked } from './asked.ts'
import type { Figures } from './figures.ts'
import { isAbove, isBelow } from './reading.ts'
import { apart, type Format, sourceInWords, sourceText } from './words.ts'

export interface Failure {
  readonly code: DenialCode
  readonly limit: number | string | null
  readonly actual: number | string | null
  readonly source: LimitSource
  readonly sentence: string
}

/** The same with its rounded price and quantity and what follows from them: checks 8–15. */
export interface Measured extends Asked {
  readonly figures: Figures
}

export type Check<Input extends Asked> = (input: Input) => Failure | null

/** The numbers of the guard are rules of the policy: written by whoever wrote them last. */
export function ruleSource(policy: GlobalPolicy, rule: keyof GuardRules): LimitSource {
  const written = policy.sources[`rules.guard.${rule}`] ?? policy.sources['rules']
  return { kind: 'config', actor: written?.actor ?? 'config', version: written?.version ?? policy.version }
}

/** A field of the policy: written by whoever wrote it last. */
export function fieldSource(policy: GlobalPolicy, field: keyof GlobalPolicy): LimitSource {
  const written = policy.sources[field]
  return { kind: 'policy', actor: written?.actor ?? policy.updatedBy, version: written?.version ?? policy.version }
}

export const EXCHANGE: LimitSource = { kind: 'exchange', actor: 'exchange', version: 0 }

/** Notes what was seen and passed. */
export function passed(input: Asked, seen: Omit<Failure, 'sentence'>): null {
  const { code, actual, limit, source } = seen
  input.steps.push({ step: code, passed: true, actual, limit, source: sourceText(source, input.limits.riskMode) })
  return null
}

/** A figure held against its limit. `says` gets both as text: `would risk 1.9 %, limit 0.75 %`. */
export interface Test {
  readonly code: DenialCode
  /** what the figure is, for the case that it is not known */
  readonly what: string
  readonly actual: number
  readonly limit: number
  readonly source: LimitSource
  readonly format: Format
  readonly says: (actual: string, limit: string) => string
}

function failed(input: Asked, test: Test): Failure {
  const { code, actual, limit, source, format, says } = test
  const [actualText, limitText] = apart(actual, limit, format)
  const sentence = `${says(actualText, limitText)} (${sourceInWords(source, input.limits.riskMode)})`
  return { code, actual, limit, source, sentence }
}

/** Equal to the maximum passes. */
export function atMost(input: Asked, test: Test): Failure | null {
  return isAbove(test.actual, test.limit, test.what) ? failed(input, test) : passed(input, test)
}

/** Equal to the minimum passes. */
export function atLeast(input: Asked, test: Test): Failure | null {
  return isBelow(test.actual, test.limit, test.what) ? failed(input, test) : passed(input, test)
}

/** Equal to the maximum fails (check 13 alone). */
export function under(input: Asked, test: Test): Failure | null {
  return isBelow(test.actual, test.limit, test.what) ? passed(input, test) : failed(input, test)
}

/** Something that is or is not so; its sentence is written only when it is not. */
export function holds(
  input: Asked,
  isSo: boolean,
  seen: Omit<Failure, 'sentence'>,
  says: () => string,
): Failure | null {
  return isSo ? passed(input, seen) : { ...seen, sentence: says() }
}
