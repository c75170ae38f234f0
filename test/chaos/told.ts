/** What a station under attack tells its parent, one line of JSON each, and what it is told at its start. */
import { writeSync } from 'node:fs'

import type { GlobalPolicy } from '../../src/core/policy/policy.ts'

/** Where a life may end by its own hand: `before`, `inside` (written, not committed) and `after` what is named. */
export type DeathPoint =
  | `${'journal' | 'paper' | 'policy'}:${'before' | 'inside' | 'after'}`
  | `${'submit' | 'cancel' | 'report'}:${'before' | 'after'}`

export interface LifeOrders {
  readonly folder: string
  /** of the market; the same for every life in a folder */
  readonly seed: number
  /** number of this life in its folder: decides what the person does */
  readonly life: number
  /** seconds between tickers of the market */
  readonly tickSeconds: number
  /** the n-th time it comes there, it dies; null: its parent kills it */
  readonly death: { readonly point: DeathPoint; readonly nth: number } | null
  /** it stops by itself, in order, once its books were looked at */
  readonly stops: boolean
}

/** The fields of an acknowledged policy that its history must show. */
export type PolicyFields = Pick<
  GlobalPolicy,
  'riskMode' | 'maxRiskPerTrade' | 'maxPositions' | 'maxDailyTrades' | 'globalMinConfidence' | 'reason'
> & { readonly emergency: string | null }

export type Told =
  | { readonly kind: 'opening' }
  | { readonly kind: 'up' }
  /** told after the write returned */
  | { readonly kind: 'policy'; readonly version: number; readonly fields: PolicyFields }
  /** told after the order was accepted */
  | { readonly kind: 'order'; readonly id: string }
  | { readonly kind: 'deposit'; readonly amount: string }
  /** books and exchange were compared at a quiet moment after reconciliation */
  | { readonly kind: 'audit'; readonly faults: readonly string[] }
  | { readonly kind: 'fault'; readonly event: string; readonly fields: unknown }
  | { readonly kind: 'stopped' }

const OUTPUT = 1

/** In the pipe when it returns: it survives the teller. */
export function tell(told: Told): void {
  writeSync(OUTPUT, `${JSON.stringify(told)}\n`)
}

export function fieldsOf(policy: GlobalPolicy): PolicyFields {
  const { riskMode, maxRiskPerTrade, maxPositions, maxDailyTrades, globalMinConfidence, reason, emergency } = policy
  const numbers = { maxRiskPerTrade, maxPositions, maxDailyTrades, globalMinConfidence }
  return { riskMode, ...numbers, reason, emergency: emergency?.id ?? null }
}
