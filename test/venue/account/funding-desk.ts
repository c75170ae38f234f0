import { hashed } from '../../../src/adapters/market-simulator/random.ts'
/** Settlements: every symbol at its own hours, at the mark, for who holds a position at that instant. */
import { exact } from '../../../src/core/model/decimal.ts'
import type { Exchange } from '../exchange.ts'
import type { Market } from '../market/market.ts'

export interface Settlement {
  readonly symbol: string
  readonly at: number
  readonly rate: number
  readonly mark: number
}

const HOUR_MS = 3_600_000
const KEPT = 1000

export class FundingDesk {
  private readonly exchange: Exchange
  private readonly history = new Map<string, Settlement[]>()

  constructor(exchange: Exchange) {
    this.exchange = exchange
  }

  /** Hour by hour from now on, some ms late, all symbols together. */
  start(): void {
    const { exchange } = this
    const hour = (Math.floor(exchange.now() / HOUR_MS) + 1) * HOUR_MS
    const lateMs = Math.floor(hashed(hour / HOUR_MS, exchange.seed, 7) * (exchange.settings.fundingLateMs + 1))
    exchange.clock.at(hour + lateMs, () => {
      for (const market of exchange.markets.values()) {
        if (market.funding.nextAt <= hour) this.settle(market)
      }
      this.start()
    })
  }

  /** oldest first */
  settlements(symbol: string): readonly Settlement[] {
    return this.history.get(symbol) ?? []
  }

  /** Settles now, at this rate or the one announced; answers what was settled. */
  settle(market: Market, rate = market.funding.rate): Settlement {
    const at = this.exchange.now()
    const settlement = { symbol: market.symbol, at, rate: clamped(market, rate), mark: market.mark }
    const kept = this.history.get(market.symbol) ?? []
    this.history.set(market.symbol, [...kept.slice(-KEPT), settlement])
    this.pay(market, settlement)
    this.announce(market, at)
    return settlement
  }

  /** The next settlement, and the rate it would have. */
  announce(market: Market, after: number): void {
    const { funding, symbol } = market
    const intervalMs = funding.intervalHours * HOUR_MS
    funding.nextAt = (Math.floor(after / intervalMs) + 1) * intervalMs
    funding.rate = this.exchange.source.fundingRate(symbol, funding.nextAt) ?? this.madeUp(market)
  }

  private pay(market: Market, settlement: Settlement): void {
    const { account } = this.exchange
    const position = account.position(market.symbol)
    if (position.amount.isZero()) return
    const amount = exact(0).minus(position.amount.times(settlement.mark).times(settlement.rate))
    account.book('FUNDING_FEE', market.symbol, amount, settlement.at)
    if (position.isIsolated) {
      const booked = account.income.at(-1)?.amount ?? amount
      position.isolatedWallet = position.isolatedWallet.plus(booked)
    }
    this.exchange.tellBalance('FUNDING_FEE', position.isIsolated ? [position] : [])
  }

  private madeUp({ funding, symbol }: Market): number {
    const { fundingMean, fundingDeviation, seed } = { ...this.exchange.settings, seed: this.exchange.seed }
    let normal = -6
    const hour = funding.nextAt / HOUR_MS
    for (let draw = 0; draw < 12; draw++) normal += hashed(hour, nameNumber(symbol), seed + 31 * draw)
    const rate = ((fundingMean + fundingDeviation * normal) * funding.intervalHours) / 8
    return Math.round(Math.min(funding.cap, Math.max(-funding.cap, rate)) * 1e8) / 1e8
  }
}

const clamped = ({ funding }: Market, rate: number): number => Math.min(funding.cap, Math.max(-funding.cap, rate))

function nameNumber(symbol: string): number {
  let number = 7
  for (const letter of symbol) number = (Math.imul(number, 31) + (letter.codePointAt(0) ?? 0)) | 0
  return number
}
