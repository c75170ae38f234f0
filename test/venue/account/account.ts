/** The one account: wallet, positions, chosen leverage and margin types, trades and income. */
import { booked, exact, ZERO, type Exact } from '../../../src/core/model/decimal.ts'
import type { VenueSettings } from '../settings.ts'
import { emptyPosition, type Position } from './position.ts'

export interface AccountTrade {
  readonly id: number
  readonly orderId: number
  readonly symbol: string
  readonly side: 'BUY' | 'SELL'
  readonly price: Exact
  readonly quantity: Exact
  readonly quote: Exact
  readonly realized: Exact
  readonly commission: Exact
  readonly commissionAsset: string
  readonly isMaker: boolean
  readonly at: number
}

export type IncomeType =
  | 'TRANSFER'
  | 'REALIZED_PNL'
  | 'FUNDING_FEE'
  | 'COMMISSION'
  | 'INSURANCE_CLEAR'
  | 'WELCOME_BONUS'

export interface IncomeRow {
  readonly symbol: string
  readonly type: IncomeType
  readonly amount: Exact
  readonly asset: string
  readonly at: number
  /** beyond 2^53 */
  readonly transactionId: bigint
  readonly tradeId: string
}

const FIRST_TRANSACTION = 4_480_321_991_774_044_580n

export class Account {
  wallet = ZERO
  bnb: Exact
  bnbUpdatedAt = 0
  walletUpdatedAt = 0
  isDualSide = false
  isMultiAsset = false
  burnsFees = false
  canTrade = true
  /** symbols whose margin was called for */
  readonly called = new Set<string>()
  readonly positions = new Map<string, Position>()
  readonly trades: AccountTrade[] = []
  readonly income: IncomeRow[] = []
  private readonly settings: VenueSettings
  private nextTradeId = 55_555
  private nextTransaction = FIRST_TRANSACTION

  constructor(settings: VenueSettings) {
    this.settings = settings
    this.bnb = exact(settings.bnb)
  }

  /** The position of a symbol, flat when there is none. */
  position(symbol: string): Position {
    const found = this.positions.get(symbol)
    if (found !== undefined) return found
    const { defaultLeverage, defaultMarginType } = this.settings
    const position = emptyPosition(symbol, defaultLeverage, defaultMarginType === 'ISOLATED')
    this.positions.set(symbol, position)
    return position
  }

  held(): Position[] {
    return [...this.positions.values()].filter(({ amount }) => !amount.isZero())
  }

  get crossWallet(): Exact {
    return this.held().reduce((sum, { isolatedWallet }) => sum.minus(isolatedWallet), this.wallet)
  }

  /** Moves the wallet and remembers why. */
  book(type: IncomeType, symbol: string, amount: Exact, at: number, tradeId = ''): void {
    const rounded = booked(amount)
    this.wallet = this.wallet.plus(rounded)
    this.walletUpdatedAt = at
    this.note({ symbol, type, amount: rounded, asset: 'USDT', at, tradeId })
  }

  /** Pays a fee of so many USDT: in BNB where that is wished and there is enough, else from the wallet. */
  payFee(symbol: string, usdt: Exact, at: number, tradeId: string): void {
    const bnb = this.feeInBnb(usdt)
    if (bnb === null) {
      this.book('COMMISSION', symbol, usdt.neg(), at, tradeId)
      return
    }
    this.bnb = this.bnb.minus(bnb)
    this.bnbUpdatedAt = at
    this.note({ symbol, type: 'COMMISSION', amount: bnb.neg(), asset: 'BNB', at, tradeId })
  }

  /** null: it is paid in USDT */
  feeInBnb(usdt: Exact): Exact | null {
    const { bnbPrice, bnbDiscount } = this.settings
    const bnb = booked(usdt.times(1 - bnbDiscount).div(bnbPrice))
    return this.burnsFees && bnb.gt(0) && bnb.lte(this.bnb) ? bnb : null
  }

  /** Remembers a trade and answers it with its id. */
  record(trade: Omit<AccountTrade, 'id'>): AccountTrade {
    const kept = { ...trade, id: this.nextTradeId++ }
    this.trades.push(kept)
    if (this.trades.length > 2 * this.settings.keptOrders) {
      this.trades.splice(0, this.trades.length - this.settings.keptOrders)
    }
    return kept
  }

  private note(row: Omit<IncomeRow, 'transactionId'>): void {
    this.income.push({ ...row, transactionId: this.nextTransaction++ })
    if (this.income.length > 2 * this.settings.keptOrders) {
      this.income.splice(0, this.income.length - this.settings.keptOrders)
    }
  }

  deposit(amount: number, at: number): void {
    this.book('TRANSFER', '', exact(amount), at)
  }
}
