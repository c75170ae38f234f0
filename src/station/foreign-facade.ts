/** What a person may do about positions and orders on this account that are not ours, and about symbols they froze. */
import type { Exact } from '../core/model/decimal.ts'
import type { ClientOrderId, TraceId } from '../core/model/ids.ts'
import type { Denied } from '../core/model/refusal.ts'
import type { Actor } from '../core/policy/policy.ts'
import type { FrozenSymbol, NotThere } from './station-values.ts'

/** Where the stop and the target of an adopted position belong. */
export interface AdoptionPlan {
  readonly stopPrice: Exact
  readonly takeProfitPrice: Exact | null
}

export type AdoptResult =
  | { readonly outcome: 'adopted'; readonly traceId: TraceId }
  | { readonly outcome: 'refused'; readonly reason: string }
  | NotThere
  | Denied

export interface ForeignFacade {
  /** the position is ours from here on: protected at once, and reported under the strategy `manual` */
  adopt(symbol: string, plan: AdoptionPlan, actor: Actor): AdoptResult
  close(symbol: string, actor: Actor): { readonly outcome: 'closing'; readonly traceId: TraceId } | NotThere
  cancel(symbol: string, id: ClientOrderId, actor: Actor): { readonly outcome: 'cancelling' } | NotThere
  frozen(): readonly FrozenSymbol[]
  /** a person accepts what changed: the symbol takes entries again */
  unfreeze(symbol: string, actor: Actor): { readonly outcome: 'released' } | NotThere
}
