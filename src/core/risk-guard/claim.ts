/** What an approved entry takes from the account's room until its order ends (SPEC §3). */
import type { IntentId } from '../model/ids.ts'
import type { Side } from '../model/signal.ts'

/** One reservation, or a foreign resting entry counted like one. Money in USDT. */
export interface Claim {
  readonly intentId: IntentId
  readonly symbol: string
  readonly side: Side
  readonly quantity: number
  readonly notional: number
  readonly lossAtStop: number
  readonly margin: number
}

export interface ReservedTotals {
  readonly claims: readonly Claim[]
  readonly gross: number
  readonly margin: number
  readonly heatLong: number
  readonly heatShort: number
}

export interface Reserved {
  /** Everything reserved but by this intent: its own second step must not stand in its own way. */
  without(intentId: IntentId): ReservedTotals
}

export function totalsOf(claims: readonly Claim[]): ReservedTotals {
  let gross = 0
  let margin = 0
  let heatLong = 0
  let heatShort = 0
  for (const claim of claims) {
    gross += claim.notional
    margin += claim.margin
    if (claim.side === 'LONG') heatLong += claim.lossAtStop
    else heatShort += claim.lossAtStop
  }
  return { claims, gross, margin, heatLong, heatShort }
}
