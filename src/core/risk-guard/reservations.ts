/** What approvals have taken and orders have not yet given back: slots, daily trades, heat, exposure, margin (SPEC §3). */
import type { IntentId } from '../model/ids.ts'
import type { EntryIntent } from '../model/intent.ts'
import { type Claim, type Reserved, type ReservedTotals, totalsOf } from './claim.ts'
import type { Approved } from './risk-guard.ts'

/** Totals are counted afresh at every change, so that nothing can leak; reading them costs nothing. */
export class Reservations implements Reserved {
  readonly #claims = new Map<IntentId, Claim>()
  #totals: ReservedTotals = totalsOf([])

  /** From now on until `release`. A second approval of one intent (its IOC) takes the place of the first. */
  hold(approved: Approved<EntryIntent>): void {
    if (approved.claim !== null) this.restore(approved.claim)
  }

  /** For what has no approval any more: an order found open after a restart, a foreign resting entry. */
  restore(claim: Claim): void {
    this.#claims.set(claim.intentId, claim)
    this.#recount()
  }

  /** A partial fill: the position carries the filled part from now on, the reservation what is left of the quantity. */
  keep(intentId: IntentId, quantity: number): void {
    const claim = this.#claims.get(intentId)
    if (claim === undefined) return
    const share = quantity / claim.quantity
    const { notional, lossAtStop, margin } = claim
    this.restore({
      ...claim,
      quantity,
      notional: notional * share,
      lossAtStop: lossAtStop * share,
      margin: margin * share,
    })
  }

  /** The order has ended; releasing twice does no harm. */
  release(intentId: IntentId): void {
    if (this.#claims.delete(intentId)) this.#recount()
  }

  get totals(): ReservedTotals {
    return this.#totals
  }

  without(intentId: IntentId): ReservedTotals {
    if (!this.#claims.has(intentId)) return this.#totals
    return totalsOf(this.#totals.claims.filter((claim) => claim.intentId !== intentId))
  }

  #recount(): void {
    this.#totals = totalsOf([...this.#claims.values()])
  }
}
