/** The last 24 hours of a symbol in one body. */
import type { Exchange } from '../exchange.ts'
import type { Market } from './market.ts'
import { merged, type Bar } from './minute-bars.ts'
import { priceText, quantityText } from './symbol-rules.ts'

const DAY_MS = 86_400_000

/** Closed minutes of the last day as one bar, kept until the next minute closes. */
const closedDays = new WeakMap<Market, { readonly lastAt: number; readonly bar: Bar | null }>()

export function dayBar(market: Market, now: number): Bar | null {
  const lastAt = market.bars.last?.openAt ?? 0
  let kept = closedDays.get(market)
  if (kept?.lastAt !== lastAt) {
    kept = { lastAt, bar: merged(now - DAY_MS, closedBars(market, now - DAY_MS)) }
    closedDays.set(market, kept)
  }
  const { running } = market.bars
  return merged(
    now - DAY_MS,
    [kept.bar, running].filter((bar) => bar !== null),
  )
}

function closedBars({ bars, dayBefore }: Market, from: number): Bar[] {
  const own = bars.between(from, Infinity)
  const ownAt = own[0]?.openAt ?? bars.running?.openAt ?? Infinity
  return [...dayBefore.filter(({ openAt }) => openAt >= from && openAt < ownAt), ...own]
}

export function dayTicker(exchange: Exchange, market: Market): Record<string, unknown> {
  const { rules, tape } = market
  const now = exchange.now()
  const bar = dayBar(market, now)
  const open = bar?.open ?? market.last
  const change = market.last - open
  const volume = bar?.volume ?? 0
  const quoteVolume = bar?.quoteVolume ?? 0
  return {
    symbol: rules.symbol,
    priceChange: priceText(rules, change),
    priceChangePercent: (open > 0 ? (100 * change) / open : 0).toFixed(3),
    weightedAvgPrice: priceText(rules, volume > 0 ? quoteVolume / volume : market.last),
    lastPrice: priceText(rules, market.last),
    lastQty: quantityText(rules, tape.last?.quantity ?? 0),
    openPrice: priceText(rules, open),
    highPrice: priceText(rules, bar?.high ?? market.last),
    lowPrice: priceText(rules, bar?.low ?? market.last),
    volume: quantityText(rules, volume),
    quoteVolume: quoteVolume.toFixed(2),
    openTime: now - DAY_MS,
    closeTime: now,
    firstId: 1,
    lastId: tape.last?.id ?? 1,
    count: tape.last?.id ?? 0,
  }
}
