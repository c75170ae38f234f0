/** What a door may ask about keys of accounts: tried at the exchange before they are kept, and never told again. */
import type { Actor } from '../core/policy/policy.ts'
import type { ExchangeKeys, KeyPlace, KeyTrace } from '../core/ports/vault.ts'

/** What the exchange says of a key and its account. */
export interface KeyReport {
  readonly place: KeyPlace
  readonly ending: string
  readonly verdict: 'good' | 'warned' | 'refused'
  readonly findings: readonly string[]
  /** what of the account is not as the station trades it */
  readonly setup: readonly { readonly sentence: string; readonly canFix: boolean }[]
}

export interface KeptKey extends KeyTrace {
  /** the station trades with it now */
  readonly inUse: boolean
}

interface Refused {
  readonly outcome: 'refused'
  readonly reason: string
}
interface Missing {
  readonly outcome: 'missing'
}
type Reported = { readonly outcome: 'told'; readonly report: KeyReport } | Missing | Refused

export interface KeyFacade {
  list(): Promise<readonly KeptKey[]>
  /** why this machine cannot keep a key; null: it can */
  cannotKeep(): Promise<string | null>
  /** A key that may not trade, or may withdraw, is told and not kept. */
  add(
    place: KeyPlace,
    keys: ExchangeKeys,
    actor: Actor,
  ): Promise<{ readonly outcome: 'told'; readonly report: KeyReport; readonly isSaved: boolean } | Refused>
  check(place: KeyPlace): Promise<Reported>
  fix(place: KeyPlace, actor: Actor): Promise<Reported>
  remove(place: KeyPlace, actor: Actor): Promise<{ readonly outcome: 'removed' } | Missing | Refused>
}
