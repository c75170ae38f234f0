/**
 * What a door may ask of the running station. The contract is answered (src/station/answers) with nothing but this.
 * Money is exact decimals here; answers turn it into text.
 */
import type { Hindsight } from '../core/analytics/hindsight.ts'
import type { Exact } from '../core/model/decimal.ts'
import type { ClientOrderId, TraceId } from '../core/model/ids.ts'
import type { Interval } from '../core/model/interval.ts'
import type { Candle, Instrument } from '../core/model/market.ts'
import type { Order } from '../core/model/order.ts'
import type { AccountState } from '../core/model/position.ts'
import type { Actor, EffectiveLimits, GovernorState } from '../core/policy/policy.ts'
import type { PreviewInputs } from '../core/policy/preview.ts'
import type { Records } from '../core/ports/records.ts'
import type { StationComponent } from './components.ts'
import type { ConnectionsFacade } from './connections-facade.ts'
import type { ForeignFacade } from './foreign-facade.ts'
import type { HealthFacade } from './health-facade.ts'
import type { KeyFacade } from './key-facade.ts'
import type { ModeRulesView } from './mode-rules-view.ts'
import type { MscFacade } from './msc-facade.ts'
import type { PlaceFacade } from './place-facade.ts'
import type { PolicyStore } from './policy-store.ts'
import type { RankingFacade } from './ranking-facade.ts'
import type {
  Change,
  EntryChange,
  FlattenDrill,
  FlattenReport,
  LivePosition,
  ManualOrder,
  ManualPreview,
  ManualResult,
  MarketState,
  NotThere,
  Quote,
  ReplaceResult,
  StationStatus,
  SymbolTable,
  SystemEvent,
  TradedSymbol,
} from './station-values.ts'
import type { Usage } from './usage.ts'

export interface StationFacade {
  readonly policy: PolicyStore
  readonly records: Records
  readonly msc: MscFacade
  readonly health: HealthFacade
  readonly ranking: RankingFacade
  readonly connections: ConnectionsFacade
  readonly keys: KeyFacade
  readonly places: PlaceFacade
  readonly foreign: ForeignFacade
  status(): StationStatus
  account(): AccountState | null
  /** how much of each limit is used; null as the account is */
  usage(): Usage | null
  governor(): GovernorState
  effective(): EffectiveLimits
  /** the user's rules: which speaks now, and when each speaks next */
  modeRules(): ModeRulesView
  /** what is open and resting now, as far as a policy change would touch it */
  previewInputs(): PreviewInputs
  positions(): readonly LivePosition[]
  /** ours, then those of others */
  openOrders(): readonly Order[]
  instruments(): readonly Instrument[]
  quotes(): readonly Quote[]
  /** the same prices, in the columns of the live topic `quotes` */
  priceTable(): SymbolTable
  /** the last ranking, in the columns of the live topic `rankings` */
  rankingTable(): SymbolTable
  symbolStates(): readonly TradedSymbol[]
  /** of the whole market */
  marketState(): MarketState
  candles(symbol: string, interval: Interval, limit: number): Promise<readonly Candle[]>
  /** what an entry that was not taken would have made until now; null: nothing can be said */
  hindsight(decisionId: string): Promise<Hindsight | null>
  strategies(): readonly {
    readonly id: string
    readonly description: string
    readonly interval: Interval
    readonly status: 'LIVE'
  }[]
  /** Told after each handled input with what changed; the listener reads the new values through this facade. */
  onChange(listener: (changes: readonly Change[]) => void): () => void
  placeManual(order: ManualOrder, actor: Actor, dryRun: boolean): ManualResult
  /** every check of the guard and what it would come to; nothing is sent, kept or reserved */
  previewManual(order: ManualOrder, actor: Actor): ManualPreview
  closePosition(symbol: string, actor: Actor): { readonly outcome: 'closing'; readonly traceId: TraceId } | NotThere
  /** a resting entry of ours: cancelled, and what is left of it sent anew once the guard has approved it */
  replaceOrder(id: ClientOrderId, change: EntryChange, actor: Actor): ReplaceResult
  cancelOrder(id: ClientOrderId, actor: Actor): { readonly outcome: 'cancelling' } | NotThere
  /** kill switch; `flatten` also closes everything, `withForeign` what is not ours too */
  engageEmergency(actor: Actor, reason: string, flatten: boolean, withForeign?: boolean): { readonly id: string }
  releaseEmergency(
    actor: Actor,
    id: string,
    word: string,
  ): { readonly outcome: 'released' } | { readonly outcome: 'refused'; readonly reason: string }
  flatten(actor: Actor, reason: string, withForeign?: boolean): Promise<FlattenReport>
  lastFlatten(): FlattenReport | null
  /** what a flatten would do now, nothing done */
  flattenDrill(withForeign?: boolean): FlattenDrill
  /** paper money only; negative withdraws */
  deposit(
    amount: Exact,
    actor: Actor,
  ): { readonly outcome: 'booked' } | { readonly outcome: 'refused'; readonly reason: string }
  setSpeed(speed: number | 'max'): boolean
  setPaused(paused: boolean): boolean
  /** Journaled; around a sleep entries are off until books and venue are reconciled. */
  systemEvent(kind: SystemEvent): void
  /** the parts of the station, whether each is connected, and which policy it last read */
  components(): readonly StationComponent[]
  /** effective configuration with the origin of each value, secrets masked */
  configuration(): readonly { readonly key: string; readonly value: string; readonly origin: string }[]
}
