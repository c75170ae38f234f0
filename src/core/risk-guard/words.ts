/** The guard's figures and sources in the trader's language. */
import type { LimitSource } from '../model/refusal.ts'
import type { RiskMode } from '../policy/policy.ts'

const DIGITS = 3
const MOST_DIGITS = 9

const rounded = (value: number, digits: number): string => String(Number(value.toPrecision(digits)))

export const percent = (fraction: number, digits = DIGITS): string => `${rounded(fraction * 100, digits)} %`
export const usd = (value: number, digits = DIGITS + 1): string => `${rounded(value, digits)} USDT`
export const seconds = (ms: number, digits = DIGITS): string => `${rounded(ms / 1000, digits)} s`
export const plain = (value: number, digits = DIGITS + 1): string => rounded(value, digits)

export type Format = (value: number, digits?: number) => string

/** Two different figures with as many digits as tell them apart, at least three. */
export function apart(actual: number, limit: number, format: Format): readonly [actual: string, limit: string] {
  for (let digits = DIGITS; digits < MOST_DIGITS; digits++) {
    const pair = [format(actual, digits), format(limit, digits)] as const
    if (pair[0] !== pair[1]) return pair
  }
  return [format(actual, MOST_DIGITS), format(limit, MOST_DIGITS)]
}

const ACTORS: Readonly<Record<string, string>> = {
  msc: 'MSC',
  clm: 'CLM',
  env: 'environment',
  governor: 'safety governor',
}

/** `MSC, policy 214` · `NORMAL profile, policy 3` · `safety governor` · `rules, policy 3` · `exchange`. */
export function sourceInWords(source: LimitSource, mode: RiskMode): string {
  switch (source.kind) {
    case 'policy':
      return `${ACTORS[source.actor] ?? source.actor}, policy ${source.version}`
    case 'profile':
      return `${mode} profile, policy ${source.version}`
    case 'config':
      return `rules, policy ${source.version}`
    case 'governor':
      return 'safety governor'
    case 'exchange':
      return 'exchange'
  }
}

/** `profile NORMAL v3`, `policy msc v214`: who set a limit, as the journal keeps it. */
export function sourceText({ kind, actor, version }: LimitSource, mode: RiskMode | null): string {
  if (kind === 'exchange') return 'exchange'
  return `${kind} ${kind === 'profile' ? (mode ?? actor) : actor} v${version}`
}
