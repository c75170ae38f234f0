/** What a door may ask about the places a station can trade at, and going there. */
import type { Actor } from '../core/policy/policy.ts'
import type { Environment } from '../core/ports/feed.ts'

/** Whose money: `paper` is ours alone, the others are accounts at an exchange. */
export type AccountKind = 'paper' | 'simulated' | 'demo' | 'live'

/** Where prices and money come from, as people choose it; each place has a data folder of its own. */
export type PlaceName = 'simulated' | 'replay' | 'paper' | 'venue' | 'demo' | 'live'

export interface PlaceNeed {
  readonly need:
    | 'keys'
    | 'max_order_notional_usd'
    | 'max_daily_loss_usd'
    | 'words'
    | 'leave_open'
    | 'address'
    | 'recording'
  readonly isMet: boolean
  readonly sentence: string
}

export interface PlaceView {
  readonly place: PlaceName
  readonly environment: Environment
  readonly title: string
  readonly sentence: string
  readonly isHere: boolean
  readonly isOffered: boolean
  readonly hasJournal: boolean
  readonly needs: readonly PlaceNeed[]
}

export interface LastMove {
  /** epoch ms of real time */
  readonly at: number
  readonly from: PlaceName
  readonly to: PlaceName
  readonly outcome: 'arrived' | 'came_back'
  readonly problem: string | null
}

/** Limits in USDT without which real money is not traded; null: not set. */
export interface LiveLimits {
  readonly maxOrderNotionalUsd: number | null
  readonly maxDailyLossUsd: number | null
}

export interface PlacesView {
  readonly here: PlaceName
  readonly goingTo: PlaceName | null
  readonly cannotMove: string | null
  readonly openPositions: number
  readonly workingOrders: number
  readonly leaveOpenSentence: string | null
  readonly words: string
  /** of the policy in force at `live` */
  readonly liveLimits: LiveLimits
  readonly items: readonly PlaceView[]
  readonly lastMove: LastMove | null
}

export interface PlaceWish {
  readonly place: PlaceName
  readonly reason: string | null
  readonly words: string | null
  readonly leaveOpen: boolean
  readonly limits: LiveLimits
}

export type GoResult =
  | { readonly outcome: 'going'; readonly from: PlaceName; readonly goingTo: PlaceName }
  | { readonly outcome: 'refused'; readonly reason: string }

export interface PlaceFacade {
  view(): Promise<PlacesView>
  /** Answers first; the station of this place is stopped a moment later. */
  go(wish: PlaceWish, actor: Actor): Promise<GoResult>
}
