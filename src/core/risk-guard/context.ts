/** Everything the guard looks at. The station fills it; whatever is missing, NaN or throws when read denies an entry, never a reducing action. */
import type { Exact } from '../model/decimal.ts'
import type { IntentId } from '../model/ids.ts'
import type { Instrument } from '../model/market.ts'
import type { AccountState } from '../model/position.ts'
import type { Side } from '../model/signal.ts'
import type { EffectiveLimits, GlobalPolicy } from '../policy/policy.ts'
import type { Reserved } from './claim.ts'

export interface PriceAt {
  readonly price: number
  /** epoch ms on the feed's clock */
  readonly at: number
}

/** A position at the exchange, own or foreign, in the figures the checks add up (`guardPosition` makes one). USDT. */
export interface GuardPosition {
  readonly symbol: string
  readonly side: Side
  /** null: foreign */
  readonly intentId: IntentId | null
  readonly quantity: Exact
  /** null: no stop is known */
  readonly stopPrice: Exact | null
  readonly leverage: number
  /** quantity × mark */
  readonly notional: number
  /** quantity × entry price */
  readonly entryNotional: number
  /** still to lose from the mark to the stop, costs included; without a stop all of its margin */
  readonly lossAtStop: number
  /** lost from the entry to the stop, costs included (SPEC §3.9) */
  readonly entryLoss: number
}

interface NextFunding {
  readonly rate: number
  readonly at: number
  readonly intervalHours: number
}

/** An entry that was approved, for the pace of entries. */
export interface RecentEntry {
  readonly intentId: IntentId
  readonly at: number
}

export interface EntryOnBar {
  readonly intentId: IntentId
  readonly bar: number
}

/** The venue's own noes on one symbol. */
interface SymbolRejections {
  readonly inARow: number
  /** epoch ms of the last one */
  readonly lastAt: number
}

interface Known {
  /** epoch ms of the station's clock */
  readonly now: number
  /** epoch ms of the feed's clock: prices are as old as this says */
  readonly feedNow: number
  /** real money: the limits in USDT must be set */
  readonly isLive: boolean
  readonly policy: GlobalPolicy
  readonly limits: EffectiveLimits
  /** the station's own reason to take no entries (starting, not reconciled, link down, orphan on the symbol); null: none */
  readonly entriesOff: string | null
  /** largest jump of equity between two samples that no fill or flow explains, not reconciled since; a fraction, 0: none */
  readonly equityJump: number
  readonly instrument: Instrument
  readonly lastPrice: PriceAt
  readonly markPrice: PriceAt
  /** longest time between two prices the feed promises, ms */
  readonly priceEveryMs: number
  /** fraction of the mid price, from the book or estimated */
  readonly spread: number
  /** null: the contract knows no funding */
  readonly funding: NextFunding | null
  readonly account: AccountState | null
  /** what the day has lost so far, USDT, ≥ 0 */
  readonly dayLossUsd: number
  readonly positions: readonly GuardPosition[]
  readonly reservations: Reserved
  /** an order on this symbol of which nobody knows what became of it */
  readonly unknownOrder: boolean
  /** entries first filled since 00:00 UTC */
  readonly entriesFilledToday: ReadonlySet<string>
  /** approvals of at least the last minute, all symbols */
  readonly recentEntries: readonly RecentEntry[]
  /** last entry approved on this symbol */
  readonly lastEntryOnSymbol: EntryOnBar | null
  /** null: the venue rejected nothing on this symbol since its last acceptance */
  readonly symbolRejections: SymbolRejections | null
  /** epoch ms of the venue's rejections of at least the last `rejectionWindowMs`, all symbols */
  readonly rejectionTimes: readonly number[]
  /** the symbol rests after a liquidation or ADL until then; null: it does not */
  readonly symbolRestsUntil: number | null
  /** highest correlation with an open position of the same direction; needed only where `maxCorrelation` is set */
  readonly correlation: number
}

export type GuardContext = { readonly [Field in keyof Known]?: Known[Field] | undefined }
