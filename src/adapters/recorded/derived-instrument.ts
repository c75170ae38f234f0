import { intervalMs } from '../../core/model/interval.ts'
import { leverageLadder } from '../../core/model/leverage-ladder.ts'
/** What a contract's rules must be like, judged by its candles; where they say nothing, careful defaults (settings.ts). */
import type { Instrument } from '../../core/model/market.ts'
import { DEFAULT_LADDER, type RecordedSettings } from './settings.ts'

export interface SeenContract {
  readonly symbol: string
  readonly priceDecimals: number
  readonly volumeDecimals: number
  readonly firstAt: number
  /** what a replay may know at its start */
  readonly firstPrice: number
  readonly fundingIntervalHours: number
}

const QUOTES = ['USDT', 'USDC', 'BUSD', 'FDUSD'] as const
/** `BTCUSDT_250627`: delivered on that day, 08:00 UTC */
const DELIVERY = /^(?<pair>.+)_(?<year>\d{2})(?<month>\d{2})(?<day>\d{2})$/u
const DELIVERY_HOUR = 8
const NEVER_DELIVERED = 4_133_404_800_000
const BRACKETS = leverageLadder(DEFAULT_LADDER)

/** The smallest decimal step with that many decimals, as text: 2 → `0.01`. */
const stepText = (decimals: number): string => (decimals === 0 ? '1' : `0.${'0'.repeat(decimals - 1)}1`)

export function derivedInstrument(seen: SeenContract, settings: RecordedSettings): Instrument {
  const delivery = DELIVERY.exec(seen.symbol)?.groups
  const pair = delivery?.['pair'] ?? seen.symbol
  const quoteAsset = QUOTES.find((quote) => pair.endsWith(quote)) ?? ''
  const stepSize = stepText(seen.volumeDecimals)
  const quantityOf = (notional: number): string => Math.max(1, Math.floor(notional / seen.firstPrice)).toFixed(0)
  return {
    symbol: seen.symbol,
    baseAsset: pair.slice(0, pair.length - quoteAsset.length),
    quoteAsset,
    marginAsset: quoteAsset,
    contractType: delivery === undefined ? 'PERPETUAL' : 'CURRENT_QUARTER',
    status: 'TRADING',
    onboardAt: seen.firstAt - settings.listedDaysBefore * intervalMs('1d'),
    deliveryAt: delivery === undefined ? NEVER_DELIVERED : deliveryTime(delivery),
    tickSize: stepText(seen.priceDecimals),
    stepSize,
    minQuantity: stepSize,
    maxQuantity: quantityOf(settings.maxNotional),
    maxMarketQuantity: quantityOf(settings.maxMarketNotional),
    minNotional: String(settings.minNotional),
    percentPrice: settings.percentPrice,
    liquidationFee: settings.liquidationFee,
    makerFee: settings.makerFee,
    takerFee: settings.takerFee,
    fundingIntervalHours: seen.fundingIntervalHours,
    brackets: BRACKETS,
  }
}

const deliveryTime = (parts: Readonly<Record<string, string | undefined>>): number =>
  Date.UTC(2000 + Number(parts['year']), Number(parts['month']) - 1, Number(parts['day']), DELIVERY_HOUR)
